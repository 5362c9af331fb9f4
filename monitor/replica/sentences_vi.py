"""Vietnamese sentences by section, for articles that nobody translates."""

from typing import NamedTuple


class Section(NamedTuple):
    """A section of a newspaper: its name, and what its articles say."""

    slug: str
    name: str
    titles: tuple[str, ...]
    sentences: tuple[str, ...]


SECTIONS = (
    Section("chinh-tri", "Chính trị",
        ("{place} tiếp xúc {n} cử tri sau kỳ họp",
         "Hội nghị triển khai nghị quyết {doc} tại {place}",
         "{n} đại biểu {place} góp ý văn kiện đại hội",
         "Kiểm tra {n} chi bộ ở {place} và {place2}"),
        ("Cử tri {place} kiến nghị {n} nội dung liên quan đến đất đai và môi trường.",
         "Đảng bộ {place} hiện có {big} đảng viên sinh hoạt tại {n} chi bộ.",
         "Nghị quyết {doc} được [quán triệt|phổ biến] tới 100% cán bộ từ ngày {day}.",
         "Đồng chí {person} yêu cầu cơ sở [khắc phục ngay|sớm khắc phục] {n} hạn chế đã nêu.",
         "Đoàn kiểm tra làm việc với {agency} trong {n} ngày, không gửi thông báo trước.",
         "Tỷ lệ hài lòng của người dân đối với bộ phận một cửa đạt {pct}%.")),
    Section("kinh-te", "Kinh tế",
        ("Giá nông sản ở {place} tăng {pct}% trong tuần",
         "Doanh nghiệp {place} nộp ngân sách {money} tỷ đồng",
         "Khởi công nhà máy {money} tỷ đồng tại {place}",
         "{place2} xuất khẩu {big} tấn nông sản"),
        ("Thương lái [thu mua|đặt mua] tại vườn với giá {n} nghìn đồng mỗi kg.",
         "Khu công nghiệp {place} đã lấp đầy {pct}% diện tích với {n} dự án.",
         "Tổng mức bán lẻ hàng hóa ước đạt {money} tỷ đồng, tăng {pct}% so với cùng kỳ.",
         "Chủ doanh nghiệp {person} cho hay đơn hàng đã ký đến hết năm {year}.",
         "Ngân hàng đã cho {big} hộ vay vốn với lãi suất {pct}% một năm.",
         "Lô hàng {n} tấn đầu tiên rời cảng {place} vào ngày {day}.")),
    Section("xa-hoi", "Xã hội",
        ("Trao {n} suất quà cho gia đình chính sách ở {place}",
         "Xây {n} căn nhà tình nghĩa tại {place}",
         "{place}: {n} người lao động được tư vấn việc làm",
         "Bữa cơm {n} nghìn đồng của {person}"),
        ("Mỗi suất quà trị giá {n} nghìn đồng cùng {n2} kg gạo.",
         "Cụ {person}, {age} tuổi, sống một mình ở thôn cuối xã {place}.",
         "Nhóm thiện nguyện [quyên góp|vận động] được {money} tỷ đồng trong {n} ngày.",
         "Trung tâm dịch vụ việc làm giới thiệu {big} vị trí tại {place} và {place2}.",
         "Có {n} em nhỏ được đỡ đầu đến năm {year}.",
         "Căn nhà rộng {n} m2 được hoàn thành đúng ngày {day}.")),
    Section("van-hoa", "Văn hóa",
        ("Lễ hội {place} đón {big} lượt khách",
         "Nghệ nhân {person} và {age} năm giữ nghề",
         "Phát hiện {n} hiện vật cổ ở {place}",
         "Mở lại {n} lớp dạy hát ở {place}"),
        ("Lễ hội năm nay có {n} đoàn nghệ thuật đến từ {place} và {place2}.",
         "Nghệ nhân {person} đã truyền nghề cho {n} học trò.",
         "Di tích được xếp hạng theo quyết định {doc} ngày {day}.",
         "Nhà văn hóa {place} mở cửa cả ngày, không thu vé trong {n} tuần đầu.",
         "Bảo tàng tỉnh đang lưu giữ {big} hiện vật, trong đó {n} hiện vật quý.",
         "Khán giả [chật kín|đứng kín] sân đình từ {n} phút trước giờ diễn.")),
    Section("y-te", "Y tế",
        ("Bệnh viện {place} mổ thành công {n} ca khó",
         "Tiêm phòng cho {big} trẻ em {place}",
         "{place} ghi nhận {n} ca sốt xuất huyết",
         "Bác sĩ {person}: {age} năm ở trạm y tế {place}"),
        ("Ca mổ kéo dài {n} phút do bác sĩ {person} thực hiện.",
         "Trạm y tế {place} khám cho {big} lượt người trong năm {year}.",
         "Tỷ lệ tiêm chủng đạt {pct}%, thấp nhất là xã {place2}.",
         "Ngành y tế phun hóa chất tại {n} điểm từ ngày {day}.",
         "Bệnh nhân {age} tuổi đã [xuất viện|về nhà] sau {n} ngày điều trị.",
         "Máy chụp mới trị giá {money} tỷ đồng được đưa vào sử dụng.")),
    Section("giao-duc", "Giáo dục",
        ("{n} học sinh {place} đoạt giải cấp tỉnh",
         "Trường {place} đón {big} học sinh vào năm học mới",
         "Cô giáo {person} và lớp học ghép ở {place}",
         "Thiếu {n} giáo viên, {place} làm gì?"),
        ("Trường có {n} lớp với {big} học sinh, trong đó {pct}% là con em dân tộc thiểu số.",
         "Cô {person} đi {n} km đường núi để đến điểm trường {place}.",
         "Kỳ thi diễn ra từ ngày {day} tại {n} điểm thi.",
         "Phòng học mới được xây từ {money} tỷ đồng do phụ huynh và nhà hảo tâm đóng góp.",
         "Em {person} đạt {pct} điểm môn Ngữ văn.",
         "Nhà trường không thu thêm khoản nào ngoài {n} nghìn đồng tiền bảo hiểm.")),
    Section("moi-truong", "Môi trường",
        ("Sạt lở {n} m bờ sông ở {place}",
         "Trồng {big} cây ngập mặn tại {place}",
         "Thu gom {n} tấn rác ven biển {place}",
         "Mưa lớn, {place} di dời {n} hộ"),
        ("Vết nứt dài {n} m xuất hiện sau trận mưa ngày {day}.",
         "Lượng mưa đo được tại {place} là {n} mm, tại {place2} là {n2} mm.",
         "Lực lượng chức năng đã di dời {n} hộ với {big} người.",
         "Rừng ngập mặn {place} rộng {big} ha, che phủ {pct}%.",
         "Nhà máy xử lý [tiếp nhận|nhận về] {n} tấn rác mỗi ngày, đạt {pct}% công suất.",
         "Ông {person} cho biết nước rút chậm, {n} ngày nữa mới cấy lại được.")),
    Section("giao-thong", "Giao thông",
        ("Thông xe {n} km đường {place} - {place2}",
         "Cấm xe tải qua cầu {place} trong {n} ngày",
         "Xử phạt {n} lái xe vi phạm ở {place}",
         "Cầu {place} vượt tiến độ {n} ngày"),
        ("Tuyến đường dài {n} km nối {place} với {place2}, tổng vốn {money} tỷ đồng.",
         "Tổ tuần tra lập biên bản {n} trường hợp, tạm giữ {n2} phương tiện.",
         "Nhà thầu huy động {n} công nhân làm ba ca, không nghỉ ngày lễ.",
         "Khối lượng thi công đạt {pct}% sau {n} tháng.",
         "Xe buýt chạy {n} chuyến mỗi ngày, giá vé {n2} nghìn đồng.",
         "Theo {agency}, mặt cầu [được trải|sẽ trải] nhựa xong trước ngày {day}.")),
)  # fmt: skip

CAPTIONS = (
    "{role} {person} trao đổi với người dân {place}.",
    "Một góc {place} nhìn từ trên cao, tháng {month}/{year}.",
    "Bà con {place} bên công trình rộng {n} m2 vừa hoàn thành.",
    "Đoàn công tác của {agency} khảo sát tại {place2}.",
    "{n} đại biểu chụp ảnh lưu niệm tại {place}.",
)

CORRECTIONS = (
    (
        "Đính chính: Bài viết ban đầu ghi sai số liệu của {place} thành {n} hộ. "
        "Tòa soạn xin lỗi bạn đọc."
    ),
    (
        "Đính chính: Chức danh của ông {person} trong bản đăng ngày {day} chưa chính xác. "
        "Chúng tôi đã sửa lại và xin lỗi nhân vật cùng bạn đọc."
    ),
    "Đính chính: Văn bản nêu trong bài là {doc}, không phải văn bản đã đăng trước đó.",
)
