"""Six portals and more on 127.0.0.1, one port, told apart by the Host header."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from crawlers.clock import Clock, SystemClock
from crawlers.site import Site
from monitor.replica import answering
from monitor.replica.answered import Answered
from monitor.replica.answering import Response
from monitor.replica.families import FamilyFault, faults_of, standing_portals
from monitor.replica.faults import Fault, Outage
from monitor.replica.layout import Layout
from monitor.replica.newsroom import USUAL as USUAL_PLOT
from monitor.replica.newsroom import Plot
from monitor.replica.noise import USUAL, Noise
from monitor.replica.portals import PORTALS, has_script, portal_at
from monitor.replica.script import EDITIONS, Script, script
from monitor.replica.wire import PortalServer


class Replica:
    """The portals of one script, served while the context is open.

    ``noise`` False serves clean pages, True the usual operators of noise.py, a set of
    names just those. ``layout_seed`` is drawn anew when not given. ``outages`` go before
    ``faults``, which are the tests' own, and these before the edition's; ``scripted_faults``
    turns the latter off. ``clock`` may be replaced at any time; relative times, the portals'
    clocks and outages ask it, and with ``by_clock`` which edition it is, too.
    ``sites`` that no script serves get portals that stand still, some of them with the faults
    ``family_faults`` (drawn from the seed when not given).
    ``on_request`` is called with the running number (from 1) before a request is answered.
    """

    def __init__(
        self,
        seed: int,
        *,
        clock: Clock | None = None,
        start: datetime | None = None,
        layout_seed: int | None = None,
        noise: bool | frozenset[str] = True,
        editions: int = EDITIONS,
        scripted_faults: bool = True,
        plot: Plot = USUAL_PLOT,
        outages: Sequence[Outage] = (),
        by_clock: bool = False,
        sites: Sequence[Site] = (),
        family_faults: Mapping[str, FamilyFault] | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        start = start or self.clock.now()
        self.script: Script = script(seed, start=start, editions=editions, plot=plot)
        self.outages = tuple(outages)
        self.layout_seed = time.time_ns() if layout_seed is None else layout_seed
        further = [site for site in sites if not has_script(site.name)]
        drawn = faults_of(seed, further) if family_faults is None else family_faults
        named = {site.name for site in further}
        self.faults_scripted = {site: one for site, one in drawn.items() if site in named}
        self._standing = standing_portals(
            seed, further, start, self.faults_scripted, layout_seed=self.layout_seed
        )
        self.on_request: Callable[[int], None] | None = None
        self.requests: list[Answered] = []
        self._layouts = {portal.site: self.layout_seed for portal in PORTALS}
        self._redesigned: set[str] = set()
        self._noise = noise if isinstance(noise, frozenset) else USUAL if noise else frozenset()
        self._scripted_faults = scripted_faults
        self._by_clock = by_clock
        self._lock = threading.Lock()
        self._faults: list[tuple[Fault, list[int]]] = []
        self._edition_faults: list[tuple[Fault, list[int]]] = []
        self._number = 0
        self._stopped = threading.Event()
        self._server = PortalServer(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.set_edition(0)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def origins(self) -> dict[str, str]:
        """Real origin (scheme and host) → the replica's, for every host of every portal."""
        target = f"http://127.0.0.1:{self.port}"
        bare = {host.removeprefix("www.") for portal in PORTALS for host in portal.hosts}
        bare |= self._standing.keys()
        hosts = sorted(bare | {f"www.{host}" for host in bare})
        return {f"{scheme}://{host}": target for host in hosts for scheme in ("https", "http")}

    def serves(self, host: str) -> bool:
        """Whether a portal stands at the host."""
        return portal_at(host) is not None or host.removeprefix("www.") in self._standing

    @property
    def edition(self) -> int:
        """The number of the edition that is served."""
        if self._by_clock:
            self._keep_up()
        return self._edition

    def _keep_up(self) -> None:
        now = self.clock.now()
        begun = [one.number for one in self.script.editions if one.begins_at <= now]
        if begun and begun[-1] != self._edition:
            self.set_edition(begun[-1])

    def set_edition(self, number: int) -> None:
        """Serve edition ``number`` (0-based) from now on. Raises IndexError beyond the script."""
        if not 0 <= number < len(self.script.editions):
            raise IndexError(
                f"the script has the editions 0 to {len(self.script.editions) - 1}, not {number}; "
                "ask for more with editions=…"
            )
        faults = self.script.editions[number].faults if self._scripted_faults else ()
        with self._lock:
            self._edition = number
            self._edition_faults = [(fault, [0]) for fault in faults]

    def advance(self) -> None:
        """Serve the next edition."""
        self.set_edition(self.edition + 1)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The tests' own faults; assign a sequence to replace them (counts begin anew)."""
        return tuple(fault for fault, _ in self._faults)

    @faults.setter
    def faults(self, faults: tuple[Fault, ...] | list[Fault]) -> None:
        with self._lock:
            self._faults = [(fault, [0]) for fault in faults]

    def relayout(self, site: str, layout_seed: int) -> None:
        """Give a portal a new template: other class names, another depth of wrappers."""
        self._layouts[site] = layout_seed

    def redesign(self, site: str, layout_seed: int) -> None:
        """Give a portal a new template that also prints lines of its own in every article."""
        self._layouts[site] = layout_seed
        self._redesigned.add(site)

    def answer(
        self,
        host: str,
        target: str,
        headers: Mapping[str, str],
        number: int,
        *,
        has_left: Callable[[], bool] = lambda: False,
    ) -> Response | None:
        """The answer to request ``number``; None: tear the connection down.

        A hanging portal asks ``has_left`` whether the client still waits.
        """
        request = answering.asked(host, target)
        seed = f"{self.script.seed} {number}"
        noise = Noise(seed, on=self._noise, now=self.clock.now())
        if standing := self._standing.get(request.host):
            return standing.answer(request, headers, noise)
        portal = portal_at(request.host)
        if portal is None:
            return answering.directory(self.port, sorted(self._standing))
        edition = self.script.editions[self.edition]
        fault = self._struck(portal.site, request.host, request.path)
        if fault and fault.kind == "slow":
            self._stopped.wait(fault.seconds)
        elif fault and fault.kind == "hang":
            while not (self._stopped.wait(0.005) or has_left()):
                pass
            return None
        elif fault:
            return answering.at_fault(fault, noise)
        return answering.respond(
            request,
            portal,
            served=edition.portals[portal.site],
            layout=Layout(
                site=portal.site,
                seed=self._layouts[portal.site],
                redesigned=portal.site in self._redesigned,
            ),
            noise=noise,
            headers=headers,
        )

    def _struck(self, site: str, host: str, path: str) -> Fault | None:
        now = self.clock.now()
        for outage in self.outages:
            if fault := outage.fault(site, path, now):
                return fault
        with self._lock:
            for fault, count in (*self._faults, *self._edition_faults):
                if fault.fits(host, path) and (fault.times is None or count[0] < fault.times):
                    count[0] += 1
                    return fault
        return None

    def begin(self) -> int:
        """The number of a request that has just come in."""
        with self._lock:
            self._number += 1
            number = self._number
        if self.on_request:
            self.on_request(number)
        return number

    def note(self, answered: Answered) -> None:
        """Remember a request."""
        with self._lock:
            self.requests.append(answered)
