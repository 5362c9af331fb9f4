"""The views for people: what plain ``datasette`` or ``sqlite3`` answers too."""

from typing import Final

VIEWS: Final = {
    "latest_changes": """
SELECT changes.id, sites.name AS site, changes.kind, changes.weight, articles.title,
  articles.url, changes.fields, changes.detected_at, changes.released_at,
  articles.id AS article_id
FROM changes
JOIN articles ON articles.id = changes.article_id
JOIN sites ON sites.id = articles.site_id
WHERE changes.released_at IS NOT NULL AND changes.dismissed_at IS NULL
ORDER BY changes.released_at DESC, changes.id DESC""",
    "article_history": """
SELECT articles.url, sites.name AS site, versions.number, versions.seen_at,
  versions.last_seen_at, versions.title, versions.lead, texts.text, versions.captions,
  versions.author, versions.published_at, versions.article_id
FROM versions
JOIN articles ON articles.id = versions.article_id
JOIN sites ON sites.id = articles.site_id
JOIN texts ON texts.id = versions.text_id
ORDER BY versions.article_id, versions.number""",
    "site_health": """
SELECT sites.name AS site,
  (SELECT max(started_at) FROM runs WHERE site_id = sites.id) AS last_run_at,
  (SELECT reason FROM runs WHERE site_id = sites.id ORDER BY id DESC LIMIT 1) AS last_reason,
  (SELECT count(*) FROM articles WHERE site_id = sites.id AND status = 'live') AS live_articles,
  (SELECT count(*) FROM findings WHERE site_id = sites.id AND closed_at IS NULL)
    AS open_findings,
  (SELECT group_concat(kind, ', ') FROM findings WHERE site_id = sites.id AND closed_at IS NULL)
    AS findings
FROM sites ORDER BY sites.name""",
}
