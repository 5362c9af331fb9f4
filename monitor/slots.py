"""At most so many at a time, in the order they came."""

import asyncio
from collections import deque
from types import TracebackType


class Slots:
    """Like asyncio.Semaphore, but its number may change while some are taken."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._taken = 0
        self._queue: deque[asyncio.Future[None]] = deque()

    def set_number(self, number: int) -> None:
        """From now on so many; those that are too many by that end by themselves."""
        self._number = number
        self._admit()

    async def __aenter__(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def _admit(self) -> None:
        while self._queue and self._taken < self._number:
            turn = self._queue.popleft()
            if not turn.done():
                self._taken += 1
                turn.set_result(None)

    def _leave(self) -> None:
        self._taken -= 1
        self._admit()
