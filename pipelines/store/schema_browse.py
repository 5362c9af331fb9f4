"""What people browse: views that show what was told, and the indexes they need (migration 0009).

Every view joins with LEFT JOIN on a key, so that SQLite leaves out the tables that a count
or a facet does not ask for. A version is shown once nobody is to be kept from knowing it:
its change was released or dismissed, or it never was a change.
"""

from typing import Final

UNTOLD: Final = (
    "changes.released_at IS NULL AND changes.dismissed_at IS NULL "
    "AND changes.before_version_id IS NOT changes.after_version_id"
)
"""Of a change: nobody was told of it yet, and it brought a text."""

_HIDDEN: Final = (
    "EXISTS (SELECT 1 FROM changes WHERE changes.article_id = versions.article_id "
    f"AND changes.after_version_id = versions.id AND {UNTOLD})"
)
_TOLD_VERSION: Final = (
    "CASE WHEN EXISTS (SELECT 1 FROM changes WHERE changes.article_id = articles.id "
    f"AND {UNTOLD}) THEN (SELECT max(versions.id) FROM versions "
    f"WHERE versions.article_id = articles.id AND NOT {_HIDDEN}) "
    "ELSE articles.current_version_id END"
)
_UNTOLD_NEWS: Final = (
    "EXISTS (SELECT 1 FROM changes WHERE changes.article_id = articles.id "
    f"AND changes.before_version_id IS NULL AND {UNTOLD})"
)

VIEWS: Final = {
    "article_list": f"""
SELECT articles.id, sites.name AS site, told.title, articles.status, told.language,
  told.published_at, articles.first_seen_at, articles.checked_at, told.number AS versions,
  articles.url
FROM articles
LEFT JOIN sites ON sites.id = articles.site_id
LEFT JOIN versions AS told ON told.id = {_TOLD_VERSION}
WHERE articles.current_version_id IS NOT NULL AND articles.merged_into IS NULL
  AND NOT {_UNTOLD_NEWS}""",
    "latest_changes": """
SELECT changes.id, sites.name AS site, changes.kind, changes.weight, told.title, told.language,
  articles.url, changes.fields, changes.detected_at, changes.released_at, changes.article_id
FROM changes
LEFT JOIN articles ON articles.id = changes.article_id
LEFT JOIN sites ON sites.id = articles.site_id
LEFT JOIN versions AS told
  ON told.id = ifnull(changes.after_version_id, changes.before_version_id)
WHERE changes.released_at IS NOT NULL AND changes.dismissed_at IS NULL
ORDER BY changes.released_at DESC, changes.id DESC""",
    "article_history": f"""
SELECT articles.url, sites.name AS site, versions.number, versions.seen_at,
  versions.last_seen_at, versions.title, versions.lead, texts.text, versions.captions,
  versions.author, versions.published_at, versions.language, versions.article_id
FROM versions
LEFT JOIN articles ON articles.id = versions.article_id
LEFT JOIN sites ON sites.id = articles.site_id
LEFT JOIN texts ON texts.id = versions.text_id
WHERE NOT {_HIDDEN}
ORDER BY versions.article_id, versions.number""",
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
    """CREATE INDEX changes_told ON changes(released_at, weight, kind, article_id)
WHERE released_at IS NOT NULL AND dismissed_at IS NULL""",
    "CREATE INDEX versions_by_copies ON versions(text_id, article_id)",
    "CREATE INDEX runs_by_start ON runs(started_at)",
)
