"""A portal's new template over night, with real edits inside: crawled from the replica."""

from datetime import UTC, datetime
from pathlib import Path

from monitor.project import Project, find_project
from monitor.rehearsal import MORNING, Rehearsal, told_and_expected
from monitor.replica.server import Replica
from pipelines.store.opening import open_store

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
SITE = "baohatinh"


def test_a_redesign_is_one_finding_and_the_edits_inside_it_are_told(tmp_path: Path) -> None:
    with Replica(21, start=START, editions=2, layout_seed=21) as replica:
        project = Project(folder=ROOT, config=find_project().config, store=tmp_path / "store.db")
        rehearsal = Rehearsal(project=project, replica=replica)
        for edition in (0, 1):
            if edition == 1:
                replica.redesign(SITE, 22)
            begins_at = replica.script.editions[edition].begins_at
            rehearsal.begin_round(edition, begins_at + MORNING)
            (result,) = rehearsal.crawl([SITE])
            assert result.succeeded, result
        told, expected = told_and_expected(rehearsal)
    edits = sorted(one for one in expected.elements() if one.site == SITE and one.fields)
    assert len(edits) >= 3
    assert sorted(one for one in told.elements() if one.fields) == edits
    store = open_store(project.store)
    open_now = store.reader.execute(
        "SELECT kind, detail FROM findings WHERE closed_at IS NULL"
    ).fetchall()
    store.close()
    assert [kind for kind, _ in open_now] == ["template_changed"]
    assert "Đọc tin nhanh hơn trên ứng dụng mới" in open_now[0][1]
