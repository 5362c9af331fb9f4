"""``verified:`` is written, and every other byte of the file stays."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.sitefile import load_site
from monitor.checking.marking import NotMarked, mark_verified

DAY = date(2026, 12, 1)
FILE = """\
# Why this file is so: kept.
title: Báo   # with "verified: false" in words
home: https://bao.example/
verified: false   # nobody looked yet
articles:
  - path: '/tin/[a-z]+'   # seen
note: >-
  verified: false is what this says.
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "bao.yml"
    path.write_bytes(text.encode())
    return path


def test_the_day_replaces_the_value_and_nothing_else(tmp_path: Path) -> None:
    path = _written(tmp_path, FILE)
    path.chmod(0o640)
    assert mark_verified(path, DAY)
    expected = FILE.replace("verified: false   # nobody", "verified: 2026-12-01   # nobody")
    assert path.read_bytes() == expected.encode()
    assert load_site(path).verified == DAY
    assert path.stat().st_mode & 0o777 == 0o640
    assert [left.name for left in tmp_path.iterdir()] == ["bao.yml"]


def test_an_older_day_is_renewed_and_todays_is_left(tmp_path: Path) -> None:
    path = _written(tmp_path, FILE.replace("verified: false   #", "verified: 2026-11-01   #"))
    assert mark_verified(path, DAY)
    assert not mark_verified(path, DAY)


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = _written(tmp_path, FILE.replace("\n", "\r\n"))
    assert mark_verified(path, DAY)
    assert path.read_bytes().count(b"\r\n") == FILE.count("\n")
    assert load_site(path).verified == DAY


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace("verified: false   # nobody looked yet\n", ""),
        FILE.replace("verified: false   #", '"verified": false   #'),
        FILE + "verified: false\n",
    ],
)
def test_a_file_without_such_a_line_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = _written(tmp_path, text)
    with pytest.raises(NotMarked, match=r"bao\.yml"):
        mark_verified(path, DAY)
    assert path.read_bytes() == text.encode()


def test_a_line_within_a_text_is_no_key(tmp_path: Path) -> None:
    text = "title: Báo\nnote: |-\n  a\nhome: 'https://bao.example/\n\nverified: false\n\n  '\n"
    path = _written(tmp_path, text)
    with pytest.raises(NotMarked):
        mark_verified(path, DAY)
    assert path.read_bytes() == text.encode()
    assert [left.name for left in tmp_path.iterdir()] == ["bao.yml"]


def test_a_file_that_is_linked_from_elsewhere_stays_linked(tmp_path: Path) -> None:
    real = _written(tmp_path, FILE)
    (tmp_path / "sites").mkdir()
    link = tmp_path / "sites" / "bao.yml"
    link.symlink_to(real)
    assert mark_verified(link, DAY)
    assert link.is_symlink()
    assert load_site(real).verified == DAY


@given(comment=st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30))
def test_whatever_the_comment_only_the_value_changes(
    tmp_path_factory: pytest.TempPathFactory, comment: str
) -> None:
    text = FILE.replace("# nobody looked yet", f"# {comment}")
    path = _written(tmp_path_factory.mktemp("marking"), text)
    assert mark_verified(path, DAY)
    assert path.read_bytes() == text.replace(
        "verified: false   # ", "verified: 2026-12-01   # ", 1
    ).encode().replace(b'"verified: 2026-12-01   # ', b'"verified: false   # ')
