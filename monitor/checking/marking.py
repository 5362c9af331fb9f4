"""``verified:`` in a site's file: one line of it, and nothing else, is written anew."""

import os
import re
from datetime import date
from pathlib import Path
from typing import Final

from crawlers.strictyaml import YamlError, read_keys

_LINE: Final = re.compile(rb"^verified:[ \t]+[^\s#]+(?=[ \t]*(?:#.*)?\r?$)", re.MULTILINE)


class NotMarked(Exception):
    """The file was left as it is; the message says why."""


def mark_verified(path: Path, day: date) -> bool:
    """Write ``verified: day`` into a site's file; False where it says so already.

    Every other byte stays. What would be written is read first, as every crawl reads it, and
    takes the file's place in one step. Raises NotMarked and OSError.
    """
    path = path.resolve()  # the file itself, where it is linked from elsewhere
    before = path.read_bytes()
    lines = _LINE.findall(before)
    if len(lines) != 1:
        raise NotMarked(f"{path}: no line 'verified: …' of its own; add 'verified: false'")
    after = _LINE.sub(f"verified: {day.isoformat()}".encode(), before)
    if after == before:
        return False
    draft = path.with_name(f".{path.stem}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(path.stat().st_mode & 0o777)
        _prove(path, draft, day)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _prove(path: Path, draft: Path, day: date) -> None:
    """That the draft says the day, and otherwise what the file says."""
    try:
        old, new = read_keys(path), read_keys(draft)
    except YamlError as error:
        raise NotMarked(f"{path}: {error}") from error
    if new != {**old, "verified": day}:
        raise NotMarked(
            f"{path}: 'verified' cannot be changed without changing more; do it by hand"
        )
