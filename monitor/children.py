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
LAST_WORDS: Final = 1.0
"""Real seconds in which the rest of the output is read; one that left the group may hold on."""
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
    transport, child = await asyncio.get_running_loop().subprocess_exec(
        _Child,
        *_launched(order),
        cwd=order.folder,
        env=order.environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        process_group=0,
    )
    try:
        timed_out = not await _within(_real_limit(order.time_limit, clock), child.exited)
    finally:
        await _end(transport.get_pid(), child)
        transport.close()
    status = transport.get_returncode()
    assert status is not None
    return ChildEnd(exit_status=status, timed_out=timed_out, lines=_lines(child.output))


class _Child(asyncio.SubprocessProtocol):
    """What asyncio tells of a child; ``over`` when it has ended and all it printed was read."""

    def __init__(self) -> None:
        self.output = bytearray()
        self.exited = asyncio.Event()
        self.over = asyncio.Event()

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 (asyncio's)
        self.output += data
        del self.output[: -KEPT_OUTPUT - 1]

    def process_exited(self) -> None:
        self.exited.set()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's)
        self.over.set()


def _launched(order: ChildOrder) -> list[str]:
    launcher = [sys.executable, "-I", "-S", str(_LAUNCHER)]
    return [*launcher, str(os.getpid()), str(order.memory), *order.command]


def _real_limit(limit: timedelta | None, clock: Clock) -> float | None:
    if limit is None:
        return None
    return max(clock.wait_seconds(limit), min(limit.total_seconds(), LEAST_LIMIT))


async def _within(seconds: float | None, event: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


async def _end(leader: int, child: _Child) -> None:
    """Down the ladder, as far as needed; then nothing of the child's group is left."""
    for grace in (FIRST_GRACE, SECOND_GRACE):
        if not child.exited.is_set():
            _signal_group(leader, signal.SIGTERM)
            await _within(grace, child.exited)
    _signal_group(leader, signal.SIGKILL)
    await child.exited.wait()
    await _within(LAST_WORDS, child.over)


def _signal_group(leader: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # all of it has ended
        os.killpg(leader, number)


def _lines(output: bytearray) -> tuple[str, ...]:
    """The lines printed last; where more was printed, whole lines only, and it is said."""
    if len(output) <= KEPT_OUTPUT:
        return tuple(output.decode(errors="replace").splitlines())
    whole = output.partition(b"\n")[2] or output
    return ("(what was printed before is left out)", *whole.decode(errors="replace").splitlines())
