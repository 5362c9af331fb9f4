"""Citations: what an article's current version names as its sources, and who is named."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.citation import Citation
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, iso, one, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One citation of an article; ``cited_article_id`` is what it names, through merges.

    ``waits``: the address is a configured site's and its article not known yet.
    """

    citation: Citation
    cited_article_id: int | None
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """An article that cites another, and by what words."""

    article_id: int
    url: str
    title: str
    site: str
    status: str
    citation: Citation


def of_article(db: Reader | Writer, article_id: int) -> list[Cited]:
    """What an article names as its sources, in the order of its page."""
    found = rows(
        db,
        "SELECT label, name, citations.url, how, "
        "cited_key != '' AND cited_article_id IS NULL AS waits, "
        "ifnull(named.merged_into, named.id) AS cited_id FROM citations "
        "LEFT JOIN articles AS named ON named.id = cited_article_id "
        "WHERE citations.article_id = ? ORDER BY position",
        [article_id],
    )
    return [
        Cited(
            citation=_citation(row),
            cited_article_id=row["cited_id"],
            waits=bool(row["waits"]),
        )
        for row in found
    ]


def citing(db: Reader | Writer, article_id: int) -> list[Citing]:
    """The articles that name this one, or one that was merged into it, as their source.

    By id, each once; articles that were merged away themselves are left out.
    """
    found = rows(
        db,
        "SELECT articles.id, articles.url AS at, articles.title, articles.status, "
        "sites.name AS site, citations.label, citations.name, citations.url, citations.how "
        "FROM articles AS named "
        "CROSS JOIN citations INDEXED BY citations_by_cited ON cited_article_id = named.id "
        "JOIN articles ON articles.id = citations.article_id "
        "JOIN sites ON sites.id = articles.site_id "
        "WHERE (named.id = :id OR named.merged_into = :id) AND articles.merged_into IS NULL "
        "AND articles.id != :id GROUP BY articles.id ORDER BY articles.id",
        {"id": article_id},
    )
    return [
        Citing(
            article_id=row["id"],
            url=row["at"],
            title=row["title"],
            site=row["site"],
            status=row["status"],
            citation=_citation(row),
        )
        for row in found
    ]


def _citation(row: Row) -> Citation:
    return Citation(label=row["label"], name=row["name"], url=row["url"], how=row["how"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Which article a citation's address names: by key on a configured site, and by id."""

    site_id: int | None = None
    key: str = ""
    article_id: int | None = None


def write(
    db: Writer,
    article_id: int,
    found: Sequence[tuple[Citation, Target]],
    *,
    now: datetime,
) -> None:
    """Let these be the article's citations, and no others."""
    db.execute("DELETE FROM citations WHERE article_id = ?", [article_id])
    for position, (citation, target) in enumerate(found):
        db.execute(
            "INSERT INTO citations (article_id, position, label, name, url, how, cited_site_id, "
            "cited_key, cited_article_id, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(article_id, position, citation.label, citation.name, citation.url),
                *(citation.how, target.site_id, target.key, target.article_id, iso(now)),
            ],
        )


def found_now(db: Writer, site_id: int, key: str, article_id: int) -> None:
    """An article became known: whoever cites its address cites it."""
    db.execute(
        "UPDATE citations SET cited_article_id = ? WHERE cited_site_id = ? AND cited_key = ? "
        "AND cited_article_id IS NULL AND cited_key != ''",
        [article_id, site_id, key],
    )


def waiting(db: Reader | Writer, site_id: int, *, among: Collection[int], most: int) -> list[Row]:
    """Addresses that articles of a site cite, of articles of the sites ``among`` that are not
    known yet.

    Columns url, cited_site_id, cited_key, and when the citing one was published; oldest first.
    """
    return rows(
        db,
        "SELECT citations.url, cited_site_id, cited_key, articles.published_at "  # noqa: S608
        "FROM citations INDEXED BY citations_waiting "
        "JOIN articles ON articles.id = citations.article_id "
        "WHERE cited_article_id IS NULL AND cited_key != '' AND articles.site_id = ? "
        f"AND cited_site_id IN ({', '.join('?' * len(among))}) ORDER BY citations.id LIMIT ?",
        [site_id, *among, most],
    )


def added_on(db: Reader | Writer, site_id: int, day: str) -> int:
    """How many articles a site's pages brought on a day (ISO date) by citing them."""
    row = one(db, "SELECT added FROM cited_days WHERE site_id = ? AND day = ?", [site_id, day])
    return row["added"] if row else 0


def count_added(db: Writer, site_id: int, day: str) -> None:
    db.execute("DELETE FROM cited_days WHERE site_id = ? AND day < ?", [site_id, day])
    db.execute(
        "INSERT INTO cited_days (site_id, day, added) VALUES (?, ?, 1) "
        "ON CONFLICT (site_id, day) DO UPDATE SET added = added + 1",
        [site_id, day],
    )


def erase_addresses(db: Writer, ids: Collection[int], urls: Collection[str]) -> None:
    """Let no citation name these articles any more.

    Neither their addresses stay nor the words that stood in the links to them.
    """
    marks = ", ".join("?" * len(ids))
    nothing = (
        "url = '', name = '', how = 'named', cited_key = '', cited_site_id = NULL, "
        "cited_article_id = NULL"
    )
    db.execute(
        f"UPDATE citations SET {nothing} WHERE cited_article_id IN ({marks})",  # noqa: S608
        [*ids],
    )
    for url in urls:
        db.execute(f"UPDATE citations SET {nothing} WHERE url = ? AND url != ''", [url])  # noqa: S608
    db.execute("DELETE FROM citations WHERE label = '' AND name = '' AND url = ''")
