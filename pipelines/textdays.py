"""Days that a text names, in digits or words of many languages. Pure.

Days come before months, as everywhere but in America. A day without a year is in the year
that brings it next to the article's own day. Only Gregorian months are known. "2/3" is a day
where words before it say so: two thirds are written alike.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from babel import Locale

from pipelines.normalise import fold

YEARS: Final = range(1900, 2100)
LANGUAGES: Final = ("en", "ar", "ar_SY", "ar_DZ", "fa", "fr", "es", "de", "it", "pt", "ru", "id")
"""Whose names of months are known."""

_IN_DIGITS: Final = (
    r"(?<![\w/.,-])(?:"
    r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?[-/.]\s?(?P<m2>\d{1,2})\s?[-/.]\s?(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})/(?P<m3>\d{1,2})"
    r"|(?P<d4>\d{1,2})[, ]+thang (?P<m4>\d{1,2})(?:,? ?(?:nam )?(?P<y4>\d{4}))?"
    r"|(?:(?P<y5>\d{4})[年년] ?)?(?P<m5>\d{1,2})[月월] ?(?P<d5>\d{1,2})[日일]"
    r")(?![\d/]|[.,-]\d)"
)
# In folded text; "tối" reads like "tới" there, "đêm" like "đem", and neither is in it therefore.
_DAY_AHEAD: Final = re.compile(
    r"(?<!\w)(?:ngay|sang|trua|chieu|hom|mung|(?:hom|sang|trua|chieu) (?:nay|qua|mai)"
    r"|(?:nay|qua|mai|hai|ba|tu|nam|sau|bay|nhat),? ?\(|يوم|بتاريخ|مورخ|روز)[ (]*$"
)
_NUMBER_AHEAD: Final = re.compile(
    r"(?<!\w)(?:so|nha|ngo|ngach|hem|kiet|lop|to|lo|thua)[ (]*$"  # of a house, a class
)
_AHEAD: Final = 16
"""Characters that are read before a day."""
_ALWAYS: Final = (24, 7)
"""Hours and days, which is no 24 July."""


@cache
def _months() -> dict[str, int]:
    named: dict[str, int] = {"ژوئيه": 7, "جولاي": 7}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for number, name in months[context]["wide"].items():
                named[fold(name)] = number
    return named


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day_first = (
        rf"(?<!\w)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|o|er)?\s+(?:of |de |من )?(?P<name>{names})"
        rf"(?:/(?:{names}))?(?!\w)(?:,?\s+(?:de |del |عام |سال |year )?(?P<y>\d{{4}})(?!\d))?"
    )
    month_first = (
        rf"(?<!\w)(?P<name>{names})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)"
        r"(?:,?\s+(?P<y>\d{4})(?!\d))?"
    )
    return tuple(map(re.compile, (_IN_DIGITS, day_first, month_first)))


def days_in(folded: str, near: date | None) -> tuple[tuple[date, ...], str]:
    """The days of a folded text, in order and once each, and the text without them.

    ``near``: the article's own day; without it, days that name no year are passed over.
    """
    found: dict[date, None] = {}
    for pattern in _patterns():
        folded = pattern.sub(lambda match: _noted(match, near, found), folded)
    return tuple(found), folded


def _noted(match: re.Match[str], near: date | None, found: dict[date, None]) -> str:
    day, is_day = _day(match, near)
    if day is not None:
        found[day] = None
    return " . " if is_day else match[0]


def _day(match: re.Match[str], near: date | None) -> tuple[date | None, bool]:
    """The day, if it has a year or gets one, and whether it is one at all."""
    told = match.groupdict()
    if "name" in told:
        day, month, year = told["d"], _months()[told["name"]], told["y"]
    else:
        form = next(form for form in "12345" if told.get(f"d{form}"))
        day, month, year = told[f"d{form}"], int(told[f"m{form}"]), told.get(f"y{form}")
    tried = _date(int(year) if year else 2000, month, int(day))
    if tried is None:
        return None, False
    if year:
        return (tried, True) if tried.year in YEARS else (None, False)
    if told.get("d3") and not _is_meant(match, tried):
        return None, False
    return (_nearest(tried, near) if near else None), True


def _is_meant(match: re.Match[str], day: date) -> bool:
    """Whether "12/5" is a day. A share is no more than the whole, so that "2/3" may be one."""
    ahead = match.string[max(match.start() - _AHEAD, 0) : match.start()]
    if _DAY_AHEAD.search(ahead):
        return True
    is_number = _NUMBER_AHEAD.search(ahead) or (day.day, day.month) == _ALWAYS
    return not is_number and day.day > day.month


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(day: date, near: date) -> date | None:
    tried: Iterator[date | None] = (
        _date(year, day.month, day.day) for year in (near.year - 1, near.year, near.year + 1)
    )
    known = [each for each in tried if each]
    return min(known, key=lambda each: abs(each - near), default=None)
