"""``baowatch sites``: whose newspaper each is, and how many there are of each kind."""

import json
from pathlib import Path

import pytest
from commandline import baowatch, configure

PAPER = """
title: Báo Thử
home: https://baothu.example/
province: Hà Thử
verified: 2026-12-01
articles: [{path: '/[^/]+-\\d+\\.html'}]
predecessors: [{host: baocu.example, title: Báo Cũ, why: merged}]
"""
TRANSLATOR = """
title: Dịch
home: https://dich.example/
translates: true
verified: false
articles: [{path: '/[a-z-]+'}]
"""


@pytest.fixture(autouse=True)
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "140")
    sites = tmp_path / "config" / "sites"
    (sites / "baothu.yml").write_text(PAPER, "utf-8")
    (sites / "dich.yml").write_text(TRANSLATOR, "utf-8")


def test_the_table_shows_provinces_and_a_count_by_kind() -> None:
    shown = baowatch("sites")
    assert shown.status == 0
    (line,) = [line for line in shown.out.splitlines() if line.startswith("baothu")]
    assert "Hà Thử" in line
    assert "2026-12-01" in line
    assert shown.out.rstrip().endswith(
        "Sites: 3 (newspapers: 1, translating: 1, others: 1). Provinces: 1. Verified: 1."
    )


def test_a_crawl_of_all_leaves_alone_what_waits_to_be_verified(tmp_path: Path) -> None:
    (tmp_path / "config" / "schedule.yml").write_text("unverified: wait\n", "utf-8")
    (tmp_path / "config" / "sites" / "baothu.yml").unlink()
    told = baowatch("crawl")
    assert told.status == 2
    assert "nothing to crawl but bao, dich (unverified" in told.said
    assert "name a site to crawl it" in told.said


def test_the_json_adds_to_what_it_had() -> None:
    shown = json.loads(baowatch("sites", "--json").out)
    assert shown["kinds"] == {"newspaper": 1, "translator": 1, "other": 1}
    assert shown["errors"] == []
    sites = {one["site"]: one for one in shown["sites"]}
    assert list(sites["baothu"]) == [
        "site", "title", "home", "verified", "kind", "province", "platform", "predecessors",
        "last_run_at", "last_reason", "live_articles", "findings",
    ]  # fmt: skip
    assert sites["baothu"]["predecessors"] == ["baocu.example"]
    assert (sites["dich"]["kind"], sites["dich"]["province"]) == ("translator", "")
