# ruff: noqa: E501
"""Articles that look like notices, listings or nothing: short, in pieces, or about errors."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from no_articles import SENTENCE, framed, links, teasers

TIME = "<p><span>02/03/2026 08:15</span></p>"
PUBLISHED = '<meta property="article:published_time" content="2026-03-02T08:15:00+07:00">'


@dataclass(frozen=True, slots=True, kw_only=True)
class RealArticle:
    """``says``: a piece of its text that must be read."""

    name: str
    title: str
    body: str = field(repr=False)
    says: str


def about(
    name: str, title: str, inside: str, says: str, *, head: str = "", side: str = ""
) -> RealArticle:
    body = framed(f"<h1>{title}</h1>{TIME}{inside}", f"{title} | Báo tỉnh", head, side)
    return RealArticle(name=name, title=title, body=body, says=says)


def paragraphs(*lines: str) -> str:
    return boxed(f"<p>{line}</p>" for line in lines)


def boxed(parts: Iterable[str]) -> str:
    return f"<div>{''.join(parts)}</div>"


def listed(parts: Iterable[str]) -> str:
    return f"<ul>{''.join(parts)}</ul>"


def photo(caption: str) -> str:
    return f'<figure><img src="/a.jpg"><figcaption>{caption}</figcaption></figure>'


def rows(*cells: tuple[str, ...]) -> str:
    written = ("".join(f"<td>{cell}</td>" for cell in row) for row in cells)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in written)}</table>"


ARTICLES = [
    about("404", "Lỗi 404 là gì và vì sao trang không tồn tại", paragraphs("Khi mở một đường dẫn cũ, nhiều người gặp dòng chữ “404 Not Found”. Theo các kỹ sư, máy chủ trả lời như vậy khi trang không còn ở địa chỉ cũ.", SENTENCE * 3, "“Không tìm thấy trang” là câu người dùng hay gặp nhất, chuyên gia cho biết.", SENTENCE * 2), "máy chủ trả lời như vậy"),
    about("404 in brief", "Trang web giả mạo Bộ Công an đã bị gỡ", paragraphs("Sáng 2/3, cơ quan chức năng cho biết trang web giả mạo Bộ Công an lừa đảo người dân đã bị gỡ bỏ hoàn toàn khỏi Internet."), "lừa đảo người dân", head=PUBLISHED),
    about("outage", "Cloudflare sập, hàng loạt trang web báo “Just a moment...”", paragraphs("Nhiều trang web lớn không truy cập được tối 2/3 sau khi mạng phân phối nội dung gặp sự cố, người dùng chỉ thấy dòng “Checking your browser”.", SENTENCE * 4), "mạng phân phối nội dung"),
    about("captcha", "Vì sao bạn phải xác nhận không phải là robot?", paragraphs("Captcha ra đời năm 2003 nhằm phân biệt người với máy. Mỗi ngày hàng trăm triệu câu đố được giải trên toàn thế giới, tốn hàng nghìn giờ.", SENTENCE * 3), "ra đời năm 2003"),
    about("upkeep", "Hệ thống thuế điện tử bảo trì hai ngày cuối tuần", paragraphs("Chi cục Thuế tỉnh thông báo tạm dừng hệ thống thuế điện tử từ 17h ngày 6/3 đến 8h ngày 8/3 để nâng cấp. Người nộp thuế cần chủ động nộp hồ sơ trước thời gian này.", SENTENCE * 2), "từ 17h ngày 6/3"),
    about("upkeep in brief", "Cổng dịch vụ công tỉnh tạm dừng để bảo trì", paragraphs("Sở Khoa học và Công nghệ cho biết hệ thống đang bảo trì đến 22h ngày 3/3, người dân nộp hồ sơ trực tiếp tại bộ phận một cửa cấp xã trong thời gian này."), "bộ phận một cửa", head=PUBLISHED),
    about("access denied", "Truy cập bị từ chối: câu chuyện của người khiếm thị khi làm thủ tục", paragraphs("Chị Hoa mất ba buổi vẫn chưa nộp được hồ sơ qua mạng, vì mã hình ảnh không có phần đọc bằng âm thanh cho người khiếm thị.", SENTENCE * 4), "Chị Hoa mất ba buổi"),
    about("login", "Đăng nhập cổng dịch vụ công bằng VNeID từ 1/7", paragraphs("Từ ngày 1/7, người dân đăng nhập cổng dịch vụ công bằng tài khoản VNeID, tài khoản cũ do cổng cấp dừng hoạt động.", SENTENCE * 2), "tài khoản cũ"),
    about("database", "Lỗi kết nối cơ sở dữ liệu khiến sân bay tê liệt sáng nay", paragraphs("Hơn 40 chuyến bay phải lùi giờ vì máy chủ của hệ thống làm thủ tục ngừng hoạt động lúc 6h10, sân bay cho biết.", SENTENCE * 3), "Hơn 40 chuyến bay"),
    about("domain", "Tên miền .vn đang được rao bán tiền tỷ", paragraphs("Nhiều tên miền đẹp được rao bán từ vài trăm triệu đến hàng tỷ đồng trên các diễn đàn, dù quy định buộc phải đấu giá.", SENTENCE * 2), "trên các diễn đàn"),
    about("one sentence", "Tàu cá gặp nạn, ba ngư dân được cứu", paragraphs("Trưa 2/3, tàu kiểm ngư cứu được ba ngư dân trôi dạt trên biển.") + photo("Ba ngư dân được đưa vào bờ."), "tàu kiểm ngư"),
    about("video", "Video: Lễ hội đua thuyền trên sông quê", '<video src="/v.mp4"></video>' + paragraphs("Hàng nghìn người dân đổ về hai bên bờ sông xem đua thuyền."), "hai bên bờ sông"),
    about("photo essay", "Mùa hoa ban nở trắng núi rừng", boxed(photo(f"Hoa ban nở ở bản số {number}, nơi người dân giữ rừng từ nhiều đời nay.") for number in range(8)), "Hoa ban nở ở bản số 3"),
    about("photo essay in paragraphs", "Chợ phiên vùng cao ngày cuối năm", boxed(f"<p><img src=/{number}.jpg></p><p>Ảnh {number}: bà con xuống chợ.</p>" for number in range(9)), "Ảnh 4"),
    about("obituary", "Tin buồn: ông Trần Văn Bình từ trần", paragraphs("Ông Trần Văn Bình, sinh năm 1940, quê ở xã Tân Lập.", "Từ trần hồi 5 giờ 20 ngày 1/3/2026, hưởng thọ 86 tuổi.", "Lễ viếng từ 8 giờ ngày 3/3."), "hưởng thọ 86 tuổi"),
    about("table", "Bảng giá nông sản ngày 2/3 tại các huyện", rows(("Mặt hàng", "Giá (đồng/kg)"), *((f"Cà phê huyện số {number}", f"{118 + number}.500") for number in range(14))), "Cà phê huyện số 5"),
    about("poem", "Thơ: Chiều trên bến cũ", "<div>Chiều về trên bến cũ<br>Sóng vỗ mạn thuyền nan<br>Người xưa không còn đó<br>Gió thổi suốt đêm tàn</div><p>NGUYỄN AN</p>", "Sóng vỗ mạn thuyền nan"),
    about("results", "Kết quả xổ số miền Bắc ngày 2/3/2026", rows(*((f"Giải {number}", f"{number * 11111}") for number in range(1, 9))), "Giải 3"),
    about("list of results", "Kết quả vòng 15 giải bóng đá tỉnh", listed(f"<li>Tân Lập {number} - Hòa Bình {number + 1}: {number}-2</li>" for number in range(8)), "Tân Lập 4"),
    about("table with the number of an error", "Bảng số nhà được cấp lại trên đường Lê Lợi", rows(("Số cũ", "Số mới"), ("12", "404"), ("14", "406"), *((f"{n}", f"{n + 392}") for n in range(16, 40, 2))), "406"),
    about("short title", "Đường hoa", paragraphs(SENTENCE * 2, SENTENCE + "Đây là con đường đẹp nhất vùng."), "con đường đẹp nhất"),
    about("many teasers around", "Khánh thành cầu treo ở bản vùng cao", paragraphs("Cây cầu dài 80 mét thay cho bè mảng mà học sinh phải đi hằng ngày.", SENTENCE), "thay cho bè mảng", side=teasers(12) + links(18)),
    about("about a withdrawn page", "Bài viết này không còn tồn tại: khi mạng xã hội xóa tin giả", paragraphs("Người dùng mở đường dẫn cũ chỉ còn thấy thông báo gỡ bỏ, sau khi nền tảng rà soát hơn 2.000 tin giả trong tháng.", SENTENCE * 4), "rà soát hơn 2.000 tin giả"),
    about("questions", "Hỏi đáp về thẻ căn cước", boxed(f"<h3>Câu {number}: làm ở đâu?</h3><p>Tại công an cấp xã gần nhất, trong giờ làm việc.</p>" for number in range(6)), "công an cấp xã"),
    about("with a notice of cookies", "Thu hoạch lúa đông xuân sớm hơn mọi năm", paragraphs(SENTENCE * 3, SENTENCE * 2) + "<div><p>Chúng tôi sử dụng cookie. Vui lòng chấp nhận cookie để tiếp tục.</p></div>", "tuyến đường"),
    about("with a call to log in", "Thu hoạch lúa hè thu muộn hơn mọi năm", paragraphs(SENTENCE * 3, SENTENCE * 2) + "<div><h3>Bình luận</h3><p>Vui lòng đăng nhập để bình luận.</p><p>Bạn cần bật JavaScript.</p></div>", "tuyến đường"),
    RealArticle(name="about a refusal, undated", title="Truy cập bị từ chối: chuyện của người khiếm thị", body=framed("<h1>Truy cập bị từ chối: chuyện của người khiếm thị</h1>" + paragraphs("Chị Hoa mất ba buổi vẫn chưa nộp được hồ sơ qua mạng, vì mã hình ảnh không có phần đọc bằng âm thanh cho người khiếm thị.", SENTENCE * 2), "Truy cập bị từ chối: chuyện của người khiếm thị | Báo tỉnh"), says="Chị Hoa mất ba buổi"),
]  # fmt: skip
