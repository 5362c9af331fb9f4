"""Findings: opened once, closed once, on evidence; one outage is one finding."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import BODY, HOME, Newsroom
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawlers.page import Failure, FailureReason, Source
from monitor.project import Project, find_project
from monitor.rehearsal import MORNING, Rehearsal, told_and_expected
from monitor.replica.faults import Fault, FaultKind
from monitor.replica.server import Replica
from pipelines import conditions
from pipelines.conditions import OUTAGE, TROUBLES, UNASKED_AFTER, Place, is_over, kind_of
from pipelines.record import record_failure
from pipelines.store import breakers, findings
from pipelines.store.opening import open_store
from pipelines.store.schema import migrations

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
A, B, C, D = "/tin/bai-mot", "/tin/bai-hai", "/tin/bai-ba", "/tin/bai-tu"
SYMPTOMS: tuple[FailureReason, ...] = ("unreachable", "server_error", "robots_unreachable")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "store.db")
    room.baseline(A, B, C, D)
    yield room
    room.store.close()


def shown(room: Newsroom) -> list[tuple[str, bool]]:
    """Kind of every finding there ever was, and whether it is open, in order."""
    found = room.store.reader.execute("SELECT kind, closed_at IS NULL FROM findings ORDER BY id")
    return [(kind, bool(is_open)) for kind, is_open in found.fetchall()]


def run(room: Newsroom, *answering: str, failing: dict[str, FailureReason] | None = None) -> None:
    """A run that looks only at what is due, some of which fails."""
    room.begin()
    for url, reason in (failing or {}).items():
        room.fail(url, reason)
    for url in answering:
        number = (A, B, C, D).index(url)
        room.answer(url, title=f"Hội nghị số {number}", body=[f"{number}", *BODY])
    room.end(thorough=True)
    room.clock.pass_by(hours=1)


def test_an_outage_with_many_symptoms_is_one_finding_and_one_recovery(room: Newsroom) -> None:
    run(room, failing={A: "unreachable"})
    run(room, failing={B: "server_error", C: "unreachable"})
    run(room, failing={f"/{n}": SYMPTOMS[n % 3] for n in range(20)})
    assert shown(room) == [("unreachable", True)]
    (told,) = findings.open_findings(room.store.reader, "bao")
    assert told["times"] == 23
    assert told["detail"].startswith("server error: ")
    assert told["opened_at"] < told["last_at"]
    run(room, A)
    assert shown(room) == [("unreachable", False)]
    run(room, A, B)
    assert shown(room) == [("unreachable", False)]


def test_an_outage_lasts_while_a_run_still_meets_it(room: Newsroom) -> None:
    run(room, failing={A: "unreachable", B: "unreachable", C: "unreachable"})
    run(room, A, failing={B: "unreachable"})
    run(room)
    assert shown(room) == [("unreachable", True)]
    run(room, C)
    assert shown(room) == [("unreachable", False)]


def test_one_broken_page_is_no_outage_and_ends_only_when_it_answers(room: Newsroom) -> None:
    for _ in range(4):
        run(room, A, B, failing={C: "server_error"})
    assert shown(room) == [("unanswered", True)]
    for _ in range(3):
        run(room, A, B)  # nobody asked for it
    assert shown(room) == [("unanswered", True)]
    run(room, C)
    assert shown(room) == [("unanswered", False)]


def test_a_page_that_was_broken_before_an_outage_is_so_after_it(room: Newsroom) -> None:
    run(room, A, failing={C: "server_error"})
    run(room, B)
    run(room, failing={A: "unreachable", B: "unreachable", D: "unreachable"})
    assert shown(room) == [("unanswered", True), ("unreachable", True)]
    run(room, A, B, failing={C: "server_error"})
    assert shown(room) == [("unanswered", True), ("unreachable", False)]


def test_a_robots_txt_that_cannot_be_had_is_an_outage_at_once(room: Newsroom) -> None:
    run(room, failing={A: "robots_unreachable"})
    assert shown(room) == [("unreachable", True)]


def test_a_home_page_that_fails_again_is_an_outage(room: Newsroom) -> None:
    for _ in range(2):
        room.begin()
        home = Source(kind="home", url=room.site.home)
        failure = Failure(
            site="bao",
            url=home.url,
            reason="unreachable",
            detail="no answer in time",
            failed_at=room.clock.now(),
            source=home,
        )
        record_failure(room.desk, failure)
        room.end(complete=False)
    assert shown(room) == [("unreachable", True)]


def test_refusals_are_one_condition_beside_an_outage(room: Newsroom) -> None:
    run(room, failing={A: "blocked", B: "busy"})
    room.begin()
    for url in (C, D):
        room.answer(url, fields={"not": "cookie_wall"})
    room.end()
    assert shown(room) == [("blocked", True)]
    room.clock.pass_by(hours=1)
    run(room, A)
    assert shown(room) == [("blocked", False)]


def test_a_wall_is_no_proper_answer(room: Newsroom) -> None:
    run(room, failing={A: "unreachable", B: "unreachable", C: "unreachable"})
    room.begin()
    room.answer(A, fields={"not": "block_page"})
    room.end()
    assert shown(room) == [("unreachable", True), ("page_blocked", True)]


def test_each_address_of_a_finding_must_have_answered(room: Newsroom) -> None:
    room.begin()
    for url in (A, B):
        room.answer(url, fields={"not": "empty"})
    room.end()
    room.clock.pass_by(hours=1)
    run(room, A, C, D)
    assert shown(room) == [("empty", True)]
    run(room, B)
    assert shown(room) == [("empty", False)]


def test_an_address_that_fails_again_must_answer_again(room: Newsroom) -> None:
    run(room, C, failing={A: "too_large", B: "too_large"})
    run(room, A)
    run(room, C, failing={A: "too_large"})
    run(room, B)
    assert shown(room) == [("too_large", True)]
    run(room, A)
    assert shown(room) == [("too_large", False)]


def test_a_certificate_is_the_hosts(room: Newsroom) -> None:
    run(room, failing={A: "certificate"})
    run(room)
    assert shown(room) == [("certificate", True)]
    run(room, B)
    assert shown(room) == [("certificate", False)]


def test_what_robots_forbids_ends_when_a_newer_robots_txt_allows_it(room: Newsroom) -> None:
    run(room, A, failing={B: "robots_forbids"})
    run(room, A, C)
    assert shown(room) == [("robots_forbids", True)]
    for body in (b"User-agent: *\nDisallow: /tin/bai-hai", b"User-agent: *\nDisallow: /tim"):
        with room.store.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO robots_copies (origin, fetched_at, body) VALUES (?, ?, ?)",
                [HOME, room.clock.now().isoformat(timespec="microseconds"), body],
            )
        run(room, A)
        assert shown(room) == [("robots_forbids", b"bai-hai" in body)]


def test_an_address_that_nobody_asks_for_any_more_holds_nothing_open(room: Newsroom) -> None:
    run(room, A, failing={B: "too_large"})
    with room.store.writing() as db:
        db.execute("UPDATE articles SET status = 'withdrawn' WHERE url = ?", [f"{HOME}{B}"])
    run(room, A)
    assert shown(room) == [("too_large", False)]


def test_findings_of_the_store_need_neither_site_nor_run(room: Newsroom) -> None:
    def disk_low(detail: str) -> bool:
        with room.store.writing() as db:
            return findings.open_finding(
                db, None, kind="disk_low", detail=detail, now=room.clock.now()
            )

    assert disk_low("90 MB") is True
    assert disk_low("80 MB") is False
    run(room, A, B, C, D)
    (told,) = findings.open_findings(room.store.reader)
    assert (told["site"], told["detail"], told["times"]) == (None, "80 MB", 2)
    with room.store.writing() as db:
        assert findings.close_finding(db, None, "disk_low", now=room.clock.now())
        assert not findings.close_finding(db, None, "disk_low", now=room.clock.now())
    assert shown(room) == [("disk_low", False)]


@given(
    symptom=st.sampled_from(sorted(TROUBLES)),
    places=st.integers(1, 2),
    is_site_wide=st.booleans(),
    was_known=st.booleans(),
)
def test_what_troubles_few_addresses_never_opens_an_outage(
    symptom: str, places: int, is_site_wide: bool, was_known: bool
) -> None:
    kind = kind_of(
        symptom,
        everywhere=False,
        places=places,
        is_site_wide=is_site_wide,
        was_known=was_known,
    )
    trouble = TROUBLES[symptom]
    assert kind == (trouble.site if is_site_wide and not was_known else trouble.address)


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=300)).map(lambda span: START + span)


@given(
    kind=st.sampled_from(["empty", "certificate", "unanswered", *conditions.SCOPES]),
    met_at=MOMENTS,
    quiet=st.timedeltas(timedelta(0), UNASKED_AFTER),
    number=st.integers(1, 3),
)
def test_without_evidence_nothing_ends(
    kind: str, met_at: datetime, quiet: timedelta, number: int
) -> None:
    places = [Place(met_at=met_at)] * number
    for answered_at in (None, met_at - timedelta(seconds=1)):
        assert not is_over(
            kind,
            places,
            met_at=met_at,
            site_answered_at=answered_at,
            later_run=False,
            now=met_at + quiet,
        )


def store_of_before(path: Path) -> None:
    """A store as it was before findings knew their places, with an open and a closed finding."""
    db = Database(sqlite3.connect(path, isolation_level=None))
    db.execute("PRAGMA foreign_keys=ON")
    migrations.apply(db, stop_before="0003_findings")
    moment = START.isoformat(timespec="microseconds")
    db.execute("INSERT INTO sites (id, name) VALUES (1, 'bao')")
    db.execute(
        "INSERT INTO runs (id, site_id, started_at, heartbeat_at, lease_until, host, pid) "
        "VALUES (1, 1, ?, ?, ?, 'test', 1)",
        [moment, moment, moment],
    )
    for number, (kind, closed_at) in enumerate((("empty", None), ("listing", moment)), start=1):
        db.execute(
            "INSERT INTO findings VALUES (?, 1, ?, 'so', ?, 3, ?, ?, 1, ?)",
            [number, kind, f"{HOME}{A}", moment, moment, closed_at],
        )
    db.close()


def test_findings_of_an_older_store_are_kept_and_closed_by_the_new_rules(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store_of_before(path)
    room = Newsroom(path)
    assert room.store.reader.execute("PRAGMA foreign_key_check").fetchall() == []
    assert shown(room) == [("empty", True), ("listing", False)]
    health: dict[str, Any] = next(iter(room.store.reader["site_health"].rows))
    assert (health["open_findings"], health["findings"]) == (1, "empty")
    room.begin()
    room.answer(A)
    room.end()
    assert shown(room) == [("empty", False), ("listing", False)]


SITE = "baoninhbinh"
HOST = "baoninhbinh.org.vn"


def crawl_at(rehearsal: Rehearsal, edition: int, moment: datetime) -> str:
    rehearsal.begin_round(edition, moment)
    (result,) = rehearsal.crawl([SITE])
    assert result.run is not None, result
    return str(result.run["reason"])


def test_an_outage_of_a_whole_portal_is_told_once_and_changes_nothing(tmp_path: Path) -> None:
    """Crawled well, then through an outage that shows another face each time, then well again."""
    project = Project(folder=ROOT, config=find_project().config, store=tmp_path / "store.db")
    faces: tuple[FaultKind, ...] = ("reset", "busy", "hang")
    robots = frozenset({"/robots.txt"})
    with Replica(12, start=START, editions=2, scripted_faults=False, layout_seed=12) as replica:
        rehearsal = Rehearsal(project=project, replica=replica, settings={"DOWNLOAD_TIMEOUT": "1"})
        moment = START + MORNING
        assert crawl_at(rehearsal, 0, moment) == "finished"
        store = open_store(project.store)
        count = "SELECT count(*), sum(status = 'missing') FROM articles"
        before = store.reader.execute(count).fetchall()
        for face in faces:
            replica.faults = [
                Fault(host=HOST, kind=face, retry_after=0),
                Fault(host=HOST, kind=face, paths=robots, retry_after=0),
            ]
            asked = len(replica.requests)
            moment += timedelta(hours=8)
            assert crawl_at(rehearsal, 0, moment) in ("unreachable", "told_to_wait")
            assert len(replica.requests) - asked <= 12
            assert [one["kind"] for one in findings.open_findings(store.reader)] == ["unreachable"]
        assert breakers.of_name(store.reader, SITE).failures == len(faces)
        assert store.reader.execute(count).fetchall() == before
        for table in ("changes", "looks"):
            assert store.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
        replica.faults = []
        assert crawl_at(rehearsal, 0, moment + timedelta(hours=8)) == "finished"
        found = store.reader.execute("SELECT kind, closed_at > opened_at FROM findings").fetchall()
        assert found == [(OUTAGE.site, 1)]
        assert not breakers.of_name(store.reader, SITE).is_open
        told, _ = told_and_expected(rehearsal)
        assert not told
        store.close()
