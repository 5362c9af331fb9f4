"""What a message tells of a change: read from the store when it is sent, so that it is of today."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawlers.site import Site
from monitor.notes import Note, notes_of
from pipelines.article import Article
from pipelines.changes import Kind, Weight
from pipelines.search import searchable
from pipelines.sides import sides_of
from pipelines.store import outbox, versions
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, moment, moment_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change with the readings before and after it, where there are such.

    ``dismissed_at``, ``dismissed_why``: when it was called a false alarm, if it was. ``notes``:
    what it means for copies, translations and citing pages.
    """

    change_id: int
    article_id: int
    site: str
    site_title: str
    kind: Kind
    weight: Weight
    url: str
    title: str
    fields: tuple[str, ...]
    explanation: Mapping[str, Any]
    published_at: datetime | None
    detected_at: datetime
    released_at: datetime
    dismissed_at: datetime | None
    dismissed_why: str
    before: Article | None
    after: Article | None
    notes: tuple[Note, ...] = ()


def told_of(
    db: Reader, change_ids: Iterable[int], sites: Mapping[str, Site], *, with_texts: bool = True
) -> list[Told]:
    """The changes in their order; one that was forgotten meanwhile is left out."""
    found = (outbox.change(db, change_id) for change_id in change_ids)
    return [_told(db, row, sites, with_texts=with_texts) for row in found if row is not None]


def folded_text(db: Reader | Writer, change: Row) -> str:
    """All that stood in the article before the change and stands there after it, folded."""
    articles = (
        versions.by_id(db, change[name]).article
        for name in ("before_version_id", "after_version_id")
        if change[name]
    )
    return " ".join(
        searchable(text)
        for article in articles
        for text in (article.title, article.lead, article.text, *article.captions, article.author)
    )


def _told(db: Reader, row: Row, sites: Mapping[str, Site], *, with_texts: bool) -> Told:
    before, after = sides_of(db, row) if with_texts else (None, None)
    explanation = json.loads(row["explanation"])
    return Told(
        change_id=row["id"],
        article_id=row["article_id"],
        site=row["site"],
        site_title=sites[row["site"]].title if row["site"] in sites else row["site"],
        kind=row["kind"],
        weight=row["weight"],
        url=row["url"],
        title=row["title"],
        fields=tuple(json.loads(row["fields"])),
        explanation=explanation,
        published_at=moment_or_none(row["published_at"]),
        detected_at=moment(row["detected_at"]),
        released_at=moment(row["released_at"]),
        dismissed_at=moment_or_none(row["dismissed_at"]),
        dismissed_why=row["dismissed_why"] or "",
        before=before,
        after=after,
        notes=notes_of(db, row, explanation),
    )
