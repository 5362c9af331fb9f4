"""What was committed or told outlasts a power cut at any moment.

The short form; ``make soak`` cuts the power two hundred times.
"""

from pathlib import Path

import pytest
from kills import Scene
from powercuts import cuts


@pytest.mark.timeout(600)
def test_what_was_told_outlasts_a_power_cut(tmp_path: Path) -> None:
    with Scene(tmp_path, "baoninhbinh", seed=5).playing() as scene:
        made = cuts(scene, 7, empty=False, name="cut")
    assert len(made) > 5
    assert [cut.faults for cut in made] == [[]] * len(made)
    assert made[-1].lines > 0
    assert any(cut.log_bytes for cut in made)
