"""Noise rules: each takes its sample, none takes a sentence."""

import pytest

from crawlers.site import NoiseRule
from pipelines.framerules import FRAME_RULES
from pipelines.linerules import LINE_RULES
from pipelines.noise import (
    frame_rule,
    is_site_name,
    line_rule,
    opens,
    site_rule,
    without_prefix,
)


@pytest.mark.parametrize("rule", LINE_RULES, ids=lambda rule: rule.name)
def test_every_rule_takes_its_own_sample(rule) -> None:
    assert line_rule(rule.sample) == rule.name
    assert rule.why


@pytest.mark.parametrize("rule", FRAME_RULES, ids=lambda rule: rule.name)
def test_every_rule_for_the_frame_takes_its_own_sample(rule) -> None:
    assert frame_rule(rule.sample) == rule.name
    assert rule.why
    assert opens(rule.sample) == rule.opens


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Đọc thêm: Giá lúa đầu vụ tăng nhẹ", "see also"),
        ("Related stories:", "see also"),
        ("Từ khóa", "tail head"),
        ("Tin cùng chuyên mục", "tail head"),
        ("من نفس المؤلف", "same as this"),
        ("در همان دستهبندی", "same as this"),
        ("از همان نویسنده", "same as this"),
        ("Cùng tác giả", "same as this"),
        ("1.204 lượt xem", "view counter"),
        ("نظر (0)", "comment counter"),
        ("تعليق (12)", "comment counter"),
        ("Bình luận (0)", "comment counter"),
        ("Comments (3)", "comment counter"),
        ("Quảng cáo", "ad slot"),
        ("Advertisement", "ad slot"),
        ("No data", "nothing here"),
        ("Chia sẻ", "share label"),
        ("Zalo | Facebook | Sao chép liên kết", "share label"),
        ("A- A+", "font size"),
        ("15 phút trước", "relative time"),
        ("3 hours ago", "relative time"),
        ("منذ 3 ساعات", "relative time"),
        ("Thứ Ba, 25/06/2024, 16:01 [GMT+7]", "clock"),
        ("Đăng ngày 17 - 05 - 2024", "clock"),
        ("08:30", "clock"),
        ("0:00 / 3:21", "player label"),
        ("منبع", "cited source"),
        ("Nguồn: https://example.org/a.html", "cited source"),
        ("Việt NamViệt Nam11/10/2023", "source printed twice"),
    ],
)
def test_lines_that_portals_print_around_articles(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỷ lệ tiêm chủng đạt 100%, cao nhất từ trước đến nay.",
        "Ông nói bài viết đạt 400 lượt xem chỉ sau 2 giờ.",
        "2 giờ trước khi bão đổ bộ, 1.200 người đã được sơ tán.",
        "Facebook và Zalo bị phạt 100 triệu đồng.",
        "Sáng 25/06/2024, hội nghị khai mạc lúc 8:30.",
        "Nguồn: TTXVN",
        "Quảng cáo sai sự thật bị phạt 30 triệu đồng",
        "Tin liên quan đến vụ việc được công an xác minh",
        "قال المصدر إن الاجتماع سيعقد غدا",
        "منذ 3 ساعات والمياه تغمر المدينة.",
        "Comments from residents will be heard on Monday.",
        "Related costs rose by 4.7% last year.",
        "Yesterday, all my troubles seemed so far away.",
        "Đính chính: số liệu đúng là 4,7 km, không phải 47 km.",
    ],
)
def test_a_sentence_is_never_noise(sentence: str) -> None:
    assert line_rule(sentence) == ""


def test_cells_and_list_items_inside_the_text_keep_their_figures() -> None:
    assert line_rule("100%") == "font size"
    assert line_rule("100%", in_text=True) == ""
    assert line_rule("08:30", in_text=True) == ""
    assert line_rule("Quảng cáo", in_text=True) == "ad slot"


def test_a_sites_own_rules() -> None:
    rules = (
        NoiseRule(why="its signature", prefix=r"\(NTO\)\s*[-–]?\s*"),
        NoiseRule(why="its slogan", line=r"Tiếng nói của nhân dân \d+"),
    )
    assert without_prefix("(NTO) - Sáng nay mưa.", rules) == "Sáng nay mưa."
    assert without_prefix("Sáng nay (NTO) mưa.", rules) == "Sáng nay (NTO) mưa."
    assert site_rule("Tiếng nói của nhân dân 24", rules) == "site: its slogan"
    assert site_rule("Tiếng nói của nhân dân 24 tỉnh", rules) == ""


def test_a_line_that_is_only_the_sites_name() -> None:
    assert is_site_name("BÁO NINH BÌNH", ("Báo Ninh Bình", ""))
    assert not is_site_name("Báo Ninh Bình đưa tin", ("Báo Ninh Bình", ""))


@pytest.mark.parametrize(
    "sentence",
    [
        "Trả lời phóng viên sáng nay, ông Bình cho biết tuyến đường sẽ thông xe trước Tết.",
        "Trụ sở công an huyện được xây mới trên khu đất rộng hơn 2 ha.",
        "Hôm nay 12/3, đoàn công tác kiểm tra tiến độ thi công. Ngày mai có kết quả.",
        "Today 3,000 people marched through the old town.",
        "Police filed a report on the crash",
        "Reports said the bridge had been closed since Monday.",
        "Bản quyền truyền hình giải đấu đã được bán với giá kỷ lục.",
        "Đánh dấu 50 năm thành lập, huyện tổ chức nhiều hoạt động.",
    ],
)
def test_a_sentence_is_no_line_of_the_frame(sentence: str) -> None:
    assert frame_rule(sentence) == ""
