"""The questions a newsroom asks, as queries of their own pages and feeds. Data.

Every query is a SELECT over the views of ``tables.py``, or over the store where they do not
say enough; none tells of a change that was not released. A list of changes has the columns
``change_id``, ``site``, ``title``, ``url``, ``released_at`` and is a feed too. ``+kind``: by
the time of release, not by way of all changes of a kind.
"""

# ruff: noqa: S608 - our own words

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """A query by name. ``is_feed``: each row is a change, so that it can be subscribed to."""

    name: str
    title: str
    description: str
    sql: str
    is_feed: bool = False


_CHANGE: Final = (
    "SELECT id AS change_id, site, kind, weight, title, fields, url, released_at, article_id\n"
    "FROM latest_changes\n"
)
_NEWEST: Final = "ORDER BY released_at DESC LIMIT 100"

QUERIES: Final[tuple[Canned, ...]] = (
    Canned(
        name="latest",
        title="Latest substantive changes",
        description="What changed in substance on any portal, new articles apart.",
        sql=f"{_CHANGE}WHERE +weight = 'substantive' AND kind != 'new'\n{_NEWEST}",
        is_feed=True,
    ),
    Canned(
        name="news",
        title="Latest new articles",
        description="What the portals published last.",
        sql=f"{_CHANGE}WHERE +kind = 'new'\n{_NEWEST}",
        is_feed=True,
    ),
    Canned(
        name="withdrawn",
        title="Withdrawn articles",
        description="Articles that a portal took away, and that are still away.",
        sql=f"""{_CHANGE}WHERE kind = 'withdrawn'
  AND article_id IN (SELECT id FROM articles WHERE status = 'withdrawn')
{_NEWEST}""",
        is_feed=True,
    ),
    Canned(
        name="back_again",
        title="Withdrawn and restored",
        description="Articles that came back after they had been taken away.",
        sql=f"{_CHANGE}WHERE kind = 'restored'\n{_NEWEST}",
        is_feed=True,
    ),
    Canned(
        name="late_corrections",
        title="Late corrections",
        description="Changes in substance that came a day or more after publication.",
        sql=f"""SELECT latest.*, article_list.published_at,
  CAST((julianday(latest.released_at) - julianday(article_list.published_at)) AS INTEGER)
    AS days_late
FROM ({_CHANGE}WHERE +weight = 'substantive'
  AND +kind IN ('edited', 'retitled', 'corrected')
ORDER BY released_at DESC LIMIT 1000) AS latest
JOIN article_list ON article_list.id = latest.article_id
WHERE julianday(latest.released_at) - julianday(article_list.published_at) >= 1
{_NEWEST}""",
        is_feed=True,
    ),
    Canned(
        name="admitted",
        title="Admitted corrections",
        description="Changes that brought a correction note with them.",
        sql=f"""{_CHANGE}WHERE id IN (SELECT id FROM changes
  WHERE json_array_length(explanation, '$.correction_notes') > 0)
{_NEWEST}""",
        is_feed=True,
    ),
    Canned(
        name="figures",
        title="Altered figures",
        description="Edits in which a number, a date or a document's number became another.",
        sql="""SELECT changes.id AS change_id, latest_changes.site, latest_changes.title,
  json_extract(changes.explanation, '$.fields.body.figures_before') AS figures_before,
  json_extract(changes.explanation, '$.fields.body.figures_after') AS figures_after,
  latest_changes.url, changes.released_at, changes.article_id
FROM latest_changes JOIN changes ON changes.id = latest_changes.id
WHERE latest_changes.kind IN ('edited', 'retitled', 'corrected')
  AND json_extract(changes.explanation, '$.fields.body.figures_before') IS NOT NULL
ORDER BY changes.released_at DESC LIMIT 100""",
        is_feed=True,
    ),
    Canned(
        name="titles",
        title="Titles before and after",
        description="Articles that are called otherwise than before.",
        sql="""SELECT changes.id AS change_id, latest_changes.site, before.title AS title_before,
  latest_changes.title, latest_changes.url, changes.released_at, changes.article_id
FROM latest_changes JOIN changes ON changes.id = latest_changes.id
JOIN versions AS before ON before.id = changes.before_version_id
WHERE latest_changes.kind IN ('edited', 'retitled')
  AND changes.fields LIKE '%"title"%'
ORDER BY changes.released_at DESC LIMIT 100""",
        is_feed=True,
    ),
    Canned(
        name="copies",
        title="Copies across portals",
        description="Texts of 200 characters or more that stand on several portals, newest first.",
        sql="""SELECT min(article_list.id) AS article_id,
  group_concat(DISTINCT article_list.site) AS sites, count(*) AS articles,
  article_list.title, min(article_list.first_seen_at) AS first_seen_at
FROM (SELECT text_id FROM versions GROUP BY text_id HAVING min(article_id) != max(article_id)
  ORDER BY text_id DESC LIMIT 500) AS shared
JOIN texts ON texts.id = shared.text_id AND texts.length >= 200
JOIN articles ON articles.id IN (SELECT article_id FROM versions WHERE text_id = shared.text_id)
JOIN article_list ON article_list.id = articles.id
GROUP BY shared.text_id HAVING count(DISTINCT article_list.site) > 1
ORDER BY first_seen_at DESC LIMIT 100""",
    ),
    Canned(
        name="outdated_translations",
        title="Translations of former texts",
        description="Sure copies and translations whose original was edited in substance after "
        "they were last seen worded anew, the latest edit first. Their pages say which figures "
        "differ.",
        sql="""SELECT edit.id AS change_id, edit.site, edit.title, links.kind AS link,
  made.id AS article_id, made.site AS made_by, made.title AS made_title,
  made.url AS made_url, edit.url, edit.released_at
FROM (SELECT latest_changes.* FROM latest_changes
  WHERE +weight = 'substantive' AND +kind IN ('edited', 'retitled', 'corrected', 'reworded')
  ORDER BY released_at DESC LIMIT 2000) AS edit
JOIN links ON links.to_article_id = edit.article_id AND links.sure
JOIN article_list AS made ON made.id = links.from_article_id
JOIN changes ON changes.id = edit.id
JOIN versions AS brought ON brought.id = changes.after_version_id
WHERE (SELECT max(seen_at) FROM versions WHERE article_id = made.id
  AND number = made.number) < brought.seen_at
ORDER BY edit.released_at DESC LIMIT 100""",
    ),
    Canned(
        name="most_copied",
        title="Most copied and translated",
        description="Articles with the most sure copies and translations.",
        sql="""SELECT article_list.id AS article_id, article_list.site, article_list.title,
  found.copies, found.translations, article_list.published_at, article_list.url
FROM (SELECT to_article_id, sum(kind = 'copy') AS copies,
  sum(kind = 'translation') AS translations FROM links WHERE sure
  GROUP BY to_article_id ORDER BY count(*) DESC LIMIT 300) AS found
JOIN article_list ON article_list.id = found.to_article_id
ORDER BY found.copies + found.translations DESC, article_list.id DESC LIMIT 100""",
    ),
    Canned(
        name="unaddressed_sources",
        title="Sources named without an address",
        description="What pages name as their source without saying where it is, newest first.",
        sql="""SELECT citations.name AS source, citations.label, article_list.site,
  article_list.title, article_list.id AS article_id, article_list.url
FROM (SELECT article_id, name, label FROM citations
  WHERE url = '' AND name != '' AND cited_article_id IS NULL ORDER BY id DESC LIMIT 300)
  AS citations
JOIN article_list ON article_list.id = citations.article_id
ORDER BY article_list.first_seen_at DESC LIMIT 100""",
    ),
    Canned(
        name="most_edited",
        title="Most edited",
        description="Articles with the most told edits in the last thirty days.",
        sql="""SELECT article_id, site, title, count(*) AS edits,
  sum(weight = 'substantive') AS substantive, max(released_at) AS last_edit_at, url
FROM latest_changes WHERE kind NOT IN ('new', 'withdrawn', 'restored', 'moved', 'retranslated')
  AND released_at >= (SELECT strftime('%Y-%m-%dT%H:%M:%S', max(released_at), '-30 days')
    FROM changes)
GROUP BY article_id ORDER BY edits DESC, last_edit_at DESC LIMIT 100""",
    ),
    Canned(
        name="by_day",
        title="Day by day",
        description="How many articles were new, edited and withdrawn on each portal each day.",
        sql="""SELECT date(released_at, '+7 hours') AS day, site, sum(kind = 'new') AS new,
  sum(kind NOT IN ('new', 'withdrawn', 'retranslated')) AS changed,
  sum(kind = 'withdrawn') AS withdrawn
FROM latest_changes
WHERE released_at >= (SELECT strftime('%Y-%m-%dT%H:%M:%S', max(released_at), '-14 days')
  FROM changes)
GROUP BY day, site ORDER BY day DESC, site""",
    ),
    Canned(
        name="unwell",
        title="Portals in trouble",
        description="Every finding that is open: what cannot be known of a portal just now.",
        sql="""SELECT site, kind, detail, url, times, opened_at, last_at FROM finding_list
WHERE closed_at IS NULL ORDER BY opened_at""",
    ),
)
BY_NAME: Final = {query.name: query for query in QUERIES}
FEEDS: Final = frozenset(query.name for query in QUERIES if query.is_feed)


def query_metadata() -> dict[str, Any]:
    """What Datasette is told of the queries: fresh values, which it may write into."""
    return {
        query.name: {
            "title": query.title,
            "description": query.description,
            "sql": query.sql,
            "hide_sql": True,
        }
        for query in QUERIES
    }


def documented() -> list[tuple[str, str, str, str]]:
    """(name, title, description, sql) of every query, for the documentation."""
    return [(query.name, query.title, query.description, query.sql) for query in QUERIES]
