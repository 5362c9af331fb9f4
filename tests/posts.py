"""A desk whose changes are told: routes, a receiver, and a sender that goes by the desk's clock."""

import asyncio
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

from desks import BODY, SITE, Newsroom
from loopback import ROOT

from monitor.notify.courier import Order, carrier
from monitor.notify.notifyfile import load_notifications
from monitor.notify.outcome import Outcome
from monitor.notify.sender import Office, Pass, send_all
from pipelines.store import changes
from pipelines.store.rows import Row, rows

SECRET = "a secret of many letters"
ENVIRONMENT = {"HOOK_SECRET": SECRET}
URL, OTHER = "/tin/cau-moi", "/tin/truong-hoc"
DESK = """
channels:
  desk: {{webhook: '{address}', secret: '${{HOOK_SECRET}}', timeout: 5s, time_limit: 20s{more}}}
routes:
"""


class Near:
    """A courier without a process of its own, which takes longer to start than to send."""

    def __init__(self, kind: str, *rest: object) -> None:
        self._carry = carrier(kind) if kind else None

    async def carry(self, order: Order, *, time_limit: float) -> Outcome:
        assert self._carry is not None
        return await asyncio.to_thread(self._carry, order)

    async def end(self) -> None:
        """Nothing is left of it."""


class Post:
    """``file`` is written anew by :meth:`route`; :meth:`send` is one pass of the sender."""

    def __init__(self, folder: Path, address: str) -> None:
        self.file = folder / "notify.yml"
        self.address = address
        self.room = Newsroom(folder / "store.db")
        self.room.baseline(URL, OTHER)
        self.lines = 0
        self.said: list[str] = []
        self.environment = dict(ENVIRONMENT)
        self.has_children = False
        """Whether couriers are processes of their own, as they are outside of tests."""

    def route(self, routes: str, *, more: str = "", channels: str | None = None) -> None:
        """Routes in YAML, one a line, to a webhook ``desk``; they begin at once."""
        written = channels or DESK.format(address=self.address, more=more)
        self.file.write_text(written + "".join(f"  {line}\n" for line in routes.split("\n")))
        self.send()

    def edit(self, url: str = URL, line: str = "") -> int:
        """An edit that is released; its number."""
        self.lines += 1
        told = line or f"Công trình số {self.lines} được khởi công với {self.lines}0 tỷ đồng."
        number = (URL, OTHER).index(url)
        body = [f"{number}", *BODY, told]
        self.room.clock.pass_by(hours=8)
        self.room.begin()
        for _ in range(2):
            self.room.answer(url, title=f"Hội nghị số {number}", body=body)
            self.room.clock.pass_by(minutes=5)
        self.room.end()
        found = rows(self.room.store.reader, "SELECT max(id) AS id FROM changes")
        return int(found[0]["id"])

    def dismiss(self, change: int, why: str = "the date only") -> None:
        with self.room.store.writing() as db:
            changes.dismiss(db, change, self.room.clock.now(), why=why)

    def undo(self, change: int) -> None:
        with self.room.store.writing() as db:
            changes.undo_dismissal(db, change, self.room.clock.now())

    def send(self) -> Pass:
        notifications = load_notifications(self.file, [SITE.name], self.environment)
        office = Office(
            store=self.room.store,
            notifications=notifications,
            sites={SITE.name: SITE},
            clock=self.room.clock,
            folder=ROOT,
            environment=os.environ,
            say=self.said.append,
        )
        if self.has_children:
            return asyncio.run(send_all(office))
        with patch("monitor.notify.sender.Courier", Near):
            return asyncio.run(send_all(office))

    def deliveries(self, where: str = "1") -> list[Row]:
        return rows(self.room.store.reader, f"SELECT * FROM deliveries WHERE {where} ORDER BY id")

    def statuses(self) -> list[Any]:
        return [row["status"] for row in self.deliveries()]
