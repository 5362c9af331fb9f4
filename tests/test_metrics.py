"""/metrics and /healthz over a real server and a real store."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import BODY, Newsroom, SetClock
from prometheus_client.parser import text_string_to_metric_families

from monitor import endpoint
from monitor.endpoint import PortTaken, serving
from monitor.metrics import Pulse
from pipelines.store import findings

A, B = "/tin/bai-mot", "/tin/bai-hai"
LABELS = ("site", "kind", "reason")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "store.db")
    yield room
    room.store.close()


def ask(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def samples(text: str) -> dict[str, float]:
    """Each sample by its name and the values of its labels."""
    return {
        " ".join((one.name, *(one.labels[label] for label in LABELS if label in one.labels))): (
            one.value
        )
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_the_figures_are_those_of_the_store(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.answer(A, title="Hội nghị số 0", body=["0 thêm", *BODY])
    room.clock.pass_by(minutes=3)
    room.answer(A, title="Hội nghị số 0", body=["0 thêm", *BODY])
    room.fail(B)
    room.end()
    room.clock.pass_by(hours=2)
    with serving(room.store.path, Pulse(), room.clock, port=0) as port:
        status, text = ask(port, "/metrics")
    told = samples(text)
    assert status == 200
    assert told["baowatch_runs_total bao finished"] == 2
    assert told["baowatch_pages_total bao"] == 4
    assert told["baowatch_failures_total bao"] == 1
    assert told["baowatch_changes_released_total bao edited"] == 1
    assert told["baowatch_findings_open bao unanswered"] == 1
    assert told["baowatch_articles bao"] == 2
    assert told["baowatch_breaker_open bao"] == 0
    assert told["baowatch_last_good_run_age_seconds bao"] == pytest.approx(7200, abs=1)
    assert told["baowatch_store_bytes"] > 0


def test_scraping_again_counts_nothing_twice(room: Newsroom) -> None:
    room.baseline(A)
    with serving(room.store.path, Pulse(), room.clock, port=0) as port:
        first, second = (samples(ask(port, "/metrics")[1]) for _ in range(2))
    totals = [name for name in first if "_total" in name]
    assert {name: first[name] for name in totals} == {name: second[name] for name in totals}
    assert "baowatch_runs_total bao finished" in totals


def test_labels_are_bounded(room: Newsroom) -> None:
    room.begin()
    with room.store.writing() as db:
        for number in range(50):
            findings.open_finding(
                db, room.desk.site_id, kind=f"odd_{number}", detail="", now=room.clock.now()
            )
    with serving(room.store.path, Pulse(), room.clock, port=0) as port:
        told = samples(ask(port, "/metrics")[1])
    assert told["baowatch_findings_open bao other"] == 50


def test_healthz_is_well_while_the_loop_beats_and_the_store_answers(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulse = Pulse()
    with serving(room.store.path, pulse, room.clock, port=0) as port:
        assert ask(port, "/healthz") == (200, "well\n")
        monkeypatch.setattr(endpoint, "STILL_BEATING", -1.0)
        status, text = ask(port, "/healthz")
        assert (status, "stood still" in text) == (503, True)
        monkeypatch.undo()
        pulse.beat()
        assert ask(port, "/healthz")[0] == 200
        assert ask(port, "/")[0] == 404


def test_a_store_that_cannot_be_read_is_told_and_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"no database " * 100)
    with serving(path, Pulse(), SetClock(), port=0) as port:
        assert ask(port, "/healthz")[0] == 503
        status, text = ask(port, "/metrics")
        assert status == 503
        assert "not a database" in text


def test_a_taken_port_is_one_line(room: Newsroom) -> None:
    with (
        serving(room.store.path, Pulse(), room.clock, port=0) as port,
        pytest.raises(PortTaken, match=f"port {port} of 127.0.0.1"),
        serving(room.store.path, Pulse(), room.clock, port=port),
    ):
        pass


def test_nothing_is_left_of_it(room: Newsroom) -> None:
    before = threading.active_count()
    for _ in range(3):
        with serving(room.store.path, Pulse(), room.clock, port=0) as port:
            ask(port, "/metrics")
    assert threading.active_count() <= before + 1
