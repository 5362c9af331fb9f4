"""Reading beside a writer, in seconds: ``benchmarks/browsing.py`` at a small size."""

import subprocess
import sys

from loopback import ROOT


def test_pages_and_writer_never_stand_in_each_other_s_way() -> None:
    """How long it takes is the benchmark's matter, and its exit status."""
    ended = subprocess.run(
        [sys.executable, "benchmarks/browsing.py", "--articles", "300", "--minutes", "0.1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert "wrong answers, errors and lock messages: 0" in ended.stdout, ended.stdout + ended.stderr
    assert "one client, one writer" in ended.stdout
