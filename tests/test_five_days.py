"""Five simulated days with the daemon: nothing missed, nothing false, nobody bothered.

The long form is ``make soak``.
"""

import subprocess
import sys
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import campaign  # noqa: E402

SEED = "4"


@pytest.mark.timeout(1500)
def test_five_days_of_six_portals_with_a_daemon_that_is_killed() -> None:
    """What is told is what was scripted, and the server counts no impoliteness."""
    # Slow enough for a machine that runs other tests beside it.
    words = ["--days", "5", "--kills", "4", "--seed", SEED, "--rate", "900"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "soak.py"), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kills, 4 restarts" in done.stdout


@pytest.mark.parametrize("days", [5, 30])
def test_a_campaign_asks_for_nothing_that_cannot_be_seen(days: int) -> None:
    """Outages neither meet on a portal nor reach into the quiet days; two portals have none."""
    for seed in range(50):
        drawn = campaign.draw(seed, days=days, kills=7)
        quiet_from = campaign.START + timedelta(days=days) - drawn.plot.quiet * timedelta(hours=12)
        assert len(drawn.kills) == 7
        for outage in drawn.outages:
            assert campaign.START + timedelta(days=1) < outage.begins_at < outage.ends_at
            assert outage.ends_at <= quiet_from + timedelta(hours=12)
            assert outage.site not in (drawn.storm[0], "baoninhthuan")
        for one, other in combinations(drawn.outages, 2):
            first, then = sorted((one, other), key=lambda outage: outage.begins_at)
            apart = first.ends_at + timedelta(hours=12) <= then.begins_at
            assert one.site != other.site or apart
