"""The daemon's other children: upkeep of the store, one after the other."""

import asyncio
import logging
import os
import sys
from datetime import timedelta
from typing import Final

from crawlers.clock import Clock
from monitor.children import ChildOrder, run_child
from monitor.project import Project

logger = logging.getLogger(__name__)

TIME_LIMIT: Final = timedelta(hours=3)


class Errands:
    """Runs ``python -m monitor.upkeep``."""

    def __init__(self, project: Project, clock: Clock) -> None:
        self._project = project
        self._clock = clock
        self._one = asyncio.Lock()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def set_project(self, project: Project) -> None:
        self._project = project

    def run(self, kind: str) -> None:
        """Do the upkeep of that kind after what is being done; not while it is asked for."""
        if kind not in self._tasks:
            task = asyncio.create_task(self._run(kind), name=f"upkeep: {kind}")
            self._tasks[kind] = task
            task.add_done_callback(lambda task: self._done(kind, task))

    async def stop(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, kind: str) -> None:
        async with self._one:
            environment = {
                **os.environ,
                "BAOWATCH_STORE": str(self._project.store),
                "BAOWATCH_CONFIG": str(self._project.config),
            }
            order = ChildOrder(
                command=[sys.executable, "-m", "monitor.upkeep", kind],
                folder=self._project.folder,
                environment=environment,
                time_limit=TIME_LIMIT,
            )
            end = await run_child(order, self._clock)
        failed = end.exit_status != 0
        for line in (*end.lines, *[f"exit status {end.exit_status}"] * failed):
            logger.log(logging.WARNING if failed else logging.INFO, "%s: %s", kind, line)

    def _done(self, kind: str, task: asyncio.Task[None]) -> None:
        del self._tasks[kind]
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s: upkeep could not be done", kind, exc_info=error)
