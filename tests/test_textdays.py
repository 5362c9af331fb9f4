"""Which "2/3" is a day of a text, and which two thirds."""

from datetime import date

import pytest

from pipelines.normalise import fold
from pipelines.textdays import days_in

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "told",
    [
        "Khoảng 2/3 hộ dân và 3/4 diện tích",
        "Đến nay 1/3 số hộ đã di dời",
        "tới 2/3 người dân, mua đem 1/2 số hàng",
        "Đường dây nóng 24/7",
        "9/11 xã đạt chuẩn",
        "nhà số 25/4, lớp 12/5, hẻm 30/7",
        "two thirds (2/3) of them",
    ],
)
def test_shares_and_numbers_of_houses_are_no_days(told: str) -> None:
    found, left = days_in(fold(told), DAY)
    assert found == ()
    assert left == fold(told)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Sáng 2/3, Ủy ban nhân dân tỉnh", date(2026, 3, 2)),
        ("ngày 3/4", date(2026, 4, 3)),
        ("chiều qua (1/3)", date(2026, 3, 1)),
        ("hôm nay 2/3", date(2026, 3, 2)),
        ("thứ Hai (2/3)", date(2026, 3, 2)),
        ("hết ngày 24/7", date(2026, 7, 24)),
        ("On 12/5 a conference", date(2026, 5, 12)),
        ("lễ 30/4", date(2026, 4, 30)),
        ("يوم ٢/٣", date(2026, 3, 2)),
        ("lên 2/3/2026", date(2026, 3, 2)),
    ],
)
def test_a_day_without_a_year_is_told_by_the_words_before_it(told: str, day: date) -> None:
    assert days_in(fold(told), DAY)[0] == (day,)
