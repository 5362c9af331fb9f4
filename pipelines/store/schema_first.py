"""The tables as they were at first (migration 0001)."""

from typing import Final

STATEMENTS: Final = """
CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  baseline_at TEXT,
  next_allowed_at TEXT,
  hour_started_at TEXT,
  hour_requests INTEGER NOT NULL DEFAULT 0,
  validators_audited INTEGER NOT NULL DEFAULT 0,
  validators_distrusted_until TEXT,
  profile TEXT,
  profile_number INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE robots_copies (
  origin TEXT PRIMARY KEY,
  fetched_at TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  started_at TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL,
  lease_until TEXT NOT NULL,
  finished_at TEXT,
  reason TEXT,
  error TEXT,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  pages INTEGER NOT NULL DEFAULT 0,
  articles_answered INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  versions_added INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX runs_by_site ON runs(site_id, started_at);
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  read_at TEXT,
  read_in_full_by INTEGER REFERENCES runs(id),
  baseline_at TEXT,
  UNIQUE (site_id, url)
) STRICT;
CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  key TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'known'
    CHECK (status IN ('known', 'live', 'missing', 'withdrawn', 'moved')),
  merged_into INTEGER REFERENCES articles(id),
  announced_by TEXT,
  published_at TEXT,
  modified_at TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT,
  checked_at TEXT,
  due_at TEXT,
  changed_at TEXT,
  current_version_id INTEGER REFERENCES versions(id),
  body_sha256 TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  conditional_checks INTEGER NOT NULL DEFAULT 0,
  missing_since TEXT,
  gone_at TEXT,
  gone_looks INTEGER NOT NULL DEFAULT 0,
  gone_run_id INTEGER REFERENCES runs(id),
  failures INTEGER NOT NULL DEFAULT 0,
  refutations INTEGER NOT NULL DEFAULT 0,
  read_at TEXT,
  fits_profile INTEGER,
  moved_from TEXT,
  UNIQUE (site_id, key)
) STRICT;
CREATE INDEX articles_by_due ON articles(site_id, due_at);
CREATE INDEX articles_by_version ON articles(current_version_id);
CREATE INDEX articles_by_status ON articles(site_id, status);
CREATE INDEX articles_by_title ON articles(site_id, title);
CREATE INDEX articles_by_merged ON articles(merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE teasers (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  kind TEXT NOT NULL CHECK (kind IN ('title', 'lead')),
  key TEXT NOT NULL,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  PRIMARY KEY (site_id, kind, key, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  url TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  gone_at TEXT,
  UNIQUE (article_id, url)
) STRICT;
CREATE INDEX addresses_by_url ON addresses(url);
CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  sha256 TEXT NOT NULL,
  url TEXT NOT NULL,
  final_url TEXT NOT NULL,
  status INTEGER NOT NULL,
  fetched_at TEXT NOT NULL,
  content_type TEXT NOT NULL,
  encoding TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX snapshots_by_article ON snapshots(article_id, sha256);
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  blocks TEXT NOT NULL,
  length INTEGER NOT NULL
) STRICT;
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  number INTEGER NOT NULL,
  run_id INTEGER REFERENCES runs(id),
  snapshot_id INTEGER NOT NULL REFERENCES snapshots(id),
  seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  title TEXT NOT NULL,
  lead TEXT NOT NULL,
  text_id INTEGER NOT NULL REFERENCES texts(id),
  captions TEXT NOT NULL,
  author TEXT NOT NULL,
  published_at TEXT,
  modified_at TEXT,
  language TEXT NOT NULL,
  tags TEXT NOT NULL,
  canonical TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  field_fingerprints TEXT NOT NULL,
  recipe TEXT NOT NULL,
  UNIQUE (article_id, number)
) STRICT;
CREATE INDEX versions_by_text ON versions(text_id);
CREATE TABLE looks (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  run_id INTEGER NOT NULL REFERENCES runs(id),
  snapshot_id INTEGER NOT NULL REFERENCES snapshots(id),
  looked_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'agreed', 'refuted', 'held')),
  twin_id INTEGER REFERENCES articles(id),
  fingerprint TEXT NOT NULL,
  recipe TEXT NOT NULL,
  shift TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE UNIQUE INDEX looks_open ON looks(article_id) WHERE state IN ('pending', 'held');
CREATE INDEX looks_by_article ON looks(article_id);
CREATE INDEX looks_by_moment ON looks(looked_at);
CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  run_id INTEGER NOT NULL REFERENCES runs(id),
  kind TEXT NOT NULL CHECK (kind IN ('new', 'edited', 'retitled', 'corrected', 'reworded',
    'retranslated', 'withdrawn', 'restored', 'moved')),
  weight TEXT NOT NULL CHECK (weight IN ('substantive', 'minor', 'cosmetic')),
  before_version_id INTEGER REFERENCES versions(id),
  after_version_id INTEGER REFERENCES versions(id),
  fields TEXT NOT NULL,
  explanation TEXT NOT NULL,
  detected_at TEXT NOT NULL,
  confirmed_at TEXT NOT NULL,
  released_at TEXT,
  dismissed_at TEXT,
  dismissed_why TEXT
) STRICT;
CREATE INDEX changes_by_article ON changes(article_id);
CREATE INDEX changes_by_release ON changes(released_at);
CREATE INDEX changes_unreleased ON changes(article_id) WHERE released_at IS NULL;
CREATE TABLE sightings (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  kind TEXT NOT NULL CHECK (kind IN ('block', 'rotating', 'position')),
  print TEXT NOT NULL,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  place TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  PRIMARY KEY (site_id, kind, print, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_by_run ON sightings(run_id, site_id, kind);
CREATE TABLE slots (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  article_id INTEGER NOT NULL REFERENCES articles(id),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  looks INTEGER NOT NULL,
  PRIMARY KEY (site_id, article_id, before, after)
) STRICT, WITHOUT ROWID;
CREATE TABLE fleeting (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  article_id INTEGER NOT NULL REFERENCES articles(id),
  print TEXT NOT NULL,
  stood INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  PRIMARY KEY (site_id, article_id, print)
) STRICT, WITHOUT ROWID;
CREATE TABLE learned (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  kind TEXT NOT NULL CHECK (kind IN ('block', 'rotating', 'slot', 'position')),
  print TEXT NOT NULL,
  place TEXT NOT NULL,
  sample TEXT NOT NULL,
  articles INTEGER NOT NULL,
  why TEXT NOT NULL,
  learned_at TEXT NOT NULL,
  dropped_at TEXT,
  UNIQUE (site_id, kind, print, place)
) STRICT;
CREATE INDEX learned_live ON learned(site_id, kind, print, place) WHERE dropped_at IS NULL;
CREATE TABLE removals (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  rule TEXT NOT NULL,
  lines INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  PRIMARY KEY (site_id, rule)
) STRICT, WITHOUT ROWID;
CREATE TABLE storms (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  run_id INTEGER NOT NULL REFERENCES runs(id),
  began_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  articles INTEGER NOT NULL,
  came TEXT NOT NULL,
  went TEXT NOT NULL,
  fields TEXT NOT NULL
) STRICT;
CREATE INDEX storms_by_site ON storms(site_id, began_at);
CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites(id),
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  url TEXT NOT NULL,
  times INTEGER NOT NULL DEFAULT 1,
  opened_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  last_run_id INTEGER NOT NULL REFERENCES runs(id),
  closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX findings_open ON findings(site_id, kind) WHERE closed_at IS NULL;
"""
