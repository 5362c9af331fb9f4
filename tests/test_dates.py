"""Moments as portals write them, days before months, aware UTC."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dates import Moment, best_moment, read_digits, read_moment

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LANGUAGES = ("vi", "ar", "fa", "en")


def local(text: str) -> str | None:
    moment = read_moment(text, HANOI, LANGUAGES)
    if moment is None:
        return None
    form = "%Y-%m-%d %H:%M" if moment.exact else "%Y-%m-%d"
    return moment.at.astimezone(HANOI).strftime(form)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thứ Ba, 25/06/2024, 16:01 [GMT+7]", "2024-06-25 16:01"),
        ("Thứ bảy, 7/3/2026, 00:05 (GMT+7)", "2026-03-07 00:05"),
        ("11/10/2023", "2023-10-11"),
        ("11/10/2023 17:09 PM", "2023-10-11 17:09"),
        ("11/10/2023 05:09 PM", "2023-10-11 17:09"),
        ("11/10/2023 12:09 AM", "2023-10-11 00:09"),
        ("Đăng ngày 17 - 05 - 2024", "2024-05-17"),
        ("Thời sự Thứ tư, 31/01/2018 14:33", "2018-01-31 14:33"),
        ("16h01, 25/6/2024", "2024-06-25 16:01"),
        ("Ngày 25 tháng 6 năm 2024", "2024-06-25"),
        ("07-03-2026 - 08:01 AM", "2026-03-07 08:01"),
        ("2024-06-25T09:01:00Z", "2024-06-25 16:01"),
        ("2024-06-25T16:01:00+0700", "2024-06-25 16:01"),
        ("2024-06-25T11:45-05:00", "2024-06-25 23:45"),
        ("2024-06-25 16:01:59.123", "2024-06-25 16:01"),
        ("2024-06-25T00:00:00", "2024-06-25"),
        ("25 يونيو 2024", "2024-06-25"),
        ("٢٥/٠٦/٢٠٢٤ ١٦:٠١", "2024-06-25 16:01"),
        ("19 Nov 2019 07:09 GMT", "2019-11-19 14:09"),
        ("November 19, 2019", "2019-11-19"),
        ("2 giờ trước", None),
        ("3 hours ago", None),
        ("hôm qua", None),
        ("", None),
        ("31/02/2024", None),
        ("13/13/2024", None),
        ("0001-01-01T00:00:00Z", None),
        ("Số 210-KH/TU", None),
        ("x" * 500 + " 11/10/2023", None),
    ],
)
def test_written_moments(text: str, expected: str | None) -> None:
    assert local(text) == expected


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("20240625160152777", "2024-06-25 16:01"),
        ("20210413114259564", "2021-04-13 11:42"),
        ("2023032215063906", "2023-03-22 15:06"),
        ("20240625", "2024-06-25"),
        ("20241325160152777", None),
        ("2024", None),
        ("abcdefgh", None),
    ],
)
def test_digits_of_an_address(digits: str, expected: str | None) -> None:
    moment = read_digits(digits, HANOI)
    form = "%Y-%m-%d %H:%M" if moment and moment.exact else "%Y-%m-%d"
    assert (moment.at.astimezone(HANOI).strftime(form) if moment else None) == expected


def test_a_time_of_the_same_day_completes_a_day() -> None:
    day = read_moment("25/06/2024", HANOI)
    exact = read_moment("25/06/2024 16:01", HANOI)
    other = read_moment("26/06/2024 10:00", HANOI)
    assert best_moment((None, day, other, exact), HANOI) == exact
    assert best_moment((day, other), HANOI) == day
    assert best_moment((other, exact), HANOI) == other
    assert best_moment((None,), HANOI) is None


MOMENTS = st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2099, 12, 30))  # noqa: DTZ001


@given(MOMENTS)
def test_every_minute_survives_being_written(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    written = f"{moment.day}/{moment.month}/{moment.year} {moment.hour:02}:{moment.minute:02}"
    found = read_moment(written, HANOI)
    assert found is not None
    assert found.at == moment.replace(tzinfo=HANOI).astimezone(UTC)


@given(st.text(max_size=130))
def test_no_text_raises(text: str) -> None:
    found = read_moment(text, HANOI, ("vi",))
    assert found is None or (isinstance(found, Moment) and found.at.utcoffset() == timedelta(0))
