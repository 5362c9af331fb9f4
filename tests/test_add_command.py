"""``baowatch add`` and ``record`` at replica portals, one of which has its site file taken away."""

import importlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import yaml
from commandline import baowatch

from crawlers.clock import CLOCK_VARIABLE, ORIGINS_VARIABLE, FastClock
from crawlers.discovery import is_article
from crawlers.listings import read_listing
from crawlers.markup import parse
from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.project import Project
from monitor.replica import Replica

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "config"
TAKEN_AWAY = "baohatinh"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(7, layout_seed=7) as replica:
        start = replica.script.editions[0].begins_at
        replica.clock = FastClock(start=start, real_start=time.time(), rate=600.0)
        yield replica


@pytest.fixture
def config(replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped configuration without one of the replica's sites."""
    copied = tmp_path / "config"
    shutil.copytree(SHIPPED, copied)
    (copied / "sites" / f"{TAKEN_AWAY}.yml").unlink()
    assert isinstance(replica.clock, FastClock)
    monkeypatch.setenv("BAOWATCH_CONFIG", str(copied))
    monkeypatch.setenv("BAOWATCH_STORE", str(tmp_path / "store.db"))
    monkeypatch.setenv(ORIGINS_VARIABLE, json.dumps(replica.origins))
    monkeypatch.setenv(CLOCK_VARIABLE, replica.clock.variable())
    return copied


def test_a_portal_without_a_file_gets_one_that_finds_the_same_articles(
    config: Path, tmp_path: Path
) -> None:
    shipped = load_site(SHIPPED / "sites" / "baohatinh.yml")
    into = tmp_path / "pages"
    said = baowatch("add", shipped.home, "--into", str(into))
    assert said.status == 0, said
    written = config / "sites" / "baohatinh.yml"
    assert str(written) in said.out
    proposed = load_site(written)
    assert (proposed.verified, proposed.home, proposed.title) == (
        False,
        shipped.home,
        shipped.title,
    )
    assert "3 of 3 pages fetched were articles" in written.read_text("utf-8")
    cases = {path.name.split("_")[0]: path for path in (into / "baohatinh").iterdir()}
    assert sorted(cases) == ["article", "listing"]
    agree(cases["listing"], shipped, proposed)
    told = yaml.safe_load((cases["article"] / "expected.yml").read_text("utf-8"))
    assert (told["kind"], told["unchecked"]) == ("article", True)
    assert is_article(
        yaml.safe_load((cases["article"] / "meta.yml").read_text("utf-8"))["url"], shipped
    )
    again = baowatch("add", shipped.home)
    assert (again.status, "is a host of baohatinh already" in again.said) == (2, True)


@pytest.mark.parametrize("cut", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_site_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: BaseException
) -> None:
    sites = tmp_path / "sites"
    sites.mkdir()
    project = Project(folder=tmp_path, config=tmp_path, store=tmp_path / "store.db")
    text = "title: Báo\nhome: https://bao.example/\nverified: false\narticles: [{path: /a}]\n"
    command = importlib.import_module("monitor.cli.add")  # its name is also the command's

    def full(handle: int) -> None:
        raise cut

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises((typer.Exit, typer.BadParameter, KeyboardInterrupt)):
            command._write(project, "bao", text)
    assert list(sites.iterdir()) == []
    command._write(project, "bao", text)
    assert [path.name for path in sites.iterdir()] == ["bao.yml"]
    with pytest.raises((typer.Exit, typer.BadParameter)):
        command._write(project, "bao", text.replace("Báo", "Other"))
    assert (sites / "bao.yml").read_text("utf-8") == text
    assert [path.name for path in sites.iterdir()] == ["bao.yml"]


def agree(listing: Path, shipped: Site, proposed: Site) -> None:
    """Of the front page that was recorded, both files take the same links for articles."""
    tree = parse((listing / "page.html").read_bytes(), "text/html; charset=utf-8")
    found = [
        {link.url for link in read_listing(tree, site.home, site).links}
        for site in (shipped, proposed)
    ]
    assert len(found[0]) > 5
    assert found[0] == found[1]
    assert yaml.safe_load((listing / "expected.yml").read_text("utf-8"))["number"] == len(found[1])


def test_record_fetches_a_page_by_the_rules_of_its_site(config: Path, tmp_path: Path) -> None:
    said = baowatch("record", "https://baoquangninh.vn/", "--into", str(tmp_path / "pages"))
    assert said.status == 0, said
    told = yaml.safe_load((tmp_path / "pages/baoquangninh/listing/expected.yml").read_text("utf-8"))
    assert told["kind"] == "listing"
    assert told["number"] > 5


@pytest.mark.parametrize(
    ("words", "status", "reason"),
    [
        (("add", "https://www.baoninhbinh.org.vn/x"), 2, "is a host of baoninhbinh already"),
        (("add", "ftp://bao.example/"), 2, "is no address of a portal"),
        (("add", "https://bao.example/", "--name", "../x"), 2, "is no site name"),
        (("add", "https://bao.example/", "--name", "baoninhbinh"), 2, "exists already"),
        (("record", "https://khac.example/x"), 2, "Run baowatch add first"),
        (("record", "https://baohaiphong.vn/x", "--site", "khac"), 2, "unknown site 'khac'"),
        (("record", "nothing"), 2, "is no address"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_asked(
    config: Path, replica: Replica, words: tuple[str, ...], status: int, reason: str
) -> None:
    before = len(replica.requests)
    said = baowatch(*words)
    assert (said.status, reason in said.said) == (status, True), said
    assert len(replica.requests) == before
