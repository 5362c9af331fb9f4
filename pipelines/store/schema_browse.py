"""What people browse: views that show what was told, and the indexes they need (migration 0009).

What a view looks up in another table is a subquery in its SELECT list, which SQLite leaves
out where a count or a facet does not ask for it. A version is shown once nobody is to be
kept from knowing it: its change was released or dismissed, or it never was a change. No view
is in order: counting one would sort it.
"""

from typing import Final

# ruff: noqa: S608 - our own names

UNTOLD: Final = (
    "released_at IS NULL AND dismissed_at IS NULL AND after_version_id IS NOT NULL "
    "AND before_version_id IS NOT after_version_id"
)
"""Of a change: nobody was told of it yet, and it brought a text."""

_HIDDEN: Final = f"(SELECT after_version_id FROM changes WHERE {UNTOLD})"
TOLD_VERSION: Final = (
    f"CASE WHEN articles.id IN (SELECT article_id FROM changes WHERE {UNTOLD}) "
    "THEN (SELECT max(id) FROM versions WHERE article_id = articles.id "
    f"AND id NOT IN {_HIDDEN}) ELSE articles.current_version_id END"
)
UNTOLD_NEWS: Final = (
    f"(SELECT article_id FROM changes WHERE {UNTOLD} AND before_version_id IS NULL)"
)


def _told(column: str) -> str:
    return f"(SELECT {column} FROM versions WHERE id = {TOLD_VERSION}) AS {column}"


def _changed(column: str) -> str:
    which = "ifnull(changes.after_version_id, changes.before_version_id)"
    return f"(SELECT {column} FROM versions WHERE id = {which}) AS {column}"


_OF_ARTICLE: Final = (
    "(SELECT name FROM sites WHERE id = (SELECT site_id FROM articles "
    "WHERE id = versions.article_id))"
)

VIEWS: Final = {
    "article_list": f"""
SELECT articles.id, sites.name AS site, {_told("title")}, articles.status, {_told("language")},
  {_told("published_at")}, articles.first_seen_at, articles.checked_at, {_told("number")},
  articles.url
FROM articles JOIN sites ON sites.id = articles.site_id
WHERE articles.current_version_id IS NOT NULL AND articles.merged_into IS NULL
  AND articles.id NOT IN {UNTOLD_NEWS}""",
    "latest_changes": f"""
SELECT changes.id, sites.name AS site, changes.kind, changes.weight, {_changed("title")},
  {_changed("language")}, (SELECT url FROM articles WHERE id = changes.article_id) AS url,
  changes.fields, changes.detected_at, changes.released_at, changes.article_id
FROM changes JOIN runs ON runs.id = changes.run_id JOIN sites ON sites.id = runs.site_id
WHERE changes.released_at IS NOT NULL AND changes.dismissed_at IS NULL""",
    "article_history": f"""
SELECT (SELECT url FROM articles WHERE id = versions.article_id) AS url, {_OF_ARTICLE} AS site,
  versions.number, versions.seen_at, versions.last_seen_at, versions.title, versions.lead,
  (SELECT text FROM texts WHERE id = versions.text_id) AS text, versions.captions,
  versions.author, versions.published_at, versions.language, versions.article_id
FROM versions
WHERE versions.id NOT IN {_HIDDEN}""",
    "run_list": """
SELECT runs.id, sites.name AS site, runs.started_at, runs.finished_at, runs.reason, runs.requests,
  runs.pages, runs.articles_answered, runs.failures, runs.versions_added
FROM runs LEFT JOIN sites ON sites.id = runs.site_id""",
    "finding_list": """
SELECT findings.id, sites.name AS site, findings.kind, findings.detail, findings.url,
  findings.times, findings.opened_at, findings.last_at, findings.closed_at
FROM findings LEFT JOIN sites ON sites.id = findings.site_id""",
    "source_list": """
SELECT sources.id, sites.name AS site, sources.kind, sources.url, sources.read_at,
  sources.due_at FROM sources LEFT JOIN sites ON sites.id = sources.site_id""",
}

STATEMENTS: Final[tuple[str, ...]] = (
    "DROP VIEW latest_changes",
    "DROP VIEW article_history",
    *(f"CREATE VIEW {name} AS {select.strip()}" for name, select in VIEWS.items()),
    "CREATE INDEX articles_listed ON articles(site_id, status, merged_into, current_version_id)",
    "CREATE INDEX articles_by_first_seen ON articles(first_seen_at)",
    """CREATE INDEX changes_told
ON changes(kind, weight, run_id, released_at, dismissed_at, article_id)
WHERE released_at IS NOT NULL AND dismissed_at IS NULL""",
    """CREATE INDEX changes_told_by_weight
ON changes(weight, run_id, released_at, dismissed_at)
WHERE released_at IS NOT NULL AND dismissed_at IS NULL""",
    """CREATE INDEX changes_of_run ON changes(run_id, kind, weight, released_at, dismissed_at)
WHERE released_at IS NOT NULL AND dismissed_at IS NULL""",
    "CREATE INDEX versions_by_sight ON versions(seen_at)",
    "CREATE INDEX versions_by_copies ON versions(text_id, article_id)",
    "CREATE INDEX runs_by_start ON runs(started_at)",
)
