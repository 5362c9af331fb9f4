"""What was forgotten by law: known by prints alone, so that nothing brings it back."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import iso, one

BEGINNING: Final = 20
"""Characters from which the first words of a lead tell whose it is."""

TraceKind = Literal["title", "lead", "beginning"]


def is_forgotten(db: Reader | Writer, site_id: int, key: str) -> bool:
    """Whether the article that ``key`` named was forgotten."""
    row = one(
        db,
        "SELECT 1 AS found FROM forgotten WHERE site_id = ? AND key_print = ?",
        [site_id, _print(key)],
    )
    return row is not None


def note_keys(db: Writer, site_id: int, keys: Iterable[str], *, why: str, now: datetime) -> None:
    """Let nothing under these keys be known again."""
    for key in keys:
        db.execute(
            "INSERT INTO forgotten (site_id, key_print, forgotten_at, why) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            [site_id, _print(key), iso(now), why],
        )


def reason_for(db: Reader | Writer, site_id: int, key: str) -> str:
    """By what right ``key`` was forgotten; empty when it was not."""
    row = one(
        db,
        "SELECT why FROM forgotten WHERE site_id = ? AND key_print = ?",
        [site_id, _print(key)],
    )
    return row["why"] if row else ""


def note_teaser(db: Writer, site_id: int, kind: Literal["title", "lead"], key: str) -> None:
    """Remember that a title or lead (folded) was another article's, without its words.

    Other pages quote it. Were it text of theirs from now on, its going would be an edit.
    """
    told: list[tuple[TraceKind, str]] = [(kind, key)]
    if kind == "lead":
        told.append(("beginning", _beginning(key)))
    for each, text in told:
        db.execute(
            "INSERT INTO forgotten_teasers (site_id, kind, print) VALUES (?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            [site_id, each, _print(text)],
        )


def has_teaser(
    db: Reader | Writer, site_id: int, kind: Literal["title", "lead"], key: str, *, begins: bool
) -> bool:
    """Whether a forgotten article had this title or lead (folded), or one that ``begins`` so."""
    told: TraceKind = "beginning" if begins else kind
    row = one(
        db,
        "SELECT 1 AS found FROM forgotten_teasers WHERE site_id = ? AND kind = ? AND print = ?",
        [site_id, told, _print(_beginning(key) if begins else key)],
    )
    return row is not None


def _beginning(key: str) -> str:
    """The first words that have so many characters together."""
    end = key.find(" ", BEGINNING)
    return key if end < 0 else key[:end]


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
