"""Couriers: children of the sender that take messages away, and are ended when they are late."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import monitor.launch
from monitor.notify.outcome import Outcome, from_line, unanswered, unreached

STARTING: Final = 30.0
"""Real seconds that a courier may take to begin, on a machine that has much to do."""
MEMORY: Final = 2 << 30
"""Bytes of address space."""
_READY: Final = b"ready\n"


class Courier:
    """One child for one address; it is started when it is first needed, and again when it died."""

    def __init__(self, kind: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._kind, self._folder = kind, folder
        # What is configured is asked, and nobody else: no proxy, no .netrc.
        plain = {name: value for name, value in environment.items() if not _is_proxy(name)}
        self._environment = {**plain, "NETRC": os.devnull}
        self._child: Process | None = None

    async def carry(self, order: Mapping[str, Any], *, time_limit: float) -> Outcome:
        """Have a message taken; ``time_limit`` in real seconds, then the child is killed."""
        try:
            async with asyncio.timeout(STARTING):
                child = await self._ready()
        except (TimeoutError, asyncio.IncompleteReadError):
            await self.end()
            return unreached("no courier could be started")
        try:
            async with asyncio.timeout(time_limit):
                return await _ask(child, order)
        except TimeoutError:
            await self.end()
            return unanswered("the time limit of a try was over")
        except (ConnectionError, ValueError):
            await self.end()
            return unanswered("the courier ended before it said what became of it")

    async def end(self) -> None:
        """Leave nothing behind."""
        child, self._child = self._child, None
        if child is not None:
            if child.returncode is None:
                child.kill()
            await child.wait()

    async def _ready(self) -> Process:
        if self._child is None:
            launcher = [sys.executable, "-I", "-S", monitor.launch.__file__]
            self._child = await asyncio.create_subprocess_exec(
                *launcher,
                str(os.getpid()),
                str(MEMORY),
                *(sys.executable, "-m", "monitor.notify.courier", self._kind),
                cwd=self._folder,
                env=self._environment,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,  # an error of a library may show the address
            )
            assert self._child.stdout is not None
            await self._child.stdout.readexactly(len(_READY))
        return self._child


def _is_proxy(name: str) -> bool:
    return name.lower().endswith("_proxy")


async def _ask(child: Process, order: Mapping[str, Any]) -> Outcome:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(order).encode() + b"\n")
    await child.stdin.drain()
    return from_line(json.loads(await child.stdout.readline()))
