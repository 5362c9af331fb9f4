"""``scrapy crawl`` that tells its parent every verdict: ``telling_crawl.py crawl SITE …``

Once a verdict is out, a line on the standard output says what the store holds of its article.
The log is brought into the file every few pages, as happens now and then in a crawl of days.
"""

import json
import os
import sqlite3
import sys
from typing import Any

from scrapy.cmdline import execute

import pipelines.stages as stages
import pipelines.store.opening as opening
from pipelines.desk import Desk, Verdict
from pipelines.store.rows import one

CHECKPOINT_PAGES = 30


def main() -> None:
    told, connect = stages.told, opening._connect

    def telling(desk: Desk, verdict: Verdict) -> dict[str, Any]:
        facts = told(desk, verdict)
        row = one(
            desk.store.reader,
            "SELECT id, checked_at, (SELECT count(*) FROM versions WHERE article_id = articles.id) "
            "AS versions, (SELECT count(*) FROM changes WHERE article_id = articles.id) AS changes "
            "FROM articles WHERE id = ?",
            [verdict.article_id],
        )
        if row is not None:
            os.write(1, (json.dumps({**row, "verdict": verdict.name}) + "\n").encode())
        return facts

    def tidying(path: object) -> sqlite3.Connection:
        connection = connect(path)  # type: ignore[arg-type]
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        return connection

    stages.told, opening._connect = telling, tidying
    sys.argv[0] = "scrapy"
    execute()


if __name__ == "__main__":
    main()
