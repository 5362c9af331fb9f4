"""When something was published: the many ways to write a moment → aware UTC. Pure.

Days come before months, always. Relative times ("2 giờ trước") give nothing: they tell when
the page was fetched, not when the article appeared.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any

YEARS = range(1990, 2100)
LONGEST = 120
"""Characters of a text that can still be a date with its label."""

_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z\b|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s?[/.\-–]\s?(?P<month>\d{1,2})\s?[/.\-–]\s?(?P<year>\d{4})(?!\d)"
)
_VIETNAMESE = re.compile(
    r"(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s*(?:,|năm)\s*(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:+\-])(?P<hour>[01]?\d|2[0-3])\s?[:hg]\s?(?P<minute>[0-5]\d)(?!\d)"
    r"(?::(?P<second>[0-5]\d))?(?:\s*(?P<half>[AaPp])\.?[Mm]\b)?"
)
_OFFSET = re.compile(r"(?:GMT|UTC)\s*(?P<zone>[+-]\s?\d{1,2}(?::?\d{2})?)\b")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NAMED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as somebody wrote it; ``exact`` when it has a time of day.

    Midnight sharp counts as a day: it is what systems print that know no time.
    """

    at: datetime
    exact: bool


def read_moment(text: str, zone: tzinfo, languages: Sequence[str] = ()) -> Moment | None:
    """The moment that ``text`` names, or None. A time without a zone is in ``zone``."""
    text = text.strip().translate(_DIGITS)
    if not text or len(text) > LONGEST or not any(character.isdigit() for character in text):
        return None
    if match := _ISO.search(text):
        return _moment(match, match["zone"], match, zone)
    if match := _DAY_FIRST.search(text) or _VIETNAMESE.search(text):
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        offset = _OFFSET.search(rest)
        return _moment(match, offset["zone"] if offset else None, _TIME.search(rest), zone)
    if _NAMED_YEAR.search(text):
        return _by_name(text, zone, tuple(languages))
    return None


def read_digits(digits: str, zone: tzinfo) -> Moment | None:
    """The moment in the digits of an address: local ``YYYYMMDD`` or ``YYYYMMDDHHMM…``."""
    if len(digits) < 8 or not digits.isascii() or not digits.isdigit():
        return None
    exact = len(digits) >= 12
    form = "%Y%m%d%H%M" if exact else "%Y%m%d"
    try:
        local = datetime.strptime(digits[: 12 if exact else 8], form).replace(tzinfo=zone)
    except ValueError:
        return None
    return _checked(local, exact=exact)


def best_moment(moments: Iterable[Moment | None], zone: tzinfo) -> Moment | None:
    """The first moment; where it is only a day, the first exact one of the same day.

    No more of ``moments`` is drawn than needed, since reading names of months is dear.
    """
    first: Moment | None = None
    for moment in moments:
        if moment is None:
            continue
        if first is None:
            first = moment
        if moment.exact and _day(moment, zone) == _day(first, zone):
            return moment
    return first


def _day(moment: Moment, zone: tzinfo) -> date:
    return moment.at.astimezone(zone).date()


def _moment(
    day: re.Match[str], offset: str | None, time: re.Match[str] | None, zone: tzinfo
) -> Moment | None:
    hour, minute, second = _time_of_day(time)
    try:
        local = datetime(
            int(day["year"]), int(day["month"]), int(day["day"]), hour, minute, second,
            tzinfo=_offset_zone(offset) if offset else zone,
        )  # fmt: skip
    except ValueError:
        return None
    return _checked(local, exact=bool(hour or minute or second))


def _time_of_day(time: re.Match[str] | None) -> tuple[int, int, int]:
    if time is None or time["hour"] is None:
        return 0, 0, 0
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    half = (time.groupdict().get("half") or "").lower()
    if half == "p" and hour < 12:  # "17:09 PM" is seen, and means 17:09
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return hour, minute, second


def _offset_zone(offset: str) -> tzinfo:
    if offset in ("Z", "UTC", "GMT"):
        return UTC
    digits = re.sub(r"\D", "", offset)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-span if offset.startswith("-") else span)


def _checked(local: datetime, *, exact: bool) -> Moment | None:
    if local.year not in YEARS:
        return None
    return Moment(at=local.astimezone(UTC), exact=exact)


@cache
def _name_parser(languages: tuple[str, ...]) -> Any:
    from dateparser.date import DateDataParser

    settings: Any = {
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": "DMY",
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PREFER_LOCALE_DATE_ORDER": False,
    }
    return DateDataParser(languages=list(languages), settings=settings)


def _by_name(text: str, zone: tzinfo, languages: tuple[str, ...]) -> Moment | None:
    """A date with the month's name, by dateparser in the site's languages, then English."""
    for tried in dict.fromkeys((languages, ("en",))):
        if not tried:
            continue
        found: datetime | None = _name_parser(tried).get_date_data(text).date_obj
        if found is not None:
            local = found if found.tzinfo else found.replace(tzinfo=zone)
            return _checked(local, exact=bool(local.hour or local.minute or local.second))
    return None
