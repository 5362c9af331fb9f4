"""Cron lines with cron's own meaning, as APScheduler triggers. Pure.

The meaning is that of Debian's (Vixie's) cron: weekdays count from Sunday, 0 and 7; where
both day of month and weekday are restricted, either suffices; a field that begins with ``*``
restricts nothing of the other. APScheduler's own ``from_crontab`` counts from Monday, knows
no 7 and no ``@daily``, and wants both days. What crons read differently (``5/15``) is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


class CronError(ValueError):
    """A line that is no cron line; names the field, what is wrong and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One of the five fields: its name, the numbers it may hold, and names for them."""

    name: str
    lowest: int
    highest: int
    names: Sequence[str] = ()

    def numbers(self, text: str) -> frozenset[int]:
        """What the field's text allows. Raises CronError."""
        found: set[int] = set()
        for part in text.split(","):
            found.update(self._part(part, text))
        return frozenset(found)

    def _part(self, part: str, text: str) -> range:
        span, slash, step = part.partition("/")
        first, dash, last = span.partition("-")
        if span == "*":
            lowest, highest = self.lowest, self.highest
        else:
            lowest = self._number(first, text)
            highest = self._number(last, text) if dash else lowest
        if lowest > highest:
            raise self._refused(text, f"{span} runs backwards; write {self._two_parts(span)}")
        if not slash:
            return range(lowest, highest + 1)
        if span != "*" and not dash:
            wish = f"{span}-{self.highest}/{step}"
            raise self._refused(text, f"crons differ on a step after one number; write {wish}")
        if not (step.isascii() and step.isdigit()) or int(step) == 0:
            raise self._refused(text, f"the step {step!r} is no number from 1")
        return range(lowest, highest + 1, int(step))

    def _number(self, text: str, whole: str) -> int:
        if text.lower() in self.names:
            return self.names.index(text.lower()) + self.lowest
        known = f"{self.lowest} to {self.highest}"
        if self.names:
            known += f", {self.names[0]} to {self.names[-1]}"
        if not (text.isascii() and text.isdigit()) or len(text) > 2:
            raise self._refused(whole, f"{text!r} is none of {known}")
        if not self.lowest <= int(text) <= self.highest:
            raise self._refused(whole, f"{text} is not in {known}")
        return int(text)

    def _two_parts(self, span: str) -> str:
        first, _, last = span.partition("-")
        return f"{first}-{self.highest},{self.lowest}-{last}"

    def _refused(self, text: str, why: str) -> CronError:
        return CronError(f"{self.name} {text!r}: {why}")


MINUTE: Final = Field(name="minute", lowest=0, highest=59)
HOUR: Final = Field(name="hour", lowest=0, highest=23)
DAY: Final = Field(name="day of month", lowest=1, highest=31)
MONTH: Final = Field(
    name="month",
    lowest=1,
    highest=12,
    names=("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
WEEKDAY: Final = Field(
    name="weekday",
    lowest=0,
    highest=7,
    names=("sun", "mon", "tue", "wed", "thu", "fri", "sat"),
)
FIELDS: Final = (MINUTE, HOUR, DAY, MONTH, WEEKDAY)

NICKNAMES: Final = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}

_LONGEST_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, kw_only=True)
class Cron:
    """A line that was read: the numbers each field allows, weekdays from Sunday as 0."""

    line: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool
    zone: ZoneInfo = VIETNAM

    @cached_property
    def trigger(self) -> BaseTrigger:
        """The line as an APScheduler trigger."""
        if self.either_day:
            return OrTrigger([self._trigger(weekdays=None), self._trigger(days=None)])
        return self._trigger()

    def after(self, moment: datetime) -> datetime:
        """The first firing after ``moment``, aware UTC or not at all: a line always fires again."""
        begin = moment.astimezone(self.zone) + timedelta(microseconds=1)
        found: datetime | None = self.trigger.get_next_fire_time(None, begin)
        assert found is not None, "impossible dates were refused"
        return found

    def _trigger(self, *, days: str | None = "", weekdays: str | None = "") -> CronTrigger:
        """``None`` leaves a kind of day free."""
        return CronTrigger(
            minute=_listed(self.minutes, 60),
            hour=_listed(self.hours, 24),
            day="*" if days is None else _listed(self.days, 31),
            month=_listed(self.months, 12),
            day_of_week="*" if weekdays is None else _listed(_from_monday(self.weekdays), 7),
            timezone=self.zone,
        )


def read_cron(line: str, zone: ZoneInfo = VIETNAM) -> Cron:
    """The cron line, or ``@hourly`` and the like. Raises CronError."""
    texts = _spelt_out(line).split()
    if len(texts) != len(FIELDS):
        raise CronError(
            f"{line!r} has {len(texts)} fields; write five: minute, hour, day of month, month, "
            "weekday"
        )
    numbers = [field.numbers(text) for field, text in zip(FIELDS, texts, strict=True)]
    minutes, hours, days, months, weekdays = numbers
    either_day = not texts[2].startswith("*") and not texts[4].startswith("*")
    if not either_day:
        _refuse_impossible(texts, days, months)
    return Cron(
        line=line,
        minutes=minutes,
        hours=hours,
        days=days,
        months=months,
        weekdays=frozenset(day % 7 for day in weekdays),
        either_day=either_day,
        zone=zone,
    )


def _spelt_out(line: str) -> str:
    if not line.startswith("@"):
        return line
    try:
        return NICKNAMES[line.lower()]
    except KeyError:
        raise CronError(f"{line!r} is none of {', '.join(NICKNAMES)}") from None


def _refuse_impossible(texts: list[str], days: frozenset[int], months: frozenset[int]) -> None:
    longest = max(_LONGEST_MONTH[month - 1] for month in months)
    if min(days) > longest:
        raise CronError(
            f"day of month {texts[2]!r}: month {texts[3]!r} has {longest} days at most, so the "
            "line would never fire"
        )


def _from_monday(weekdays: frozenset[int]) -> frozenset[int]:
    """APScheduler's numbers of the weekdays."""
    return frozenset((day - 1) % 7 for day in weekdays)


def _listed(numbers: frozenset[int], all_of_them: int) -> str:
    """``*`` where nothing is left out: APScheduler tries every number of a list."""
    if len(numbers) == all_of_them:
        return "*"
    return ",".join(str(number) for number in sorted(numbers))
