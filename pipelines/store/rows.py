"""Between the store's rows and our types: times as ISO-8601 UTC text, lists as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from pipelines.article import Article, Block
from pipelines.changes import ArticleRow, Look, Version
from pipelines.store.opening import Reader, Writer

Row = Mapping[str, Any]


def iso(moment: datetime) -> str:
    """Fixed width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def iso_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def rows(db: Reader | Writer, sql: str, values: Sequence[object] | Row = ()) -> list[Row]:
    """The rows of a query, each a mapping by column name."""
    cursor = db.execute(sql, cast(Any, values))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def one(db: Reader | Writer, sql: str, values: Sequence[object] | Row = ()) -> Row | None:
    found = rows(db, sql, values)
    return found[0] if found else None


def insert(db: Writer, table: str, values: Row) -> int:
    """Insert a row and return its id."""
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
    cursor = db.execute(sql, list(values.values()))
    return cast(int, cursor.lastrowid)


def change_row(db: Writer, table: str, row_id: int, values: Row) -> None:
    """Set columns of one row."""
    assignments = ", ".join(f"{column} = ?" for column in values)
    sql = f"UPDATE {table} SET {assignments} WHERE id = ?"  # noqa: S608 - our own names
    db.execute(sql, [*values.values(), row_id])


def article_row(row: Row) -> ArticleRow:
    fields = {name: row[name] for name in ArticleRow.__slots__}
    for name in _ARTICLE_TIMES:
        fields[name] = moment_or_none(fields[name])
    return ArticleRow(**fields)


_ARTICLE_TIMES = (
    "published_at",
    "first_seen_at",
    "checked_at",
    "changed_at",
    "due_at",
    "missing_since",
    "gone_at",
)


def look(row: Row) -> Look:
    fields = {name: row[name] for name in Look.__slots__}
    fields["looked_at"] = moment(row["looked_at"])
    fields["due_at"] = moment(row["due_at"])
    return Look(**fields)


def version(row: Row, *, site: str) -> Version:
    """A row of ``versions`` joined with its ``texts.blocks`` and ``articles.url``."""
    return Version(
        id=row["id"],
        article_id=row["article_id"],
        number=row["number"],
        snapshot_id=row["snapshot_id"],
        seen_at=moment(row["seen_at"]),
        last_seen_at=moment(row["last_seen_at"]),
        fingerprint=row["fingerprint"],
        article=Article(
            site=site,
            url=row["url"],
            title=row["title"],
            lead=row["lead"],
            blocks=blocks_from_json(row["blocks"]),
            captions=tuple(json.loads(row["captions"])),
            author=row["author"],
            published_at=moment_or_none(row["published_at"]),
            modified_at=moment_or_none(row["modified_at"]),
            language=row["language"],
            tags=tuple(json.loads(row["tags"])),
            canonical=row["canonical"],
            recipe=row["recipe"],
        ),
    )


def blocks_as_json(blocks: Iterable[Block]) -> str:
    return as_json([[block.kind, block.text] for block in blocks])


def blocks_from_json(text: str) -> tuple[Block, ...]:
    return tuple(Block(kind=kind, text=body) for kind, body in json.loads(text))


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
