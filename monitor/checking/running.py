"""Probes several sites side by side and judges them, with progress on a terminal."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from crawlers.site import Site
from monitor.checking.verdict import Verdict, judged
from monitor.probing import Probe, ProbeOrder, probe_sites
from monitor.project import Project

MOST_LIVE = 8
"""Children at a time on live portals: they mostly wait for their turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWish:
    """``articles`` of each site; ``environment`` of the children (a replica's)."""

    articles: int = 5
    side_by_side: int
    environment: Mapping[str, str] = field(default_factory=dict)


def usual_number(*, is_replica: bool) -> int:
    """So many children at a time, as the machine allows."""
    processors = os.cpu_count() or 2
    return processors if is_replica else min(MOST_LIVE, 4 * processors)


async def check_sites(project: Project, sites: Sequence[Site], wish: CheckWish) -> list[Verdict]:
    """A verdict for each site, in their order. Raises StoreError (see ``probing``)."""
    orders = [
        ProbeOrder(site=site, articles=wish.articles, environment=wish.environment)
        for site in sites
    ]
    with _Shown(len(sites)) as shown:
        probes = await probe_sites(
            project,
            orders,
            side_by_side=wish.side_by_side,
            begun=shown.begun,
            ended=shown.ended,
        )
    return [judged(site, probe) for site, probe in zip(sites, probes, strict=True)]


class _Shown(Progress):
    """How many sites are done and which are being asked, on stderr; nothing where it is piped."""

    def __init__(self, number: int) -> None:
        console = Console(stderr=True)
        super().__init__(
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._asked: list[str] = []
        self._bar = self.add_task("", total=number)

    def begun(self, site: str) -> None:
        self._asked.append(site)
        self._say()

    def ended(self, probe: Probe) -> None:
        self._asked.remove(probe.site)
        self.advance(self._bar)
        self._say()

    def _say(self) -> None:
        self.update(self._bar, description=", ".join(self._asked))
