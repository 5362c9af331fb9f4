"""Calls in processes of their own, in order: one that hangs or dies stops no other."""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

CALLS_PER_PROCESS = 200
"""Then a fresh process takes over: what a library leaks is given back."""
LONGEST_START = 120.0
"""Seconds in which a process must have started, on a machine under load."""

Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A call without an answer; ``reason`` is for people."""

    reason: str


def call_apart(
    call: Callable[[Argument], Answer],
    arguments: Sequence[Argument],
    *,
    seconds: float,
    processes: int | None = None,
) -> Iterator[Answer | Broken]:
    """The answers of ``call`` to each argument, in their order, each as soon as it can be.

    A call has ``seconds``; then its process is ended. Spawned processes, since threads do
    not scale over parsing and a fork beside threads has corrupted heaps.
    """
    count = min(processes or os.cpu_count() or 1, len(arguments))
    calls = _Calls(call, arguments, seconds)
    try:
        for number in range(len(arguments)):
            while number not in calls.answers:
                calls.hand_out(count)
                calls.listen()
            yield calls.answers.pop(number)
    finally:
        for room in calls.rooms:
            room.close()


@dataclass(slots=True, kw_only=True)
class _Room:
    """A process and the number of the call that it is at; given up at the time ``until``."""

    process: BaseProcess
    pipe: Connection
    until: float
    started: bool = False
    at: int | None = None
    calls: int = 0

    def close(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Calls(Generic[Argument, Answer]):
    def __init__(
        self, call: Callable[[Argument], Answer], arguments: Sequence[Argument], seconds: float
    ) -> None:
        self.answers: dict[int, Answer | Broken] = {}
        self.rooms: list[_Room] = []
        self._call = call
        self._waiting = deque(enumerate(arguments))
        self._seconds = seconds

    def hand_out(self, count: int) -> None:
        """Give waiting calls to idle processes; start processes, up to ``count``."""
        for room in tuple(self.rooms):
            if room.started and room.at is None:
                self._give(room)
        while len(self.rooms) < min(count, len(self._waiting) + self._busy()):
            self.rooms.append(_open(self._call))

    def listen(self) -> None:
        """Wait until a process has started, answered, died or used up its time."""
        soonest = min(room.until for room in self.rooms)
        speaking = wait(
            [room.pipe for room in self.rooms], timeout=max(0.0, soonest - time.monotonic())
        )
        for room in tuple(self.rooms):
            if room.pipe in speaking:
                self._hear(room)
            elif room.until <= time.monotonic():
                self._give_up(room, f"took more than {self._seconds:.0f} seconds")

    def _busy(self) -> int:
        return sum(room.at is not None for room in self.rooms)

    def _give(self, room: _Room) -> None:
        if room.calls == CALLS_PER_PROCESS or not self._waiting:
            room.close()
            self.rooms.remove(room)
            return
        room.at, argument = self._waiting.popleft()
        room.calls += 1
        room.until = time.monotonic() + self._seconds
        try:
            room.pipe.send(argument)
        except OSError:
            self._lost(room)

    def _hear(self, room: _Room) -> None:
        try:
            answer = room.pipe.recv()
        except (EOFError, OSError):
            self._lost(room)
            return
        if room.at is not None:
            self.answers[room.at] = answer
        room.started, room.at, room.until = True, None, float("inf")

    def _lost(self, room: _Room) -> None:
        room.process.join()
        self._give_up(room, f"ended its process (status {room.process.exitcode})")

    def _give_up(self, room: _Room, reason: str) -> None:
        room.close()
        self.rooms.remove(room)
        if room.at is None and self._waiting:  # it never started: nor may the next one
            room.at, _ = self._waiting.popleft()
        if room.at is not None:
            self.answers[room.at] = Broken(reason=reason)


def _open(call: Callable[[Any], Any]) -> _Room:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(call, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Room(process=process, pipe=ours, until=time.monotonic() + LONGEST_START)


def _serve(call: Callable[[Any], Any], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked ends it
    pipe.send(None)
    while True:
        try:
            argument = pipe.recv()
        except EOFError:
            return
        pipe.send(call(argument))
