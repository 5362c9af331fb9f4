"""``scrapy crawl`` that dies by its own hand: ``killed_crawl.py STATEMENT NUMBER crawl SITE …``

Before the NUMBER-th statement that begins with STATEMENT (COMMIT, BEGIN) is carried out, the
process kills itself with SIGKILL, so that nothing of it can clean up.
"""

import os
import signal
import sqlite3
import sys

from scrapy.cmdline import execute

import pipelines.store.opening as opening


def main() -> None:
    statement, number = sys.argv[1], int(sys.argv[2])
    seen = 0
    connect = opening._connect

    def trace(sql: str) -> None:
        nonlocal seen
        seen += sql.startswith(statement)
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(path: object) -> sqlite3.Connection:
        connection = connect(path)  # type: ignore[arg-type]
        connection.set_trace_callback(trace)
        return connection

    opening._connect = watched
    sys.argv[:] = ["scrapy", *sys.argv[3:]]
    execute()


if __name__ == "__main__":
    main()
