# ruff: noqa: E501
"""Boxes of the page in and around a text are not read; boxes of the article are."""

import pytest
from test_extract import HEAD, LEAD, PARAGRAPHS, TITLE, html, read, texts

BOXES = {
    "comments": "<div><h3>Ý kiến (3)</h3><div><b>Hoà</b><p>Mong cầu sớm xong để các cháu đi học đỡ vất vả.</p><span>2 giờ trước</span> <i>Trả lời</i></div><div><b>Mơ</b><p>Quá mừng cho bà con quê mình, cảm ơn báo!</p><span>5 giờ trước</span> <i>Trả lời</i></div></div>",
    "comments without a head": "<div><div><b>Quinlan</b><p>Same thing happened in my town, please look into this.</p><span>3 hours ago</span> <i>Reply</i></div></div>",
    "a linked headline with a summary": "<div><h3><a href='/x.html'>Giá lúa đầu vụ tăng nhẹ ở miền trong</a></h3><p>Người dân phấn khởi vì vụ mùa năm nay được giá hơn mọi năm.</p></div>",
    "headlines that only end in a link": "<div><div><h4>Giá lúa đầu vụ tăng nhẹ</h4><p>Người dân phấn khởi vì vụ mùa năm nay được giá.</p><a href='/x'>Xem chi tiết</a></div></div>",
    "titles without links": "<div><p>Tin liên quan</p><ul><li>Giá lúa đầu vụ tăng nhẹ ở miền trong</li><li>Đội bóng huyện giành vé vào vòng trong</li></ul></div>",
    "newsletter": "<div><h4>Sign up for our newsletter</h4><p>Get the morning briefing in your inbox, free.</p><input type='email'></div>",
    "poll": "<div><h4>Bạn có hài lòng với tuyến đường mới không?</h4><ul><li><label>Rất hài lòng</label> <span>34 phiếu</span></li><li><label>Chưa hài lòng</label> <span>5 phiếu</span></li></ul></div>",
    "weather": "<div><div>Thời tiết</div><div>Đà Lạt</div><div>21°C</div><div>Có mây, gió nhẹ</div></div>",
    "rates": "<div><div>Tỷ giá</div><table><tr><td>USD</td><td>25.123</td></tr><tr><td>EUR</td><td>27.456</td></tr></table></div>",
    "author": "<div><img src='a.jpg'><div>Mai Lan</div><div>Phóng viên</div><div>312 bài viết</div></div>",
    "rating": "<div><div>Đánh giá bài viết</div><div>4.5/5</div><div>(120 đánh giá)</div></div>",
    "advertisement in words": "<div><span>Quảng cáo</span><p>Mua ngay hôm nay để được giảm một nửa giá mọi thứ.</p></div>",
    "cookies": "<div><p>We use cookies to improve your experience on our site.</p><button>OK</button></div>",
    "listening": "<div><div>Nghe đọc bài</div><div>0:00 / 3:21</div><div>Giọng nữ miền Bắc</div></div>",
    "pictures with labels": "<div><img src='a.jpg'><span>Phóng to</span></div>",
    "hidden": "<div style='visibility: hidden'><p>Một đoạn văn ẩn mà người đọc không nhìn thấy.</p></div>",
    "counters in a row": "<div><span>512 lượt xem</span> <span>12 phút trước</span> <span>3 bình luận</span></div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_of_the_page_is_read_nowhere(box: str) -> None:
    last = html().replace(f"<p>{PARAGRAPHS[-1]}</p>", f"<p>{PARAGRAPHS[-1]}</p>{box}")
    for page in (html(between=box), html(extra=box), last, html(after=box)):
        extraction = read(page, HEAD)
        assert texts(extraction) == PARAGRAPHS
        assert extraction.article.captions == ()
        assert (extraction.article.title, extraction.article.lead) == (TITLE, LEAD)


def test_what_a_box_held_is_counted() -> None:
    removed = read(html(extra=BOXES["newsletter"]), HEAD).removed
    assert removed["form"] == 2


PARTS = {
    "a quotation": "<blockquote><p>Chúng tôi sẽ trả lời bà con trước ngày 30, ông Bình nói.</p></blockquote>",
    "a table": "<table><tr><td>Xã Phú Lộc</td><td>120 hộ</td></tr><tr><td>Xã Tân Cương</td><td>85 hộ</td></tr></table>",
    "a box of facts": "<div><h4>Thông tin thêm</h4><p>Tuyến đường được phê duyệt từ năm 2019 và qua ba lần điều chỉnh.</p><p>Đoạn cuối còn vướng mặt bằng của bảy hộ dân.</p></div>",
    "hours of a live report": "<div><b>10:35</b><p>Đoàn công tác có mặt tại hiện trường để kiểm tra.</p></div><div><b>11:20</b><p>Tuyến đường được thông xe trở lại sau bốn giờ.</p></div>",
    "a heading": "<h3>Trả lời bà con ven đường</h3>",
    "points": "<ul><li>Giai đoạn một: hoàn thành 5 km đầu tiên.</li><li>Giai đoạn hai: hoàn thành phần còn lại.</li></ul>",
    "a paragraph in a wrapper": "<div><p>Người dân hai bên đường đã tự nguyện hiến 2.300 m2 đất để mở đường.</p></div>",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_part_of_the_article_is_read(part: str) -> None:
    wanted = [text for text in _pieces(part) if text]
    found = texts(read(html(extra=part), HEAD))
    missing = [text for text in wanted if not any(text in one for one in found)]
    assert [text for text in missing if len(text) > len("10:35")] == []


def _pieces(markup: str) -> list[str]:
    from crawlers.markup import parse
    from crawlers.outline import outline

    return [line.text for line in outline(parse(f"<body>{markup}</body>".encode()))]


RATES = "<table><tr><td>Ngoại tệ</td><td>Mua vào</td><td>Bán ra</td></tr><tr><td>USD</td><td>25.123</td><td>25.456</td></tr></table>"


def test_a_table_of_rates_behind_a_text_of_money_is_the_articles() -> None:
    assert texts(read(html(extra=""), HEAD)) == PARAGRAPHS
    last = html().replace(f"<p>{PARAGRAPHS[-1]}</p>", f"<p>{PARAGRAPHS[-1]}</p>{RATES}")
    assert texts(read(last, HEAD)) == PARAGRAPHS
    money = last.replace("Tuyến đường rộng", "Tỷ giá hôm nay tăng, tuyến đường rộng")
    assert "25.456" in texts(read(money, HEAD))


NOTES = (
    "Đính chính: số liệu đúng là 4,7 km, không phải 47 km như bản trước.",
    "Correction: an earlier version of this article misstated the length of the road.",
    "تصحيح: الطول الصحيح للطريق هو 4.7 كيلومتر.",
)


@pytest.mark.parametrize("note", NOTES)
def test_a_correction_note_is_read_wherever_it_stands(note: str) -> None:
    boxes = (
        f"<div><span>Quảng cáo</span><p>{note}</p></div>",
        f"<div><h4>Bình luận (2)</h4><p>{note}</p><span>2 giờ trước</span> <i>Trả lời</i></div>",
        f"<aside><p>{note}</p></aside>",
        f"<div><h3><a href='/x'>Một tin khác trong ngày của tỉnh</a></h3><p>{note}</p></div>",
        f"<p>{note}</p>",
        f"<div><p>{note}</p><input type='text'></div>",
    )
    for box in boxes:
        assert note in texts(read(html(extra=box), HEAD)), box


def test_links_that_follow_a_short_last_line_do_not_take_it_away() -> None:
    last = html().replace(
        f"<p>{PARAGRAPHS[-1]}</p>", f"<p>{PARAGRAPHS[-1]}</p><p>Mai Lan - Bá Kiên</p>%s"
    )
    links = (
        "<div>" + "<p><a href='/x.html'>Một tin khác trong ngày của tỉnh nhà</a></p>" * 3 + "</div>"
    )
    assert texts(read(last % "", HEAD)) == texts(read(last % links, HEAD))
    assert texts(read(last % "", HEAD))[-1] == "Mai Lan - Bá Kiên"
