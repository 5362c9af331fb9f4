"""A host of a site that is dead: two requests a run, and no outage of the site."""

from pathlib import Path

from movers import NEW, NUMBERS_FEW, SITE, Movers, known, new_url, old_url

from crawlers.page import Failure, FailureReason, Source
from pipelines.changes import ArticleRow
from pipelines.hosts import Hosts
from pipelines.store import articles, planning
from pipelines.store.articles import DueWish


def due(room: Movers) -> list[ArticleRow]:
    wish = DueWish(now=room.clock.now())
    return planning.due(room.store.reader, room.desk.site_id, wish, limit=100)


def missed(
    room: Movers, url: str, reason: FailureReason = "unreachable", source: Source | None = None
) -> Failure:
    return Failure(
        site=SITE.name,
        url=url,
        reason=reason,
        detail="as the test has it",
        failed_at=room.clock.now(),
        source=source,
    )


def overdue(path: Path) -> Movers:
    """Known articles of the old host, and one of the new, all of them due."""
    room = known(path, NUMBERS_FEW)
    room.begin()
    room.list_all([new_url(50)], f"{NEW}/")
    room.clock.pass_by(days=40)
    return room


def test_a_host_not_heard_of_is_asked_twice_until_it_answers(tmp_path: Path) -> None:
    room, hosts = overdue(tmp_path / "store.db"), Hosts()
    rows = due(room)
    assert len(rows) == len(NUMBERS_FEW) + 1
    assert len(hosts.few_of_each(SITE, rows)) == 3
    hosts.heard(old_url(0))
    assert hosts.few_of_each(SITE, rows) == rows


def test_what_is_due_on_a_silent_host_is_put_off_and_nothing_else(tmp_path: Path) -> None:
    room, hosts = overdue(tmp_path / "store.db"), Hosts()
    hosts.heard(f"{NEW}/")
    for number in range(2):
        hosts.missed(room.desk, missed(room, old_url(number)))
    assert [row.url for row in due(room)] == [new_url(50)]
    rows = [articles.by_id(room.store.reader, row_id) for row_id in range(1, 5)]
    assert hosts.few_of_each(SITE, rows) == []
    room.clock.pass_by(hours=13)
    assert len(due(room)) == len(NUMBERS_FEW) + 1, "asked again half a day later"


def test_an_outage_of_the_whole_site_puts_nothing_off(tmp_path: Path) -> None:
    room, hosts = overdue(tmp_path / "store.db"), Hosts()
    for number in range(3):
        hosts.missed(room.desk, missed(room, old_url(number)))
    assert len(due(room)) == len(NUMBERS_FEW) + 1


def test_an_answer_between_and_a_refusal_are_no_silence(tmp_path: Path) -> None:
    room, hosts = overdue(tmp_path / "store.db"), Hosts()
    hosts.heard(f"{NEW}/")
    hosts.missed(room.desk, missed(room, old_url(0)))
    hosts.heard(old_url(1))
    hosts.missed(room.desk, missed(room, old_url(2)))
    hosts.missed(room.desk, missed(room, old_url(3), "blocked"))
    hosts.missed(room.desk, missed(room, f"{NEW}/", source=Source(kind="feed", url=NEW)))
    assert len(due(room)) == len(NUMBERS_FEW) + 1
