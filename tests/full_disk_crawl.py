"""``scrapy crawl`` on a disk that fills up: ``full_disk_crawl.py PAGES crawl SITE …``

The store may grow to PAGES pages of 4 KiB; then SQLite says what it says of a full disk.
"""

import sqlite3
import sys

from scrapy.cmdline import execute

import pipelines.store.opening as opening


def main() -> None:
    pages = int(sys.argv[1])
    connect = opening._connect

    def bounded(path: object) -> sqlite3.Connection:
        connection = connect(path)  # type: ignore[arg-type]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    opening._connect = bounded
    sys.argv[:] = ["scrapy", *sys.argv[2:]]
    execute()


if __name__ == "__main__":
    main()
