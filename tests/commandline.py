"""``baowatch WORD …`` with a configuration of the site of ``desks``."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app

SITE_FILE = r"""
title: Báo
home: https://bao.example/
verified: false
articles:
  - path: '/[a-z0-9-]+-(?P<id>\d{7})\.html'
  - path: '/tin/[a-z0-9-]+'
"""


@dataclass(frozen=True)
class Told:
    """What a command said; ``said`` is the standard error without line breaks and boxes."""

    status: int
    out: str
    said: str


def configure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the configuration into ``folder``; the store will be the path that is returned."""
    sites = folder / "config" / "sites"
    sites.mkdir(parents=True)
    (sites / "bao.yml").write_text(SITE_FILE, encoding="utf-8")
    monkeypatch.setenv("BAOWATCH_CONFIG", str(folder / "config"))
    monkeypatch.setenv("BAOWATCH_STORE", str(folder / "store.db"))
    monkeypatch.setenv("COLUMNS", "100")
    return folder / "store.db"


def baowatch(*words: str) -> Told:
    """In this process: starting one takes longer than most commands."""
    ended = CliRunner().invoke(app, words)
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return Told(ended.exit_code, ended.stdout, " ".join(ended.stderr.replace("│", " ").split()))
