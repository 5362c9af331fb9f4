"""Cron lines mean what they mean to cron: firings written down, and those of cronsim."""

import random
from datetime import datetime, timedelta

import pytest
from cronsim import CronSim, CronSimError

from monitor.cron import NICKNAMES, VIETNAM, CronError, read_cron

NOW = datetime(2026, 3, 2, 10, 17, tzinfo=VIETNAM)
"""A Monday."""

# The next three firings after NOW.
TABLE = [
    ("* * * * *", "Mon 2026-03-02 10:18, Mon 2026-03-02 10:19, Mon 2026-03-02 10:20"),
    ("*/15 * * * *", "Mon 2026-03-02 10:30, Mon 2026-03-02 10:45, Mon 2026-03-02 11:00"),
    ("7 * * * *", "Mon 2026-03-02 11:07, Mon 2026-03-02 12:07, Mon 2026-03-02 13:07"),
    ("5,35 * * * *", "Mon 2026-03-02 10:35, Mon 2026-03-02 11:05, Mon 2026-03-02 11:35"),
    ("10-20 * * * *", "Mon 2026-03-02 10:18, Mon 2026-03-02 10:19, Mon 2026-03-02 10:20"),
    ("10-30/10 * * * *", "Mon 2026-03-02 10:20, Mon 2026-03-02 10:30, Mon 2026-03-02 11:10"),
    ("*/7 * * * *", "Mon 2026-03-02 10:21, Mon 2026-03-02 10:28, Mon 2026-03-02 10:35"),
    ("50-59/3,0 * * * *", "Mon 2026-03-02 10:50, Mon 2026-03-02 10:53, Mon 2026-03-02 10:56"),
    ("0 * * * *", "Mon 2026-03-02 11:00, Mon 2026-03-02 12:00, Mon 2026-03-02 13:00"),
    ("0 */6 * * *", "Mon 2026-03-02 12:00, Mon 2026-03-02 18:00, Tue 2026-03-03 00:00"),
    ("30 8-10 * * *", "Mon 2026-03-02 10:30, Tue 2026-03-03 08:30, Tue 2026-03-03 09:30"),
    ("0 8-18/4 * * *", "Mon 2026-03-02 12:00, Mon 2026-03-02 16:00, Tue 2026-03-03 08:00"),
    ("0 9,12,18 * * *", "Mon 2026-03-02 12:00, Mon 2026-03-02 18:00, Tue 2026-03-03 09:00"),
    ("*/30 22-23 * * *", "Mon 2026-03-02 22:00, Mon 2026-03-02 22:30, Mon 2026-03-02 23:00"),
    ("15 0 * * *", "Tue 2026-03-03 00:15, Wed 2026-03-04 00:15, Thu 2026-03-05 00:15"),
    ("*/40 * * * *", "Mon 2026-03-02 10:40, Mon 2026-03-02 11:00, Mon 2026-03-02 11:40"),
    ("0 0 * * 0", "Sun 2026-03-08 00:00, Sun 2026-03-15 00:00, Sun 2026-03-22 00:00"),
    ("0 0 * * 7", "Sun 2026-03-08 00:00, Sun 2026-03-15 00:00, Sun 2026-03-22 00:00"),
    ("0 0 * * sun", "Sun 2026-03-08 00:00, Sun 2026-03-15 00:00, Sun 2026-03-22 00:00"),
    ("0 0 * * SUN", "Sun 2026-03-08 00:00, Sun 2026-03-15 00:00, Sun 2026-03-22 00:00"),
    ("0 0 * * 1", "Mon 2026-03-09 00:00, Mon 2026-03-16 00:00, Mon 2026-03-23 00:00"),
    ("0 0 * * mon", "Mon 2026-03-09 00:00, Mon 2026-03-16 00:00, Mon 2026-03-23 00:00"),
    ("0 0 * * 6", "Sat 2026-03-07 00:00, Sat 2026-03-14 00:00, Sat 2026-03-21 00:00"),
    ("0 0 * * Sat", "Sat 2026-03-07 00:00, Sat 2026-03-14 00:00, Sat 2026-03-21 00:00"),
    ("0 6 * * 1-5", "Tue 2026-03-03 06:00, Wed 2026-03-04 06:00, Thu 2026-03-05 06:00"),
    ("0 6 * * mon-fri", "Tue 2026-03-03 06:00, Wed 2026-03-04 06:00, Thu 2026-03-05 06:00"),
    ("0 6 * * 6,7", "Sat 2026-03-07 06:00, Sun 2026-03-08 06:00, Sat 2026-03-14 06:00"),
    ("0 6 * * sat,sun", "Sat 2026-03-07 06:00, Sun 2026-03-08 06:00, Sat 2026-03-14 06:00"),
    ("0 6 * * 5-7", "Fri 2026-03-06 06:00, Sat 2026-03-07 06:00, Sun 2026-03-08 06:00"),
    ("0 6 * * 0-2", "Tue 2026-03-03 06:00, Sun 2026-03-08 06:00, Mon 2026-03-09 06:00"),
    ("0 6 * * tue,thu", "Tue 2026-03-03 06:00, Thu 2026-03-05 06:00, Tue 2026-03-10 06:00"),
    ("0 6 * * 1-5/2", "Wed 2026-03-04 06:00, Fri 2026-03-06 06:00, Mon 2026-03-09 06:00"),
    ("0 6 * * */2", "Tue 2026-03-03 06:00, Thu 2026-03-05 06:00, Sat 2026-03-07 06:00"),
    ("0 6 * * */7", "Sun 2026-03-08 06:00, Sun 2026-03-15 06:00, Sun 2026-03-22 06:00"),
    ("0 6 * * 0,7", "Sun 2026-03-08 06:00, Sun 2026-03-15 06:00, Sun 2026-03-22 06:00"),
    ("0 6 * * 1-7", "Tue 2026-03-03 06:00, Wed 2026-03-04 06:00, Thu 2026-03-05 06:00"),
    ("0 6 * * 0-7", "Tue 2026-03-03 06:00, Wed 2026-03-04 06:00, Thu 2026-03-05 06:00"),
    ("0 6 * * mon-wed/2", "Wed 2026-03-04 06:00, Mon 2026-03-09 06:00, Wed 2026-03-11 06:00"),
    ("0 0 1 * *", "Wed 2026-04-01 00:00, Fri 2026-05-01 00:00, Mon 2026-06-01 00:00"),
    ("0 0 15 * *", "Sun 2026-03-15 00:00, Wed 2026-04-15 00:00, Fri 2026-05-15 00:00"),
    ("0 0 31 * *", "Tue 2026-03-31 00:00, Sun 2026-05-31 00:00, Fri 2026-07-31 00:00"),
    ("0 0 30 * *", "Mon 2026-03-30 00:00, Thu 2026-04-30 00:00, Sat 2026-05-30 00:00"),
    ("0 0 29 2 *", "Tue 2028-02-29 00:00, Sun 2032-02-29 00:00, Fri 2036-02-29 00:00"),
    ("0 0 28 2 *", "Sun 2027-02-28 00:00, Mon 2028-02-28 00:00, Wed 2029-02-28 00:00"),
    ("0 0 1,15 * *", "Sun 2026-03-15 00:00, Wed 2026-04-01 00:00, Wed 2026-04-15 00:00"),
    ("0 0 */10 * *", "Wed 2026-03-11 00:00, Sat 2026-03-21 00:00, Tue 2026-03-31 00:00"),
    ("0 0 1-7 * *", "Tue 2026-03-03 00:00, Wed 2026-03-04 00:00, Thu 2026-03-05 00:00"),
    ("0 0 1 1 *", "Fri 2027-01-01 00:00, Sat 2028-01-01 00:00, Mon 2029-01-01 00:00"),
    ("0 0 1 jan *", "Fri 2027-01-01 00:00, Sat 2028-01-01 00:00, Mon 2029-01-01 00:00"),
    ("0 0 1 */3 *", "Wed 2026-04-01 00:00, Wed 2026-07-01 00:00, Thu 2026-10-01 00:00"),
    ("0 0 1 JAN,jul *", "Wed 2026-07-01 00:00, Fri 2027-01-01 00:00, Thu 2027-07-01 00:00"),
    ("0 0 1 mar-may *", "Wed 2026-04-01 00:00, Fri 2026-05-01 00:00, Mon 2027-03-01 00:00"),
    ("0 0 31 4,5 *", "Sun 2026-05-31 00:00, Mon 2027-05-31 00:00, Wed 2028-05-31 00:00"),
    ("0 0 30 2,3 *", "Mon 2026-03-30 00:00, Tue 2027-03-30 00:00, Thu 2028-03-30 00:00"),
    ("0 0 13 * 5", "Fri 2026-03-06 00:00, Fri 2026-03-13 00:00, Fri 2026-03-20 00:00"),
    ("0 0 1 * 1", "Mon 2026-03-09 00:00, Mon 2026-03-16 00:00, Mon 2026-03-23 00:00"),
    ("0 0 1,15 * mon", "Mon 2026-03-09 00:00, Sun 2026-03-15 00:00, Mon 2026-03-16 00:00"),
    ("0 0 */5 * 1", "Mon 2026-03-16 00:00, Mon 2026-04-06 00:00, Mon 2026-05-11 00:00"),
    ("0 0 1-31 * 1", "Tue 2026-03-03 00:00, Wed 2026-03-04 00:00, Thu 2026-03-05 00:00"),
    ("0 0 10 * */3", "Sun 2026-05-10 00:00, Wed 2026-06-10 00:00, Sat 2026-10-10 00:00"),
    ("0 0 31 2 1", "Mon 2027-02-01 00:00, Mon 2027-02-08 00:00, Mon 2027-02-15 00:00"),
    ("0 0 30 2 sun", "Sun 2027-02-07 00:00, Sun 2027-02-14 00:00, Sun 2027-02-21 00:00"),
    ("0 12 25 12 5", "Fri 2026-12-04 12:00, Fri 2026-12-11 12:00, Fri 2026-12-18 12:00"),
    ("*/20 9 1-3 4 wed", "Wed 2026-04-01 09:00, Wed 2026-04-01 09:20, Wed 2026-04-01 09:40"),
    ("0 0 29 2 */7", "Sun 2032-02-29 00:00, Sun 2060-02-29 00:00, Sun 2088-02-29 00:00"),
    ("@hourly", "Mon 2026-03-02 11:00, Mon 2026-03-02 12:00, Mon 2026-03-02 13:00"),
    ("@daily", "Tue 2026-03-03 00:00, Wed 2026-03-04 00:00, Thu 2026-03-05 00:00"),
    ("@midnight", "Tue 2026-03-03 00:00, Wed 2026-03-04 00:00, Thu 2026-03-05 00:00"),
    ("@weekly", "Sun 2026-03-08 00:00, Sun 2026-03-15 00:00, Sun 2026-03-22 00:00"),
    ("@monthly", "Wed 2026-04-01 00:00, Fri 2026-05-01 00:00, Mon 2026-06-01 00:00"),
    ("@yearly", "Fri 2027-01-01 00:00, Sat 2028-01-01 00:00, Mon 2029-01-01 00:00"),
    ("@annually", "Fri 2027-01-01 00:00, Sat 2028-01-01 00:00, Mon 2029-01-01 00:00"),
    ("@Daily", "Tue 2026-03-03 00:00, Wed 2026-03-04 00:00, Thu 2026-03-05 00:00"),
]


