"""A child can neither hang, leak, flood nor outlive its parent."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.clock import SystemClock
from monitor import children
from monitor.children import KEPT_OUTPUT, ChildEnd, ChildOrder, run_child

ROOT = Path(__file__).parents[1]

# What it prints first says that it is ready for whatever the test does to it.
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: print("asked to end", flush=True))
print("ready", flush=True)
while True:
    time.sleep(60)
"""

# Tells its number by a file that appears whole.
TELLING = """
import os, time
with open("pid.new", "w") as file:
    file.write(str(os.getpid()))
os.rename("pid.new", "pid")
time.sleep(600)
"""
PARENT = """
import asyncio, os, sys
from pathlib import Path
from crawlers.clock import SystemClock
from monitor.children import ChildOrder, run_child
command = [sys.executable, "-c", sys.argv[1]]
order = ChildOrder(command=command, folder=Path(sys.argv[2]), environment=dict(os.environ))
asyncio.run(run_child(order, SystemClock()))
"""


def order(program: str, folder: Path, **more: object) -> ChildOrder:
    return ChildOrder(
        command=[sys.executable, "-c", program],
        folder=folder,
        environment=dict(os.environ),
        **more,  # type: ignore[arg-type]
    )


def run(program: str, folder: Path, **more: object) -> ChildEnd:
    return asyncio.run(run_child(order(program, folder, **more), SystemClock()))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def until_dead(pid: int) -> bool:
    """Waits for the system to end a process that was killed; False when it does not."""
    deadline = time.monotonic() + 60
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_it_tells_how_it_ended_and_what_it_said(tmp_path: Path) -> None:
    end = run("import sys; print('one'); print('two', file=sys.stderr); sys.exit(3)", tmp_path)
    assert (end.exit_status, end.timed_out) == (3, False)
    assert sorted(end.lines) == ["one", "two"]


def test_it_runs_in_a_group_of_its_own_and_in_its_folder(tmp_path: Path) -> None:
    end = run("import os; print(os.getpgrp() == os.getpid(), os.getcwd())", tmp_path)
    assert end.lines == (f"True {tmp_path}",)


def test_an_abort_is_told_as_its_signal(tmp_path: Path) -> None:
    end = run("import os; print('before', flush=True); os.abort()", tmp_path)
    assert (end.exit_status, end.lines) == (-signal.SIGABRT, ("before",))
    assert not list(tmp_path.iterdir())  # no core file


def test_one_that_is_deaf_to_sigterm_is_killed_after_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "FIRST_GRACE", 0.5)
    monkeypatch.setattr(children, "SECOND_GRACE", 0.5)
    end = run(STUBBORN, tmp_path, time_limit=timedelta(seconds=5))
    assert (end.exit_status, end.timed_out) == (-signal.SIGKILL, True)
    assert end.lines == ("ready", "asked to end", "asked to end")


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    program = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
"""
    end = run(program, tmp_path)
    assert end.exit_status == 0
    assert until_dead(int(end.lines[0]))


def test_one_that_prints_for_ever_fills_no_memory(tmp_path: Path) -> None:
    program = """
import sys
line = "x" * 99 + "\\n"
for number in range(1_000_000):
    sys.stdout.write(line)
print("the end")
"""
    end = run(program, tmp_path)
    assert end.exit_status == 0
    assert sum(len(line) + 1 for line in end.lines) <= KEPT_OUTPUT + 200
    assert end.lines[-1] == "the end"
    assert "left out" in end.lines[0]
    assert set(end.lines[1:-1]) == {"x" * 99}


def test_one_that_leaks_meets_its_limit(tmp_path: Path) -> None:
    program = """
leak = []
while True:
    leak.append(bytearray(16 << 20))
"""
    end = run(program, tmp_path, memory=256 << 20)
    assert end.exit_status == 1
    assert end.lines[-1] == "MemoryError"


def test_it_ends_when_nobody_waits_any_more(tmp_path: Path) -> None:
    async def begin_and_leave() -> int:
        task = asyncio.create_task(run_child(order(TELLING, tmp_path), SystemClock()))
        while not (tmp_path / "pid").exists():
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return int((tmp_path / "pid").read_text())

    assert not is_alive(asyncio.run(begin_and_leave()))


def test_none_survives_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, TELLING, str(tmp_path)], cwd=ROOT)
    while not (tmp_path / "pid").exists():
        assert parent.poll() is None
        time.sleep(0.02)
    pid = int((tmp_path / "pid").read_text())
    assert is_alive(pid)
    parent.kill()
    parent.wait()
    assert until_dead(pid)
