"""One whole portal of the replica moves in a night: three crawls by the one engine."""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from moving import play


def test_a_portal_moves_in_a_night_and_nothing_is_counted_twice(tmp_path: Path) -> None:
    """Half of its addresses redirect, half are gone; more rounds: ``benchmarks/moving.py``."""
    moved = play(6, "half", tmp_path, rounds=3, moves_at=1)
    assert (moved.doubled, moved.lost) == (0, 0), moved
    assert not moved.false, moved
    assert moved.after == moved.before
    assert moved.told["moved"] == moved.before - 1
    assert moved.told["withdrawn"] == 0, "not certain yet"
    assert moved.missed <= Counter(edited=1), (
        "of the two of that night, where the address was gone an edit takes a round more"
    )
    assert moved.opened.count("portal_moves") == 1