def firings(line: str, count: int, since: datetime = NOW) -> list[datetime]:
    cron, found = read_cron(line), [since]
    for _ in range(count):
        found.append(cron.after(found[-1]))
    return found[1:]


def other_librarys(line: str, count: int, since: datetime = NOW) -> list[datetime]:
    simulated = CronSim(NICKNAMES.get(line.lower(), line), since)
    return [next(simulated) for _ in range(count)]


@pytest.mark.parametrize(("line", "expected"), TABLE)
def test_a_line_fires_as_cron_fires_it(line: str, expected: str) -> None:
    told = ", ".join(f"{moment:%a %Y-%m-%d %H:%M}" for moment in firings(line, 3))
    assert told == expected
    assert all(moment.utcoffset() == timedelta(hours=7) for moment in firings(line, 3))


@pytest.mark.parametrize("line", [line for line, _ in TABLE])
def test_another_library_fires_at_the_same_moments(line: str) -> None:
    count = 10 if "29 2 */7" not in line else 3
    assert firings(line, count) == other_librarys(line, count)


def drawn_field(rng: random.Random, lowest: int, highest: int) -> str:
    first, last = sorted(rng.sample(range(lowest, highest + 1), 2))
    step = rng.randint(1, 9)
    forms = [
        "*",
        "*",
        "*",
        f"*/{step}",
        f"{first}",
        f"{first}-{last}",
        f"{first}-{last}/{step}",
        f"{first},{last}",
        f"{first},{first}-{last}/{step}",
    ]
    return rng.choice(forms)


