"""The schedule: what it means, what is refused, and what ``baowatch schedule`` shows."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path

import pytest
from commandline import baowatch, configure

from crawlers.sitefile import load_sites
from monitor.cron import VIETNAM
from monitor.schedule import Schedule, SitePlan, longest_ago_first
from monitor.schedulefile import ScheduleError, load_schedule, schema, unverified_of
from pipelines.retention import Limits

ROOT = Path(__file__).parents[1]
SITES = ("bao", "tin", "xa")
NOW = datetime(2026, 3, 2, 10, 17, tzinfo=VIETNAM)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(folder: Path, text: str, **more: object) -> Schedule:
    path = folder / "schedule.yml"
    path.write_text(text, "utf-8")
    return load_schedule(path, SITES, **more)  # type: ignore[arg-type]


def firings(plan: SitePlan, count: int, since: datetime = NOW) -> list[str]:
    found = islice(plan.firings(since), count)
    return [f"{moment.astimezone(VIETNAM):%a %H:%M}" for moment in found]


def test_a_sites_own_entry_goes_before_its_groups_and_that_before_defaults(folder: Path) -> None:
    found = read(
        folder,
        """
        side_by_side: 7
        nightly: "03:05"
        stored_pages: {days: 30}
        defaults: {cron: "@daily", requests_per_hour: 50, time_limit: 10m, jitter: 0s}
        groups:
          fast: {sites: [tin, xa], cron: "@hourly", requests_per_hour: 90}
        sites:
          xa: {cron: "30 * * * *", quiet: "22:00-06:00"}
        """,
    )
    assert {site: plan.cron.line for site, plan in found.sites.items()} == {
        "bao": "@daily",
        "tin": "@hourly",
        "xa": "30 * * * *",
    }
    assert [plan.requests_per_hour for plan in found.sites.values()] == [50, 90, 90]
    assert all(plan.time_limit == timedelta(minutes=10) for plan in found.sites.values())
    assert [site for site, plan in found.sites.items() if plan.quiet] == ["xa"]
    assert (found.side_by_side, found.stored_pages) == (7, Limits(days=30))
    night = found.nightly.after(NOW)
    assert f"{night:%a %H:%M}" == "Tue 03:05"


def test_what_is_not_written_is_built_in_and_never_means_never(folder: Path) -> None:
    found = read(folder, "sites: {tin: {cron: never}, xa: {requests_per_hour: 5}}")
    assert sorted(found.sites) == ["bao", "xa"]
    plan = found.sites["bao"]
    assert (plan.cron.line, plan.quiet, plan.requests_per_hour) == ("*/15 * * * *", None, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("side_by_sid: 3", ["unknown key 'side_by_sid'", "'side_by_side'"]),
        ("side_by_side: 0", ["'side_by_side'", "given: 0"]),
        ("defaults: {jiter: 5m}", ["unknown key 'defaults.jiter'", "'jitter'"]),
        ("sites: {bao: {crno: x}}", ["unknown key 'sites.bao.crno'", "'cron'"]),
        ("groups: {a: {sites: [bao], sits: 1}}", ["unknown key 'groups.a.sits'", "'sites'"]),
        ("stored_pages: {day: 1}", ["unknown key 'stored_pages.day'", "'days'"]),
        ("sites: {bau: {}}", ["'sites.bau'", "unknown site 'bau'", "'bao'"]),
        ("groups: {a: {sites: [bau]}}", ["'groups.a.sites'", "unknown site 'bau'", "'bao'"]),
        ("groups: {a: {sites: [bao]}, b: {sites: [bao]}}", ["'groups.b.sites'", "'bao'", "'a'"]),
        ("groups: {a: {}}", ["'groups.a.sites'"]),
        ("defaults: {cron: '61 * * * *'}", ["'defaults.cron'", "minute '61'", "0 to 59"]),
        ("sites: {bao: {cron: '0 0 31 2 *'}}", ["'sites.bao.cron'", "day of month '31'"]),
        ("defaults: {cron: @hourly}", ["line 1", "in quotes"]),
        ("defaults: {cron: */5 * * * *}", ["line 1", "in quotes"]),
        ("defaults: {jitter: 5}", ["'defaults.jitter'", "45m", "given: 5"]),
        ("defaults: {jitter: 5 min}", ["'defaults.jitter'", "'5 min'", "90s, 15m or 2h"]),
        ("defaults: {quiet: 23-5}", ["'defaults.quiet'", "'23-5'", "23:00-05:00"]),
        ("defaults: {quiet: '05:00-05:00'}", ["'defaults.quiet'", "'05:00-05:00'"]),
        ("defaults: {requests_per_hour: 3601}", ["'defaults.requests_per_hour'", "3600"]),
        ("nightly: 12:30", ["'nightly'", "in quotes", "given: 750"]),
        ("nightly: '25:00'", ["'nightly'", "'25:00'", "02:30"]),
        ("metrics_port: 70000", ["'metrics_port'", "65535"]),
        ("defaults: {cron: '0 2 * * *', quiet: '23:00-05:00'}", ["bao", "'0 2 * * *'", "quiet"]),
        ("side_by_side: 1\nside_by_side: 2", ["line 2", "'side_by_side' is given twice"]),
        ("- bao", ["holds no keys"]),
    ],
)
def test_what_is_wrong_is_refused_by_file_key_and_value(
    folder: Path, text: str, said: list[str]
) -> None:
    with pytest.raises(ScheduleError) as refused:
        read(folder, text)
    told = str(refused.value)
    assert all(piece in told for piece in [str(folder / "schedule.yml"), *said]), told
    assert "\n" not in told


def test_a_site_whose_own_file_is_broken_may_be_named(folder: Path) -> None:
    text = "sites: {hong: {cron: '@daily'}}"
    assert "hong" not in read(folder, text, broken=["hong"]).sites
    with pytest.raises(ScheduleError, match="unknown site 'hong'"):
        read(folder, text)


def plan_of(folder: Path, entry: str) -> SitePlan:
    return read(folder, f"defaults: {{{entry}}}").sites["bao"]


def test_quiet_hours_may_cross_midnight(folder: Path) -> None:
    plan = plan_of(folder, 'cron: "0 */2 * * *", jitter: 0s, quiet: "22:00-06:00"')
    assert firings(plan, 4, since=NOW.replace(hour=17)) == [
        "Mon 18:00",
        "Mon 20:00",
        "Tue 06:00",
        "Tue 08:00",
    ]
    within = plan_of(folder, 'cron: "0 */2 * * *", jitter: 0s, quiet: "11:00-15:00"')
    assert firings(within, 2) == ["Mon 16:00", "Mon 18:00"]


def test_jitter_is_late_by_less_than_it_says_and_always_the_same(folder: Path) -> None:
    plan = plan_of(folder, 'cron: "0 * * * *", jitter: 30m')
    found = list(islice(plan.firings(NOW), 200))
    late = [(moment - moment.replace(minute=0, second=0)).total_seconds() for moment in found]
    assert found == list(islice(plan.firings(NOW), 200))
    assert all(0 <= seconds < 1800 for seconds in late)
    assert len({int(seconds) // 180 for seconds in late}) == 10  # all over the half hour
    other = read(folder, 'defaults: {cron: "0 * * * *", jitter: 30m}').sites["tin"]
    assert next(other.firings(NOW)) != found[0]


def test_jitter_longer_than_the_gap_loses_and_reorders_nothing(folder: Path) -> None:
    plan = plan_of(folder, 'cron: "*/5 * * * *", jitter: 20m')
    found = list(islice(plan.firings(NOW), 300))
    assert all(before < after for before, after in pairwise(found))
    span = (found[-1] - found[0]).total_seconds() / 300
    assert span == pytest.approx(300, rel=0.05)


def test_jitter_moves_no_firing_into_quiet_hours(folder: Path) -> None:
    plan = plan_of(folder, 'cron: "*/10 * * * *", jitter: 30m, quiet: "22:00-06:00"')
    hours = {moment.astimezone(VIETNAM).hour for moment in islice(plan.firings(NOW), 500)}
    assert hours == set(range(6, 22))


def test_a_leap_day_is_worth_waiting_for(folder: Path) -> None:
    plan = plan_of(folder, 'cron: "0 6 29 2 *", jitter: 0s')
    assert plan.after(NOW) == datetime(2028, 2, 29, 6, tzinfo=VIETNAM)


def test_what_was_missed_is_made_good_once_and_not_in_quiet_hours(folder: Path) -> None:
    plan = plan_of(folder, 'cron: "0 * * * *", jitter: 0s, quiet: "22:00-06:00"')
    now = NOW.astimezone(UTC)
    assert plan.made_good(now - timedelta(minutes=10), now) is None
    assert plan.made_good(now - timedelta(minutes=20), now) == now
    assert plan.made_good(now - timedelta(days=300), now) == now
    assert plan.made_good(None, now) == now
    night = datetime(2026, 3, 3, 1, 30, tzinfo=VIETNAM)
    morning = datetime(2026, 3, 3, 6, 0, tzinfo=VIETNAM)
    assert plan.made_good(night - timedelta(hours=10), night) == morning
    assert plan.made_good(night - timedelta(hours=4), night) is None
    evening = datetime(2026, 3, 2, 23, 30, tzinfo=VIETNAM)
    assert plan.made_good(evening - timedelta(hours=10), evening) == morning


def test_the_shipped_schedule_is_right_and_points_editors_at_its_schema() -> None:
    sites, errors = load_sites(ROOT / "config" / "sites")
    path = ROOT / "config" / "schedule.yml"
    known = {site.name: site for site in sites}
    found = load_schedule(path, known, unverified=unverified_of(known))
    assert not errors
    assert {"baohatinh", "svhttdl_dienbien", "vietnamvn"} <= found.sites.keys()
    assert {*found.sites, *found.waiting} == known.keys()
    assert path.read_text("utf-8").startswith(
        "# yaml-language-server: $schema=schedule.schema.json\n"
    )
    assert (ROOT / "config" / "schedule.schema.json").read_text("utf-8") == schema()


def test_unverified_sites_wait_only_where_the_file_says_so(folder: Path) -> None:
    text = 'groups: {near: {sites: [tin]}}\nsites: {xa: {cron: "never"}}'
    found = read(folder, text, unverified=SITES)
    assert (sorted(found.sites), found.waiting) == (["bao", "tin"], ())
    found = read(folder, f"unverified: wait\n{text}", unverified=SITES)
    assert (sorted(found.sites), found.waiting) == (["tin"], ("bao",))
    found = read(folder, f"unverified: wait\n{text}", unverified=["tin"])
    assert (sorted(found.sites), found.waiting) == (["bao", "tin"], ())
    with pytest.raises(ScheduleError, match=r"'unverified'.*'crawl' or 'wait'.*given: 'no'"):
        read(folder, "unverified: 'no'")


def test_the_command_names_the_sites_that_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch)
    path = tmp_path / "config" / "schedule.yml"
    path.write_text("unverified: wait", "utf-8")
    shown = baowatch("schedule")
    assert shown.status == 0
    assert "nobody has verified them (1): bao." in shown.out
    assert "`baowatch check SITE --write`" in shown.out
    path.write_text("unverified: wait\nsites: {bao: {}}", "utf-8")
    assert "verified" not in baowatch("schedule").out


def test_the_command_shows_the_next_five_firings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "config" / "schedule.yml"
    path.write_text('defaults: {cron: "0 6 1 1 *", jitter: 0s, requests_per_hour: 17}', "utf-8")
    shown = baowatch("schedule")
    assert shown.status == 0
    assert shown.out.count("01 Jan 06:00") == 5
    assert " 17 " in shown.out
    (tmp_path / "config" / "sites" / "hong.yml").write_text("delai: 3\n", "utf-8")
    broken = baowatch("schedule")
    assert broken.status == 1
    assert "hong.yml" in broken.said
    assert broken.out == shown.out


def test_what_was_missed_is_made_good_for_the_longest_neglected_first() -> None:
    hours = {"a": 5, "b": None, "c": 1, "d": 3, "e": None}
    last = {
        site: None if hour is None else datetime(2026, 3, 2, hour, tzinfo=UTC)
        for site, hour in hours.items()
    }
    assert longest_ago_first(last) == ["b", "e", "c", "d", "a"]
