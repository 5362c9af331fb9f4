"""``baowatch check``: what it asks, what it says and writes, and what it refuses."""

import asyncio
import importlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from commandline import baowatch
from loopback import Portal, Reply, html
from probes import probe

from crawlers.clock import CLOCK_VARIABLE, ORIGINS_VARIABLE, Clock, FastClock
from crawlers.robots import RobotsCopy
from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.checking.rehearsed import NAMED
from monitor.checking.running import CheckWish
from monitor.checking.verdict import Verdict, judged
from monitor.crawl import CrawlOrder, CrawlResult
from monitor.probing import Probe, ProbeOrder, asking, probe_site
from monitor.project import Project, find_project
from monitor.replica.families import faults_of
from pipelines.holding import hold, site_lock
from pipelines.ledger import StoreRobotsCopies
from pipelines.store import sites as stored
from pipelines.store.opening import open_store

SITE_FILE = r"""# kept
title: Báo Thử
home: https://{host}/
verified: false # kept too
articles:
  - path: '/(?:[^/]+/){{0,2}}(?:[^/-]*-){{2,}}\d{{5,}}\.html'
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two sites and no store yet."""
    folder = tmp_path / "config" / "sites"
    folder.mkdir(parents=True)
    for name in ("baomot", "baohai"):
        text = SITE_FILE.format(host=f"{name}.example")
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("BAOWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("BAOWATCH_STORE", str(tmp_path / "store.db"))
    return find_project()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Probe]:
    """What the portals answer: no live portal may be asked by a test."""
    found: dict[str, Probe] = {}

    async def check_sites(
        project: Project,
        sites: Sequence[Site],
        wish: CheckWish,
    ) -> list[Verdict]:
        return [judged(site, replace(found[site.name], site=site.name)) for site in sites]

    command = importlib.import_module("monitor.cli.check")  # its name is also the command's
    monkeypatch.setattr(command, "check_sites", check_sites)
    return found


def _files(project: Project) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in (project.config / "sites").iterdir()}


def test_replica_portals_are_told_of_as_they_are_and_nothing_is_touched(project: Project) -> None:
    before = _files(project)
    known, _ = project.sites()
    faults = faults_of(4, list(known.values()))
    expected = {name: [NAMED[fault]] for name, fault in faults.items()}
    told = baowatch("check", "--all", "--replica", "4", "--json")
    found = json.loads(told.out)
    assert found["replica"] is True
    assert {one["site"]: [t["code"] for t in one["troubles"]] for one in found["sites"]} == {
        name: expected.get(name, []) for name in known
    }
    broken = any(t["level"] == "broken" for one in found["sites"] for t in one["troubles"])
    assert told.status == int(broken)
    sound = next(one for one in found["sites"] if not one["troubles"])
    assert sound["articles"]["with_date"] == sound["articles"]["fetched"] == 5
    assert _files(project) == before
    assert not project.store.exists()


