"""What is wrong with a crawl is one clean line and exit status 2, before anything starts."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback import HOME, HOST, ROOT, SITE, environment

from crawlers.arguments import ArgumentError, Arguments, parse_arguments
from crawlers.site import Site
from crawlers.sitefile import load_site

ORIGINS = {HOME: "http://127.0.0.1:9"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "baothu.yml").write_text(SITE, "utf-8")
    (sites / "baohong.yml").write_text(SITE + "delai: 3\n", "utf-8")
    return tmp_path


@pytest.fixture
def site(folder: Path) -> Site:
    return load_site(folder / "sites" / "baothu.yml")


def scrapy(folder: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT,
        env={**environment(folder, ORIGINS), **extra},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["baothu", "-a", "recheck=maybe"], ["recheck=maybe", "due, all or none"]),
        (["baothu", "-a", "rechek=all"], ["'rechek'", "recheck, sources, limit, url, since"]),
        (["baothi"], ["unknown site 'baothi'", "baothu"]),
        (["../baothu"], ["unknown site"]),
        (["baohong"], ["baohong.yml", "'delai'", "'delay'"]),
        (["baothu", "-a", "url=https://elsewhere.example/a"], ["elsewhere.example", HOST]),
    ],
)
def test_one_clean_line(folder: Path, arguments: list[str], said: list[str]) -> None:
    done = scrapy(folder, "crawl", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert all(piece in done.stderr for piece in said)


def test_a_wrong_environment_is_one_clean_line_too(folder: Path) -> None:
    done = scrapy(folder, "crawl", "baothu", BAOWATCH_ORIGINS="")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "BAOWATCH_CLOCK is set without BAOWATCH_ORIGINS" in done.stderr


def test_one_broken_file_does_not_stop_the_list(folder: Path) -> None:
    done = scrapy(folder, "list")
    assert done.returncode == 0
    assert done.stdout.split() == ["baothu"]
    assert "baohong.yml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_package_of_the_same_name_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines" / "__init__.py").touch()
    path = f"{tmp_path}:{ROOT / 'tests'}"
    done = scrapy(folder, "list", PYTHONPATH=path, PYTHONSAFEPATH="1")
    assert done.returncode == 1
    assert "'pipelines'" in done.stderr
    assert "Traceback" not in done.stderr


def test_arguments_are_read(site: Site) -> None:
    assert parse_arguments({}, site) == Arguments()
    given = {
        "recheck": "all",
        "limit": "5",
        "since": "2026-01-01",
        "url": f"{HOME}a,b-1.html,http://www.{HOST}/c?utm_source=x",
    }
    assert parse_arguments(given, site) == Arguments(
        recheck="all",
        limit=5,
        since=datetime(2025, 12, 31, 17, tzinfo=UTC),
        urls=(f"{HOME}a,b-1.html", f"https://www.{HOST}/c"),
    )


@pytest.mark.parametrize(
    "given",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "many"},
        {"limit": "²"},
        {"since": "yesterday"},
        {"since": "01/02/2026"},
        {"url": ""},
        {"url": "/a"},
        {"url": f"https://{HOST}:8080/a"},
        {"url": "javascript:alert(1)"},
        {"name": "other"},
        {"site": "other"},
        {"start_urls": "https://elsewhere.example/"},
    ],
)
def test_wrong_arguments_are_refused(site: Site, given: dict[str, str]) -> None:
    with pytest.raises(ArgumentError, match=next(iter(given))):
        parse_arguments(given, site)