def test_five_hundred_drawn_lines_fire_as_the_other_library_fires_them() -> None:
    rng = random.Random(20260302)
    bounds = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]
    refused = 0
    for _ in range(500):
        line = " ".join(drawn_field(rng, *each) for each in bounds)
        since = NOW + timedelta(minutes=rng.randrange(1_000_000))
        try:
            expected = other_librarys(line, 3, since)
        except CronSimError:
            refused += 1
            with pytest.raises(CronError, match="day of month"):
                read_cron(line)
            continue
        assert firings(line, 3, since) == expected, line
    assert refused < 20


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "has 0 fields; write five"),
        ("0 6 * *", "has 4 fields; write five"),
        ("0 0 6 * * 1", "has 6 fields; write five"),
        ("60 * * * *", "minute '60': 60 is not in 0 to 59"),
        ("-1 * * * *", "minute '-1': '' is none of 0 to 59"),
        ("* 24 * * *", "hour '24': 24 is not in 0 to 23"),
        ("* * 0 * *", "day of month '0': 0 is not in 1 to 31"),
        ("* * 32 * *", "day of month '32': 32 is not in 1 to 31"),
        ("* * * 13 *", "month '13': 13 is not in 1 to 12"),
        ("* * * 0 *", "month '0': 0 is not in 1 to 12"),
        ("* * * * 8", "weekday '8': 8 is not in 0 to 7"),
        ("* * * * monday", "weekday 'monday': 'monday' is none of 0 to 7, sun to sat"),
        ("* * * janv *", "month 'janv': 'janv' is none of 1 to 12, jan to dec"),
        ("* * jan * *", "day of month 'jan': 'jan' is none of 1 to 31"),
        ("* * * * fri-mon", "weekday 'fri-mon': fri-mon runs backwards; write fri-7,0-mon"),
        ("* * * * sat-sun", "weekday 'sat-sun': sat-sun runs backwards; write sat-7,0-sun"),
        ("30-10 * * * *", "minute '30-10': 30-10 runs backwards; write 30-59,0-10"),
        ("*/0 * * * *", "minute '*/0': the step '0' is no number from 1"),
        ("*/x * * * *", "minute '*/x': the step 'x' is no number from 1"),
        ("*/ * * * *", "minute '*/': the step '' is no number from 1"),
        ("5/15 * * * *", "minute '5/15': crons differ on a step after one number; write 5-59/15"),
        ("1,,2 * * * *", "minute '1,,2': '' is none of 0 to 59"),
        ("* * L * *", "day of month 'L': 'L' is none of 1 to 31"),
        ("* * * * 5#2", "weekday '5#2': '5#2' is none of 0 to 7"),
        ("* * ? * *", "day of month '?': '?' is none of 1 to 31"),
        ("\u0662 * * * *", "minute '\u0662'"),
        ("0 0 31 2 *", "day of month '31': month '2' has 29 days at most"),
        ("0 0 30 feb *", "day of month '30': month 'feb' has 29 days at most"),
        ("0 0 31 4,6,9,11 *", "day of month '31': month '4,6,9,11' has 30 days at most"),
        ("0 0 31 2 */2", "day of month '31': month '2' has 29 days at most"),
        ("@reboot", "'@reboot' is none of @hourly, @daily"),
        ("@every 5m", "'@every 5m' is none of @hourly"),
    ],
)
def test_what_is_no_cron_line_is_refused_by_its_field(line: str, said: str) -> None:
    with pytest.raises(CronError) as refused:
        read_cron(line)
    assert said in str(refused.value)


def test_a_firing_is_after_the_moment_never_at_it() -> None:
    at = datetime(2026, 3, 2, 10, 30, tzinfo=VIETNAM)
    assert firings("*/15 * * * *", 1, since=at) == [at + timedelta(minutes=15)]
    assert firings("*/15 * * * *", 1, since=at - timedelta(microseconds=1)) == [at]
