"""SIGKILL at any moment leaves a store that the next run continues without loss or doubling.

The short form; ``make soak`` kills by the dozen.
"""

from pathlib import Path

import pytest
from kills import Kill, Scene


@pytest.mark.timeout(600)
def test_a_killed_crawl_is_finished_by_the_next(tmp_path: Path) -> None:
    with Scene(tmp_path, "baoninhbinh", seed=5).playing() as scene:
        assert scene.pending_looks() > 0
        assert {kind for _, kind, *_ in scene.undisturbed["changes"]} >= {"edited", "withdrawn"}
        for kill in (Kill("request", 12), Kill("COMMIT", 40), Kill("BEGIN", 62)):
            outcome = scene.kill(kill)
            assert outcome.counts, outcome
            assert outcome.history == scene.undisturbed
            assert outcome.history["integrity"] == [("ok",)]
