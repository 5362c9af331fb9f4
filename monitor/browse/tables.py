"""The tables that can be browsed: what each shows, and how it is first shown. Data.

Each is a view of the store; every other table stays closed. Pages, Datasette's metadata and
the documentation read the same values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A view that may be browsed. ``columns``: what each column says.

    ``facets`` are counted on every page, ``more_facets`` when they are asked for, since they
    take longer. ``searched_by`` is its column of article ids, where it can be searched by
    words; ``old`` the table of the store that people may ask for in its place.
    """

    name: str
    title: str
    description: str
    columns: Mapping[str, str]
    facets: tuple[str, ...] = ()
    more_facets: tuple[str, ...] = ()
    newest_by: str
    searched_by: str | None = None
    old: str


_SITE: Final = {"site": "The portal's name, as its file in config/sites has it"}
_ARTICLE: Final = {**_SITE, "url": "The article's address on the portal"}

TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="latest_changes",
        title="Changes",
        description="Every change that was told, and not called a false alarm since.",
        columns={
            "id": "Number of the change; it leads to its page",
            **_SITE,
            "kind": "new, edited, retitled, corrected (date or byline), withdrawn, moved …",
            "weight": "substantive, minor (wording) or cosmetic (punctuation, spacing)",
            "title": "The article's title after the change",
            "language": "Language of the article, as its page says",
            "url": "The article's address on the portal",
            "fields": "What changed: title, lead, body, captions, author, published_at",
            "detected_at": "When the portal first showed it to baowatch",
            "released_at": "When it was certain enough to be told",
            "article_id": "Number of the article",
        },
        facets=("kind", "site"),
        more_facets=("weight", "language"),
        newest_by="released_at",
        searched_by="article_id",
        old="changes",
    ),
    Table(
        name="article_list",
        title="Articles",
        description="Every article that was read, as it stands now.",
        columns={
            "id": "Number of the article; it leads to its page",
            **_ARTICLE,
            "title": "Its title now",
            "status": "live, missing (not there at the last look) or withdrawn",
            "language": "Its language, as its page says",
            "published_at": "When the portal says it was published",
            "first_seen_at": "When its address was first listed",
            "checked_at": "When it was last looked at",
            "number": "How many versions of it were seen",
        },
        facets=("site",),
        more_facets=("status", "language"),
        newest_by="first_seen_at",
        searched_by="id",
        old="articles",
    ),
    Table(
        name="article_history",
        title="Versions",
        description="Every version of every article, as it was read.",
        columns={
            **_ARTICLE,
            "number": "1 is the first version that was seen",
            "seen_at": "When it was first seen",
            "last_seen_at": "When it was last seen",
            "title": "The title of this version",
            "lead": "Its lead (sapo)",
            "text": "Its text, a line per paragraph",
            "captions": "Captions of its pictures",
            "author": "Its byline",
            "published_at": "When it says it was published",
            "language": "Its language",
            "article_id": "Number of the article",
        },
        more_facets=("site", "language"),
        newest_by="seen_at",
        searched_by="article_id",
        old="versions",
    ),
    Table(
        name="finding_list",
        title="Findings",
        description="What was wrong with a portal, and still is where it is not closed.",
        columns={
            "id": "Number of the finding",
            **_SITE,
            "kind": "What is wrong",
            "detail": "What was met",
            "url": "Where it was met last",
            "times": "How often it was met",
            "opened_at": "Since when",
            "last_at": "When it was met last",
            "closed_at": "Until when; empty while it lasts",
        },
        facets=("site", "kind"),
        newest_by="opened_at",
        old="findings",
    ),
    Table(
        name="run_list",
        title="Crawls",
        description="Every crawl of a portal, what it fetched and how it ended.",
        columns={
            "id": "Number of the crawl",
            **_SITE,
            "started_at": "When it began",
            "finished_at": "When it ended; empty while it is under way",
            "reason": "Why it ended",
            "requests": "Requests it made",
            "pages": "Pages that came",
            "articles_answered": "Articles that answered with their text",
            "failures": "Addresses that gave no page",
            "versions_added": "New versions it brought",
        },
        facets=("site", "reason"),
        newest_by="started_at",
        old="runs",
    ),
    Table(
        name="source_list",
        title="Sources",
        description="The feeds, sitemaps and listings that tell of new addresses.",
        columns={
            "id": "Number of the source",
            **_SITE,
            "kind": "home, feed, sitemap, listing …",
            "url": "Its address",
            "read_at": "When it was last read",
            "due_at": "When it is read next",
        },
        facets=("site", "kind"),
        newest_by="read_at",
        old="sources",
    ),
)
NAMES: Final = frozenset(table.name for table in TABLES)
SEARCHABLE: Final = frozenset(table.name for table in TABLES if table.searched_by)
BY_OLD_NAME: Final = {table.old: table.name for table in TABLES}


def table_metadata() -> dict[str, Any]:
    """What Datasette is told of the tables: fresh values, which it may write into."""
    return {table.name: _metadata(table) for table in TABLES}


def _metadata(table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": table.title,
        "description": table.description,
        "columns": dict(table.columns),
        "facets": list(table.facets),
        "more_facets": list(table.more_facets),
        "sort_desc": table.newest_by,
    }
    if table.searched_by:
        told |= {"fts_table": "articles_fts", "fts_pk": table.searched_by}
    return told
