"""Whether a site brings about as many new articles as were to be expected. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.expectations import (
    DAY,
    KNOWN_FOR,
    LEAST_ARRIVALS,
    count_within,
    is_about_tet,
    judge_pause,
    learn_rhythm,
    most_a_day,
    thin_since,
)
from monitor.vitals import Judgement, Vitals, span_in_words


def silent(vitals: Vitals, now: datetime) -> Judgement:
    """Fewer new articles than the site has, or than its file says, though it was asked."""
    read_at = vitals.sources_read_at
    if vitals.baseline_at is None or read_at is None:
        return Judgement(kind="silent", is_wrong=None)
    last = vitals.arrivals[-1] if vitals.arrivals else None
    if since := thin_since(vitals.yields, read_at, last):
        detail = f"silent since {_at(since)}: its listings show hardly any address of an article"
        return Judgement(kind="silent", is_wrong=True, detail=detail)
    if vitals.expect.articles_per_day is not None and not is_about_tet(now):
        return _fewer_than_said(vitals, vitals.expect.articles_per_day[0], read_at)
    if now - vitals.baseline_at < KNOWN_FOR or len(vitals.arrivals) < LEAST_ARRIVALS:
        return Judgement(kind="silent", is_wrong=False if vitals.yields else None)
    zone = ZoneInfo(vitals.timezone)
    pause = judge_pause(vitals.arrivals, read_at=read_at, now=now, zone=zone)
    detail = (
        f"silent since {_at(vitals.arrivals[-1])}: no new article for "
        f"{span_in_words(pause.length)}; {span_in_words(pause.allowed)} would be within its habits"
    )
    return Judgement(kind="silent", is_wrong=pause.is_silence, detail=detail)


def _fewer_than_said(vitals: Vitals, least: int, read_at: datetime) -> Judgement:
    """A day without any, or two days in a row with fewer than the site's file says."""
    if vitals.baseline_at is None or read_at - vitals.baseline_at < 2 * DAY:
        return Judgement(kind="silent", is_wrong=None)
    last = count_within(vitals.arrivals, read_at - DAY, read_at)
    before = count_within(vitals.arrivals, read_at - 2 * DAY, read_at - DAY)
    is_wrong = None
    if last >= least:
        is_wrong = False
    elif last == 0 or before < least:
        is_wrong = True
    since = f" since {_at(vitals.arrivals[-1])}" if last == 0 and vitals.arrivals else ""
    detail = f"silent{since}: {last} new articles in a day; its file expects {least} at least"
    return Judgement(kind="silent", is_wrong=is_wrong, detail=detail)


def too_many(vitals: Vitals, now: datetime) -> Judgement:
    """Far more new articles in a day than ever: what is none may be taken for one."""
    day_ago = now - DAY
    said = vitals.expect.articles_per_day
    most = float(said[1]) if said else most_a_day(vitals.arrivals, day_ago)
    if most is None or vitals.baseline_at is None or vitals.baseline_at > day_ago:
        return Judgement(kind="too_many", is_wrong=None)
    found = count_within(vitals.arrivals, day_ago, now)
    most += _from_days_before(vitals.arrivals, day_ago, ZoneInfo(vitals.timezone))
    detail = (
        f"{found} new articles in a day, {most:.0f} at most were to be expected: "
        "other pages may be taken for articles"
    )
    is_wrong = True if found > most else (False if found <= most / 2 or said else None)
    return Judgement(kind="too_many", is_wrong=is_wrong, detail=detail)


def _from_days_before(arrivals: tuple[datetime, ...], day_ago: datetime, zone: ZoneInfo) -> float:
    """Articles of days before, met in the last one since nobody looked earlier."""
    earlier = [one for one in arrivals if one <= day_ago]
    later = [one for one in arrivals if one > day_ago]
    if len(earlier) < LEAST_ARRIVALS or not later or later[0] - earlier[-1] < DAY:
        return 0.0
    return learn_rhythm(earlier, zone).expected(earlier[-1], later[0])


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
