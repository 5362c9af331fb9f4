"""The tables and views of the store, as named migrations (sqlite-utils).

Tables are plural, ids integers, times ISO-8601 UTC text, lists JSON text. What a person
asks for stands in views, so that plain ``datasette`` or ``sqlite3`` answers it too.
"""

from typing import Final

from sqlite_utils import Database, Migrations

from pipelines.store import (
    schema_archive,
    schema_browse,
    schema_care,
    schema_citations,
    schema_expectations,
    schema_findings,
    schema_first,
    schema_links,
    schema_moves,
    schema_once_sure,
    schema_outbox,
    schema_planner,
    schema_search,
    schema_turns,
)
from pipelines.store.views import VIEWS

migrations: Final = Migrations("baowatch")


@migrations(name="0001_first")
def first(db: Database) -> None:
    # One statement at a time: executescript would end the migration's transaction.
    for statement in schema_first.STATEMENTS.split(";\n"):
        if statement.strip():
            db.execute(statement)
    for name, select in VIEWS.items():
        db.create_view(name, select)


@migrations(name="0002_planner")
def planner(db: Database) -> None:
    for statement in schema_planner.STATEMENTS:
        db.execute(statement)


@migrations(name="0003_findings")
def findings(db: Database) -> None:
    for statement in schema_findings.STATEMENTS:
        db.execute(statement)


@migrations(name="0004_care")
def care(db: Database) -> None:
    for statement in schema_care.STATEMENTS:
        db.execute(statement)


@migrations(name="0005_turns")
def turns(db: Database) -> None:
    for statement in schema_turns.STATEMENTS:
        db.execute(statement)


@migrations(name="0006_search")
def search(db: Database) -> None:
    # What it needs imports the store's types, and these this module.
    from pipelines.store.opening import Writer
    from pipelines.store.search import index_all

    for statement in schema_search.STATEMENTS:
        db.execute(statement)
    index_all(Writer(db))


@migrations(name="0007_outbox")
def outbox(db: Database) -> None:
    for statement in schema_outbox.STATEMENTS:
        db.execute(statement)


@migrations(name="0008_archive")
def archive(db: Database) -> None:
    for statement in schema_archive.STATEMENTS:
        db.execute(statement)


@migrations(name="0009_browse")
def browse(db: Database) -> None:
    for statement in schema_browse.STATEMENTS:
        db.execute(statement)


@migrations(name="0010_citations")
def citations(db: Database) -> None:
    for statement in schema_citations.STATEMENTS:
        db.execute(statement)


@migrations(name="0011_links")
def links(db: Database) -> None:
    for statement in schema_links.STATEMENTS:
        db.execute(statement)


@migrations(name="0012_expectations")
def expectations(db: Database) -> None:
    for statement in schema_expectations.STATEMENTS:
        db.execute(statement)


@migrations(name="0013_moves")
def moves(db: Database) -> None:
    for statement in schema_moves.STATEMENTS:
        db.execute(statement)


@migrations(name="0014_once_sure")
def once_sure(db: Database) -> None:
    for statement in schema_once_sure.STATEMENTS:
        db.execute(statement)


KNOWN_MIGRATIONS: Final = frozenset(
    {
        "0001_first",
        "0002_planner",
        "0003_findings",
        "0004_care",
        "0005_turns",
        "0006_search",
        "0007_outbox",
        "0008_archive",
        "0009_browse",
        "0010_citations",
        "0011_links",
        "0012_expectations",
        "0013_moves",
        "0014_once_sure",
    }
)
