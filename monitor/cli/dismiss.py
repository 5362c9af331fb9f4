"""``baowatch dismiss``: call a change a false alarm, or take that back."""

from typing import Annotated

import typer

from monitor.cli.options import StoreOption, current_time, existing_store, refused
from monitor.project import find_project
from monitor.proposal import Advice, advise
from monitor.render.text import safe
from monitor.render.words import KINDS, local
from pipelines.store import changes, habits, readings, versions
from pipelines.store.opening import Reader, Store
from pipelines.store.rows import Row, moment


def dismiss(
    change: Annotated[int, typer.Argument(help="Its number, as the report tells it.")],
    why: Annotated[str, typer.Option("--why", help="What it was instead; kept with it.")] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="Take a dismissal back, an automatic one too.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Call a change a false alarm: it is kept with the reason, and told no more.

    Prints a rule for the site's file where one would have kept the change quiet.
    Exit status: 0, or 2 when there is no such change or nothing to do about it.
    """
    why = why.strip()
    if undo == bool(why):
        raise typer.BadParameter('say what it was with --why "…", or --undo; one of them')
    with existing_store(find_project(store)) as opened:
        if undo:
            _take_back(opened, change)
        else:
            _dismiss(opened, change, why)


def _dismiss(store: Store, number: int, why: str) -> None:
    with store.writing() as db:
        row = _known(changes.by_id(db, number), number)
        if row["dismissed_at"]:
            raise refused(
                f"change {number} was dismissed {local(moment(row['dismissed_at']))}: "
                f"{safe(row['dismissed_why'])}. Take it back with --undo."
            )
        changes.dismiss(db, number, current_time(), why=why)
        habits.unteach(db, number)
    typer.echo(f"Dismissed {_named(row)}. The report does not tell it any more.\n")
    typer.echo(_told(_advice(store.reader, row), row["site"], why))


def _take_back(store: Store, number: int) -> None:
    with store.writing() as db:
        row = _known(changes.by_id(db, number), number)
        if not row["dismissed_at"]:
            raise refused(f"change {number} is not dismissed")
        changes.undo_dismissal(db, number, current_time())
        habits.teach_released(db, row["site_id"])
        released = changes.by_id(db, number)
    assert released is not None
    typer.echo(
        f"Taken back: {_named(row)}. The report tells it among the changes of "
        f"{local(moment(released['released_at']))}."
    )


def _known(row: Row | None, number: int) -> Row:
    if row is None:
        raise refused(f"there is no change {number}; `baowatch report` tells their numbers")
    return row


def _named(row: Row) -> str:
    return f"change {row['id']} ({row['site']}, {KINDS[row['kind']]}) «{safe(row['title'])}»"


def _advice(db: Reader, row: Row) -> Advice:
    before, after = (
        versions.by_id(db, row[name]).article if row[name] else None
        for name in ("before_version_id", "after_version_id")
    )
    return advise(
        before,
        after,
        article_id=row["article_id"],
        stored=readings.current_blocks(db, row["site_id"]),
    )


def _told(advice: Advice, site: str, why: str) -> str:
    rules = [safe(line) for rule in advice.rules for line in rule.as_yaml(why).split("\n") if line]
    head = f"Proposed for config/sites/{site}.yml, if such a line is never part of an article:"
    proposed = [head, "", "noise:", *rules] if rules else []
    return "\n".join([*proposed, *map(safe, advice.refusals)])
