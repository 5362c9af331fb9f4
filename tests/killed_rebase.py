"""``baowatch rebase`` that dies by its own hand: ``killed_rebase.py NUMBER``

Before its NUMBER-th transaction is committed the process kills itself with SIGKILL, so that
nothing of it can clean up.
"""

import os
import signal
import sqlite3
import sys

import pipelines.store.opening as opening
from monitor.cli import main


def kill_at(number: int) -> None:
    seen = 0
    connect = opening._connect

    def trace(sql: str) -> None:
        nonlocal seen
        seen += sql.startswith("COMMIT")
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(path: object) -> sqlite3.Connection:
        connection = connect(path)  # type: ignore[arg-type]
        connection.set_trace_callback(trace)
        return connection

    opening._connect = watched


if __name__ == "__main__":
    kill_at(int(sys.argv[1]))
    sys.argv[1:] = ["rebase"]
    main()
