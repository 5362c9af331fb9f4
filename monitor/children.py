"""Commands as children that can neither hang, leak, flood nor outlive their parent."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from crawlers.clock import Clock

MEMORY: Final = 2 << 30
"""Bytes of address space. An ordinary crawl takes an eighth of it; Scrapy's own limit is lower."""
KEPT_OUTPUT: Final = 64 << 10
"""Bytes: of what a child prints, the last so many are kept."""
FIRST_GRACE: Final = 12.0
"""Real seconds after SIGTERM: a crawl ends its requests and releases what it confirmed."""
SECOND_GRACE: Final = 6.0
"""Real seconds after the second SIGTERM, on which Scrapy waits for nothing more."""
LEAST_LIMIT: Final = 300.0
"""Real seconds: a clock that runs fast does not make a process start faster."""

_LAUNCHER: Final = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOrder:
    """What to run: ``command`` begins with a program's path, ``memory`` is in bytes (0: all)."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    time_limit: timedelta | None = None
    memory: int = MEMORY


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEnd:
    """How a child ended; ``exit_status`` is negative for a signal. ``lines`` are its last ones."""

    exit_status: int
    timed_out: bool
    lines: tuple[str, ...]


async def run_child(order: ChildOrder, clock: Clock) -> ChildEnd:
    """Run a child to its end, or to its time limit on ``clock``.

    It leads a process group of its own and is killed when this process dies. Whatever ends
    the waiting (time limit, cancellation) ends the child: SIGTERM, SIGTERM, SIGKILL.
    """
    child = await asyncio.create_subprocess_exec(
        *_launched(order),
        cwd=order.folder,
        env=order.environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        process_group=0,
    )
    assert child.stdout is not None
    output = bytearray()
    reading = asyncio.create_task(_keep_last(child.stdout, output))
    try:
        timed_out = await _ended_late(child, _real_limit(order.time_limit, clock))
    finally:
        await _end(child)
        await _finish_reading(reading)
    assert child.returncode is not None
    return ChildEnd(exit_status=child.returncode, timed_out=timed_out, lines=_lines(output))


def _launched(order: ChildOrder) -> list[str]:
    launcher = [sys.executable, "-I", "-S", str(_LAUNCHER)]
    return [*launcher, str(os.getpid()), str(order.memory), *order.command]


def _real_limit(limit: timedelta | None, clock: Clock) -> float | None:
    if limit is None:
        return None
    return max(clock.wait_seconds(limit), min(limit.total_seconds(), LEAST_LIMIT))


async def _ended_late(child: asyncio.subprocess.Process, seconds: float | None) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await child.wait()
    except TimeoutError:
        return True
    return False


async def _end(child: asyncio.subprocess.Process) -> None:
    """Down the ladder, as far as needed; then nothing of the child's group is left."""
    for grace in (FIRST_GRACE, SECOND_GRACE):
        if child.returncode is None:
            _signal_group(child.pid, signal.SIGTERM)
            await _ended_late(child, grace)
    _signal_group(child.pid, signal.SIGKILL)
    await child.wait()


def _signal_group(leader: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # all of it has ended
        os.killpg(leader, number)


async def _keep_last(stream: asyncio.StreamReader, output: bytearray) -> None:
    while chunk := await stream.read(KEPT_OUTPUT):
        output += chunk
        del output[: -KEPT_OUTPUT - 1]


async def _finish_reading(reading: asyncio.Task[None]) -> None:
    """What was printed before the end is in the pipe; one that left the group may keep it open."""
    await asyncio.wait([reading], timeout=1)
    reading.cancel()
    await asyncio.wait([reading])


def _lines(output: bytearray) -> tuple[str, ...]:
    """The lines printed last; where more was printed, whole lines only, and it is said."""
    if len(output) <= KEPT_OUTPUT:
        return tuple(output.decode(errors="replace").splitlines())
    whole = output.partition(b"\n")[2] or output
    return ("(what was printed before is left out)", *whole.decode(errors="replace").splitlines())
