"""A real newspaper's listing and article, as saved, crawled from the listing to the report."""

import csv
import gzip
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from loopback import Portal, Reply

from crawlers.clock import FastClock

ROOT = Path(__file__).parents[1]
SAVED = ROOT.parent / "shared" / "pages"
PATTERNS = {
    "baochinhphu": r"/[a-z0-9-]+-102\d+\.htm",
    "cafef": r"/[a-z0-9-]+-188\d+\.chn",
    "tuoitre": r"/[a-z0-9-]+-\d{14,}\.htm",
    "vnexpress": r"/[a-z0-9-]+-\d{7}\.html",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}

pytestmark = pytest.mark.skipif(
    not SAVED.is_dir(), reason="the saved pages belong to their publishers and are not shipped"
)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_saved_newspaper_from_listing_to_report(name: str, tmp_path: Path) -> None:
    row = next(row for row in _rows() if row["file"] == f"vi/{name}_article.html.gz")
    url = urlsplit(row["url"])
    listing, article = _bytes(f"vi/{name}_list.html.gz"), _bytes(row["file"])
    _site_file(tmp_path, name, url.hostname or "")
    with Portal().open() as portal:
        environment = _environment(tmp_path, portal.origin, url.hostname or "", row["published"])
        without = listing.replace(url.path.encode(), b"/chuyen-muc")
        portal.replies = {"/": Reply(without, headers=HTML), url.path: Reply(article, headers=HTML)}
        _run(environment, "scrapy", "crawl", name, "-s", "LOG_LEVEL=ERROR")
        portal.replies["/"] = Reply(listing, headers=HTML)
        _run(environment, "scrapy", "crawl", name, "-s", "LOG_LEVEL=ERROR")
    told = _run(environment, "monitor.cli", "report", "--since", "2d", "--format", "json")
    (site,) = json.loads(told)["sites"]
    (change,) = site["changes"]
    assert (change["kind"], change["url"]) == ("new", row["url"])
    assert change["title"] == row["title"]
    assert len(change["after"]["text"]) > 1000
    assert site["baseline_articles"] > 10


def _rows() -> list[dict[str, str]]:
    with (SAVED / "pages.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _bytes(name: str) -> bytes:
    return gzip.decompress((SAVED / name).read_bytes())


def _site_file(folder: Path, name: str, host: str) -> None:
    sites = folder / "config" / "sites"
    sites.mkdir(parents=True)
    lines = (
        f"title: {name}",
        f"home: https://{host}/",
        "verified: false",
        "requests_per_hour: 3600",
        "articles:",
        f"  - path: '{PATTERNS[name]}'",
    )
    (sites / f"{name}.yml").write_text("\n".join(lines), encoding="utf-8")


def _environment(folder: Path, origin: str, host: str, published: str) -> dict[str, str]:
    start = datetime.fromisoformat(f"{published[:10]}T12:00:00+07:00")
    clock = FastClock(start=start, real_start=datetime.now().astimezone().timestamp(), rate=600.0)
    return {
        **os.environ,
        "BAOWATCH_CONFIG": str(folder / "config"),
        "BAOWATCH_STORE": str(folder / "store.db"),
        "BAOWATCH_ORIGINS": json.dumps({f"https://{host}": origin}),
        "BAOWATCH_CLOCK": clock.variable(),
    }


def _run(environment: dict[str, str], module: str, *words: str) -> str:
    command = [sys.executable, "-m", module, *words]
    if module == "monitor.cli":
        command = [sys.executable, "-c", "from monitor.cli import main; main()", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
