"""Our own rule as it really is: the store's columns, queries and nightly learning."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from news_world import Story
from recheck_rules import Rule

from pipelines.hazard import START
from pipelines.store import articles, habits, nightly, planning, sites
from pipelines.store.articles import DueWish
from pipelines.store.opening import Store, Writer, open_store
from pipelines.store.rows import as_json, insert, iso

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = {"fingerprint": "", "text": "", "blocks": "[]", "length": 0}
SNAPSHOT = {"sha256": "", "url": "", "final_url": "", "status": 200, "content_type": ""}
VERSION = {"title": "", "lead": "", "captions": "[]", "author": "", "language": "", "tags": "[]"}
VERSION |= {"canonical": "", "fingerprint": "", "field_fingerprints": "{}", "recipe": ""}
CHANGE = {"kind": "edited", "weight": "substantive", "fields": "[]", "explanation": "{}"}


def at(hours: float) -> datetime:
    return BEGAN + timedelta(hours=hours)


class Planner:
    """The store of all hosts. Nothing of the rule is here: rows are made as crawls make them.

    ``wrong``: by how much the table of rates is wrong that it begins with.
    """

    def __init__(
        self, path: Path, hosts: int, requests_per_hour: float, *, wrong: float = 1.0
    ) -> None:
        self.store: Store = open_store(path)
        connection = self.store.reader.conn
        connection.execute("PRAGMA synchronous = OFF")
        self._budgets = {f"host{number}": requests_per_hour for number in range(hosts)}
        with self.store.writing() as db:
            self.site_ids = [sites.site_id(db, name) for name in self._budgets]
            db.execute("UPDATE sites SET baseline_at = ?", [iso(BEGAN)])
            run = {"site_id": self.site_ids[0], "host": "", "pid": 0}
            times = dict.fromkeys(("started_at", "heartbeat_at", "lease_until"), iso(BEGAN))
            self.run_id = insert(db, "runs", {**run, **times})
            self.text_id = insert(db, "texts", TEXT)
            if wrong != 1.0:
                rates = {"rates": as_json([rate * wrong for rate in START])}
                insert(db, "hazards", {**rates, "learned_at": iso(BEGAN), "hours": "", "edits": ""})
        connection.execute("BEGIN IMMEDIATE")

    def night(self, now: float) -> None:
        self.store.reader.conn.execute("COMMIT")
        nightly.learn_rates(self.store, at(now))
        nightly.set_prices(self.store, self._budgets, at(now))
        self.store.reader.conn.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        self.store.reader.conn.execute("COMMIT")
        self.store.close()


class Stored(Rule):
    """One host of the store."""

    def __init__(self, planner: Planner, site_id: int) -> None:
        super().__init__()
        self._planner = planner
        self._db = Writer(planner.store.reader)
        self._site_id = site_id
        self._stories: dict[int, Story] = {}
        self._rows: dict[int, tuple[int, int]] = {}

    def looked(self, story: Story, now: float, changed: bool) -> None:
        moment = at(now)
        if story.number not in self._rows:
            self._first(story, moment)
            return
        article_id, version_id = self._rows[story.number]
        if changed:
            fresh = self._version(article_id, moment)
            self._change(article_id, version_id, moment)
            self._rows[story.number] = (article_id, fresh)
        else:
            self._db.execute(
                "UPDATE versions SET last_seen_at = ? WHERE id = ?", [iso(moment), version_id]
            )
        habits.record_check(self._db, article_id, moment, same=not changed)
        if changed:
            habits.teach_released(self._db, self._site_id)

    def next(self, now: float) -> Story | None:
        moment = at(now)
        if not planning.has_due(self._planner.store.reader, self._site_id, moment):
            return None
        reader = self._planner.store.reader
        found = planning.due(reader, self._site_id, DueWish(now=moment), limit=1)
        return self._stories[found[0].id] if found else None

    def gone(self, story: Story) -> None:
        article_id, _ = self._rows[story.number]
        articles.change(self._db, article_id, {"status": "withdrawn", "due_at": None})

    def _first(self, story: Story, moment: datetime) -> None:
        url = f"https://host/{story.number}"
        row = articles.add(self._db, self._site_id, key=url, url=url, now=moment)
        version_id = self._version(row.id, moment)
        values = {"status": "live", "announced_by": "feed", "published_at": iso(at(story.born))}
        articles.change(self._db, row.id, {**values, "current_version_id": version_id})
        self._stories[row.id] = story
        self._rows[story.number] = (row.id, version_id)
        habits.record_check(self._db, row.id, moment, same=False)

    def _version(self, article_id: int, moment: datetime) -> int:
        db, now = self._db, iso(moment)
        found = db.execute(
            "SELECT count(*), min(snapshot_id) FROM versions WHERE article_id = ?", [article_id]
        ).fetchone()
        snapshot_id = found[1] or insert(
            db,
            "snapshots",
            {**SNAPSHOT, "article_id": article_id, "fetched_at": now, "encoding": "", "body": b""},
        )
        numbers = {"article_id": article_id, "number": found[0] + 1, "snapshot_id": snapshot_id}
        times = {"seen_at": now, "last_seen_at": now, "text_id": self._planner.text_id}
        return insert(db, "versions", {**VERSION, **numbers, **times})

    def _change(self, article_id: int, before: int, moment: datetime) -> None:
        times = dict.fromkeys(("detected_at", "confirmed_at", "released_at"), iso(moment))
        whose = {"article_id": article_id, "run_id": self._planner.run_id}
        insert(self._db, "changes", {**CHANGE, **whose, "before_version_id": before, **times})
