"""The daemon's sender: a child that is started when something is owed to somebody."""

import asyncio
import logging
import os
import sys
from datetime import datetime, timedelta
from typing import Final

from crawlers.clock import Clock
from monitor.children import ChildOrder, run_child
from monitor.project import Project
from pipelines.store import outbox, sending
from pipelines.store.opening import Store

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = timedelta(seconds=10)
TIME_LIMIT: Final = timedelta(minutes=30)
"""Of one pass; what is left then is owed still, and the next one sends it."""
REST: Final = timedelta(minutes=1)
"""After a pass that could not be made."""


class Postman:
    """Runs ``python -m monitor.notify``. What is owed, and when, stands in the store alone."""

    def __init__(self, store: Store, project: Project, clock: Clock, *, has_routes: bool) -> None:
        self._store, self._clock = store, clock
        self._task: asyncio.Task[None] | None = None
        self._rests_until: datetime | None = None
        self.set_project(project, has_routes=has_routes)

    def set_project(self, project: Project, *, has_routes: bool) -> None:
        """Go by this configuration; routes that are new in it begin with the next pass."""
        self._project, self._has_routes = project, has_routes
        self._must_pass = has_routes or bool(outbox.route_names(self._store.reader))

    def note_clock_was_set(self) -> None:
        """What waits may wait for moments that a wrong clock named: a pass sees to it."""
        self._must_pass, self._rests_until = True, None

    def next_look(self, moment: datetime) -> datetime:
        return moment + LOOK_EVERY

    def look(self) -> None:
        """Start a sender if there is something for it to do, and none is at work."""
        now = self._clock.now()
        if self._task is not None or (self._rests_until and now < self._rests_until):
            return
        due = sending.next_moment(self._store.reader, with_outbox=self._has_routes)
        if self._must_pass or (due is not None and due <= now):
            must_pass, self._must_pass, self._rests_until = self._must_pass, False, None
            self._task = asyncio.create_task(self._send(must_pass=must_pass), name="sender")
            self._task.add_done_callback(self._done)

    async def stop(self) -> None:
        """End the sender that is at work; what it was sending is owed still."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _send(self, *, must_pass: bool) -> None:
        order = ChildOrder(
            command=[sys.executable, "-m", "monitor.notify"],
            folder=self._project.folder,
            environment={
                **os.environ,
                "BAOWATCH_STORE": str(self._project.store),
                "BAOWATCH_CONFIG": str(self._project.config),
            },
            time_limit=TIME_LIMIT,
        )
        end = await run_child(order, self._clock)
        was_made = end.exit_status == 0
        if not was_made:
            self._must_pass = self._must_pass or must_pass
            self._rests_until = self._clock.now() + REST
        for line in (*end.lines, *[f"exit status {end.exit_status}"] * (not was_made)):
            logger.log(logging.INFO if was_made else logging.WARNING, "notify: %s", line)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if not task.cancelled() and (error := task.exception()):
            self._rests_until = self._clock.now() + REST
            logger.error("notify: the sender could not be started", exc_info=error)
