"""``scrapy crawl`` on a disk that runs low: ``low_disk_crawl.py ANSWERS crawl SITE …``

After so many answers the system says that next to nothing is free.
"""

import shutil
import sys

from scrapy.cmdline import execute

import pipelines.disk as disk


def main() -> None:
    answers, asked = int(sys.argv[1]), 0
    usage = shutil.disk_usage

    def running_low(path: object) -> object:
        nonlocal asked
        asked += 1
        told = usage(path)  # type: ignore[arg-type]
        return told if asked <= answers else told._replace(free=1_000_000)

    disk.shutil.disk_usage = running_low  # type: ignore[attr-defined]
    sys.argv[:] = ["scrapy", *sys.argv[2:]]
    execute()


if __name__ == "__main__":
    main()
