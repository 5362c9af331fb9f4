"""``python -m monitor.notify``: one pass of the sender, as ``baowatch notify send`` makes it.

What the daemon starts again and again; without the modules of the other commands it begins
sooner.
"""

import os
import sys

from crawlers.errors import UserError
from monitor.notify.passing import make_pass
from monitor.project import find_project
from pipelines.store.opening import open_store


def main() -> int:
    """The exit status: 0 when a pass was made, whatever came of it; Python's own is 1."""
    project = find_project()
    store = open_store(project.store)
    try:
        make_pass(project, store, os.environ, say=lambda line: print(line, flush=True))  # noqa: T201
    finally:
        store.close()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UserError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(2)
