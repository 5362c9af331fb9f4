"""What a site usually brings, learned from its own history, and what is far from it. Pure.

Weekends, nights and feasts are quiet, and articles come in heaps. So a pause is measured in
articles that the site's weekdays would have brought in it, and against the site's own longest
pauses, measured alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from math import exp, lgamma, log, log1p
from statistics import median, quantiles
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.flow import THIN

DAY: Final = timedelta(days=1)
LEAST_ARRIVALS: Final = 10
"""New articles that a site must have had before its rhythm is known."""
KNOWN_FOR: Final = timedelta(days=7)
WEEKDAYS_KNOWN_AFTER: Final = timedelta(days=28)
"""Of history; before, a weekend may not be told from an outage."""
IN_VAIN: Final = 14.0
"""Articles that were to be expected in a pause of a site that is silent: a pause so long has
a chance of e⁻¹⁴ after each article."""
PAUSE_FACTOR: Final = 1.8
"""Times the second longest pause of the history; the longest may have been an outage."""
PLAIN_FACTOR: Final = 3
"""The same while weekdays are not known, and pauses are measured in hours."""
LEAST_SILENCE: Final = timedelta(hours=20)
LEAST_PLAIN_SILENCE: Final = timedelta(days=3)
SILENCE_AT_TET: Final = timedelta(days=14)
SILENCE_AT_FEASTS: Final = timedelta(days=7)
"""Of those who rest on weekends."""
FEASTS: Final = (((4, 6), (5, 6)), ((8, 31), (9, 6)), ((12, 29), (1, 5)))
"""Hùng Kings to 1 May, National Day, New Year: first and last (month, day)."""
RESTS: Final = 0.35
"""Of the articles of other days, at most so many on Saturday and Sunday."""

USUAL_LINKS: Final = 5.0
"""Links that a source must usually list to be missed when it does not."""
THIN_FOR: Final = timedelta(hours=6)

MOST_FACTOR: Final = 2.5
MOST_BESIDES: Final = 25.0
"""More than so many times the busiest day, and so many articles besides, are too many."""
DAYS_OF_MOST: Final = 14

IMPROBABLE: Final = 1e-4
USUAL_FAULTS: Final = 0.05
"""Share of pages that are read badly on any site: photographs, films, tables."""
LEAST_TEXTS: Final = 30
"""Texts that teach how long texts are."""
CHARACTERS: Final = (0.5, 6.0)
"""Shorter than this share of the tenth shortest in a hundred, or than the median divided by
this, is short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Articles a day by local weekday, Monday first."""

    per_day: tuple[float, ...]
    zone: ZoneInfo

    def expected(self, since: datetime, until: datetime) -> float:
        """Articles that were to be expected between two moments."""
        found, at, end = 0.0, since.astimezone(self.zone), until.astimezone(self.zone)
        while at < end:
            night = datetime.combine(at.date() + DAY, time(), self.zone)
            upto = min(night, end)
            found += self.per_day[at.weekday()] * ((upto - at) / DAY)
            at = upto
        return found

    @property
    def rests_on_weekends(self) -> bool:
        weekend, others = sum(self.per_day[5:]) / 2, sum(self.per_day[:5]) / 5
        return weekend <= RESTS * others


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """How long a site has been without news, and how long that is within its habits."""

    length: timedelta
    allowed: timedelta
    is_silence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """Links to articles on a listing's first page: ``listed`` at the last reading, and usually.

    ``well_at``: when it listed about as many as usual, aware UTC.
    """

    listed: int
    usual: float
    well_at: datetime

    @property
    def is_thin(self) -> bool:
        return self.listed < self.usual * THIN


def thin_since(
    yields: Sequence[Yield], read_at: datetime, last_arrival: datetime | None
) -> datetime | None:
    """Since when no listing of a site shows articles, for hours; None where one does.

    Whatever arrived since shows that articles can be found all the same.
    """
    missed = [one for one in yields if one.usual >= USUAL_LINKS]
    if not missed or not all(one.is_thin for one in missed):
        return None
    since = max(one.well_at for one in missed)
    if read_at - since < THIN_FOR or (last_arrival is not None and last_arrival > since):
        return None
    return since


def learn_rhythm(arrivals: Sequence[datetime], zone: ZoneInfo) -> Rhythm:
    """From arrivals in order; a weekday seldom seen is drawn to the mean of all days."""
    local = [one.astimezone(zone) for one in arrivals]
    lived = [0.0] * 7
    at = local[0]
    while at < local[-1]:
        upto = min(datetime.combine(at.date() + DAY, time(), zone), local[-1])
        lived[at.weekday()] += (upto - at) / DAY
        at = upto
    mean = len(local) / max(sum(lived), 1.0)
    counts = [0] * 7
    for one in local:
        counts[one.weekday()] += 1
    rates = ((n + mean) / (days + 1) for n, days in zip(counts, lived, strict=True))
    return Rhythm(per_day=tuple(rates), zone=zone)


def judge_pause(
    arrivals: Sequence[datetime], *, read_at: datetime, now: datetime, zone: ZoneInfo
) -> Pause:
    """The pause from the latest of ``arrivals`` (two at least) to the last reading."""
    last = arrivals[-1]
    length = read_at - last
    rhythm = learn_rhythm(arrivals, zone)
    least = _least_silence(rhythm, last, now)
    if last - arrivals[0] < WEEKDAYS_KNOWN_AFTER:
        pauses = sorted(after - before for before, after in pairwise(arrivals))
        usual = pauses[-2] if len(pauses) > 1 else pauses[-1]
        allowed = max(usual * PLAIN_FACTOR, LEAST_PLAIN_SILENCE, least)
        return Pause(length=length, allowed=allowed, is_silence=length > allowed)
    pauses_in_articles = sorted(rhythm.expected(a, b) for a, b in pairwise(arrivals))
    most = max(pauses_in_articles[-2] * PAUSE_FACTOR, IN_VAIN)
    missed = rhythm.expected(last, read_at)
    allowed = max(least, length * (most / missed) if missed else least)
    return Pause(length=length, allowed=allowed, is_silence=missed > most and length > least)


def count_within(arrivals: Sequence[datetime], since: datetime, until: datetime) -> int:
    """Arrivals after ``since``, up to ``until``."""
    return sum(since < one <= until for one in arrivals)


def most_a_day(arrivals: Sequence[datetime], before: datetime) -> float | None:
    """More in a day are too many, by the days before; None while too few of them are known."""
    days: dict[int, int] = {}
    known = [one for one in arrivals if one <= before]
    if not known or before - known[0] < DAYS_OF_MOST * DAY:
        return None
    for one in known:
        day = (before - one) // DAY
        days[day] = days.get(day, 0) + 1
    busiest = max(days.values())
    return max(busiest * MOST_FACTOR, busiest + MOST_BESIDES)


def least_characters(lengths: Sequence[int]) -> int | None:
    """Shorter texts are short, by the lengths of former ones; None while too few are known."""
    if len(lengths) < LEAST_TEXTS:
        return None
    share, divisor = CHARACTERS
    return int(max(quantiles(lengths, n=10)[0] * share, median(lengths) / divisor))


def is_improbable(bad: int, of: int, usual: float) -> bool:
    """Whether so many bad ones are hardly ever met where a share of ``usual`` is (binomial)."""
    usual = max(usual, USUAL_FAULTS)
    if usual >= 1:
        return False
    return sum(exp(_log_chance(n, of, usual)) for n in range(bad, of + 1)) < IMPROBABLE


def _log_chance(bad: int, of: int, usual: float) -> float:
    rest = of - bad
    ways = lgamma(of + 1) - lgamma(bad + 1) - lgamma(rest + 1)
    return ways + bad * log(usual) + rest * log1p(-usual)


def _least_silence(rhythm: Rhythm, last: datetime, now: datetime) -> timedelta:
    days = [last.astimezone(rhythm.zone), now.astimezone(rhythm.zone)]
    if any(is_about_tet(day) for day in days):
        return SILENCE_AT_TET
    if rhythm.rests_on_weekends and any(_is_about_a_feast(day) for day in days):
        return SILENCE_AT_FEASTS
    return LEAST_SILENCE


def is_about_tet(moment: datetime) -> bool:
    """The weeks in which the lunar new year (21 January to 20 February) and its feast fall."""
    return (1, 14) <= (moment.month, moment.day) <= (3, 6)


def _is_about_a_feast(moment: datetime) -> bool:
    day = (moment.month, moment.day)
    return any(
        first <= day <= last if first < last else day >= first or day <= last
        for first, last in FEASTS
    )