def test_of_a_live_look_the_store_keeps_when_it_was_asked_and_nothing_else(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard lets nobody ask this machine, so that no request leaves or arrives."""
    monkeypatch.delenv("BAOWATCH_ORIGINS", raising=False)
    path = project.config / "sites" / "baohier.yml"
    path.write_text(SITE_FILE.format(host="127.0.0.1"), encoding="utf-8")
    told = baowatch("check", "baohier", "--write")
    assert told.status == 1
    assert "baohier: home failed" in told.out
    assert "not public" in told.out
    assert path.read_text("utf-8") == SITE_FILE.format(host="127.0.0.1")
    store = open_store(project.store)
    row = stored.budget(store.reader, "baohier")
    assert row is not None
    assert row["next_allowed_at"]
    assert json.loads(row["recent_requests"])
    for table in ("runs", "articles", "sources", "findings", "snapshots"):
        assert store.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    store.close()
    assert "No site was ever crawled." in baowatch("report", "--since", "24h").out


def test_a_site_that_is_being_crawled_is_not_asked(project: Project) -> None:
    path = site_lock(project.store, "baomot")
    path.parent.mkdir()
    lock = hold(path)
    site = project.sites()[0]["baomot"]
    found = asyncio.run(probe_site(project, ProbeOrder(site=site)))
    lock.release()
    assert "is being crawled" in found.problem
    assert [one.code for one in judged(site, found).troubles] == ["no_probe"]


def test_a_portal_that_wants_long_pauses_is_asked_for_less_and_judged(project: Project) -> None:
    sitemaps = "".join(f"Sitemap: https://baomot.example/s{n}.xml\n" for n in range(8))
    rules = f"User-agent: *\nCrawl-delay: 600\n{sitemaps}"
    paths = [f"/tin-mua-lon-o-ninh-phuoc-3345{n}0.html" for n in range(9)]
    text = "<p>Mưa lớn kéo dài ở nhiều nơi trong tỉnh từ đêm qua đến sáng nay.</p>" * 9
    day = '<meta property="article:published_time" content="2026-03-01T08:00:00+07:00">'
    portal = Portal()
    portal.replies = {"/robots.txt": Reply(rules.encode()), "/": html(*paths)}
    for path in paths:
        page = f"<html><head>{day}</head><body><article><h1>Mưa lớn {path}</h1>{text}</article>"
        kind = {"Content-Type": "text/html; charset=utf-8", "ETag": f'"{path}"'}
        portal.replies[path] = Reply(page.encode(), headers=kind)
    clock = FastClock(start=datetime(2026, 3, 2, tzinfo=UTC), real_start=time.time(), rate=600.0)
    origins = json.dumps({"https://baomot.example": portal.origin})
    site = project.sites()[0]["baomot"]
    given = {ORIGINS_VARIABLE: origins, CLOCK_VARIABLE: clock.variable()}
    with portal.open():
        found = asyncio.run(probe_site(project, ProbeOrder(site=site, environment=given)))
    assert (found.problem, found.end, found.delay) == ("", "finished", 600.0)
    assert (len(found.articles), found.unasked) == (2, 8 + 3)
    assert not any("s0.xml" in path for path in portal.paths())
    verdict = judged(site, found)
    assert [(one.code, one.level) for one in verdict.troubles] == [("asked_in_part", "flaw")]
    assert "with 600 seconds at least between" in verdict.troubles[0].what


def test_a_look_that_was_not_kept_in_full_is_none(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a killed child: no other site's check ends with it."""

    async def run_crawl(apart: Project, order: CrawlOrder, clock: Clock) -> CrawlResult:
        folder = Path(order.settings["BAOWATCH_PROBING"])
        (folder / "found.json").write_text('{"sources": [{"ki', "utf-8")
        run = {"reason": "finished", "requests": 3}
        return CrawlResult(site=order.site, exit_status=0, run=run)

    monkeypatch.setattr(asking, "run_crawl", run_crawl)
    site = project.sites()[0]["baomot"]
    found = asyncio.run(probe_site(project, ProbeOrder(site=site)))
    assert [one.code for one in judged(site, found).troubles] == ["no_probe"]


@pytest.mark.parametrize(("hours", "is_told"), [(1, True), (30, False)])
def test_a_robots_txt_that_is_too_old_to_serve_is_not_told(
    project: Project, monkeypatch: pytest.MonkeyPatch, hours: int, is_told: bool
) -> None:
    async def run_crawl(apart: Project, order: CrawlOrder, clock: Clock) -> CrawlResult:
        return CrawlResult(site=order.site, exit_status=0, run=None)

    monkeypatch.setattr(asking, "run_crawl", run_crawl)
    fetched_at = datetime.now(UTC) - timedelta(hours=hours)
    copy = RobotsCopy(body=b"User-agent: *\nCrawl-delay: 30", fetched_at=fetched_at)
    store = open_store(project.store)
    StoreRobotsCopies(store).save("https://baomot.example", copy)
    store.close()
    site = project.sites()[0]["baomot"]
    found = asyncio.run(probe_site(project, ProbeOrder(site=site)))
    assert (found.robots is not None) == is_told


def test_a_file_that_was_edited_while_its_site_was_checked_is_not_dated(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.config / "sites" / "baomot.yml"
    edited = path.read_text("utf-8").replace("html", "htm")

    async def check_sites(
        project: Project, sites: Sequence[Site], wish: CheckWish
    ) -> list[Verdict]:
        path.write_text(edited, "utf-8")
        return [judged(site, replace(probe(), site=site.name)) for site in sites]

    monkeypatch.setattr(importlib.import_module("monitor.cli.check"), "check_sites", check_sites)
    told = baowatch("check", "--all", "--write")
    assert told.status == 1
    assert "baomot.yml: changed while it was checked" in told.said
    assert path.read_text("utf-8") == edited
    assert "baohai: verified" in told.out


def test_what_passed_is_dated_and_what_did_not_keeps_its_file(
    project: Project, answers: dict[str, Probe]
) -> None:
    before = _files(project)
    answers["baomot"] = probe()
    answers["baohai"] = replace(probe(), articles=())
    told = baowatch("check", "--all", "--write")
    assert told.status == 1
    assert "baomot: verified" in told.out
    assert "baohai: broken, so its file keeps 'verified: false'" in told.said
    day = load_site(project.config / "sites" / "baomot.yml").verified
    after = _files(project)
    assert after["baomot"] == before["baomot"].replace("verified: false", f"verified: {day}")
    assert "# kept too" in after["baomot"]
    assert after["baohai"] == before["baohai"]


def test_a_verified_site_that_fails_keeps_its_date(
    project: Project, answers: dict[str, Probe]
) -> None:
    path = project.config / "sites" / "baomot.yml"
    path.write_text(path.read_text("utf-8").replace("false", "2026-01-31"), "utf-8")
    answers["baomot"] = replace(probe(), articles=())
    told = baowatch("check", "baomot", "--write")
    assert told.status == 1
    assert "keeps 'verified: 2026-01-31'" in told.said
    assert "verified: 2026-01-31" in path.read_text("utf-8")


def test_without_write_no_file_changes(project: Project, answers: dict[str, Probe]) -> None:
    before = _files(project)
    answers["baomot"] = probe()
    told = baowatch("check", "baomot")
    assert told.status == 0
    assert "1 site: 1 all right" in told.out
    assert _files(project) == before


def test_a_file_that_cannot_be_dated_is_named(project: Project, answers: dict[str, Probe]) -> None:
    path = project.config / "sites" / "baomot.yml"
    path.write_text(path.read_text("utf-8").replace("verified:", '"verified":'), "utf-8")
    answers["baomot"] = probe()
    told = baowatch("check", "baomot", "--write")
    assert told.status == 1
    assert "baomot.yml" in told.said


@pytest.mark.parametrize("words", [("--replica", "4"), ()])
def test_a_replica_proves_nothing_of_the_live_portal(
    project: Project, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    before = _files(project)
    if not words:
        origins = json.dumps({"https://baomot.example": "http://127.0.0.1:9"})
        monkeypatch.setenv("BAOWATCH_ORIGINS", origins)
    told = baowatch("check", "--all", "--write", *words)
    assert told.status == 2
    assert "--write: a replica proves nothing" in told.said
    assert _files(project) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("baomit",), "unknown site 'baomit'. Did you mean 'baomot'?"),
        (("xyz",), "unknown site 'xyz'. See `baowatch sites`."),
        ((), "name the sites to check, or give --all"),
        (("baomot", "--all"), "name the sites to check, or give --all alone"),
    ],
)
@pytest.mark.usefixtures("project")
def test_wrong_words_are_refused_with_the_right_ones(words: tuple[str, ...], said: str) -> None:
    told = baowatch("check", *words)
    assert told.status == 2
    assert said in told.said


@pytest.mark.usefixtures("project")
def test_what_a_portal_wrote_is_shown_and_not_obeyed(answers: dict[str, Probe]) -> None:
    answers["baomot"] = replace(probe(), problem="it said \x1b[31mred\u202e and more")
    told = baowatch("check", "baomot")
    assert "it said [31mred and more" in told.out
    assert "\x1b" not in told.out
