"""The daemon with real crawls: nothing that one site does stops the others, or the daemon."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from daemons import SITES, START, Portals, Room
from test_children import until_dead

from pipelines.holding import hold, site_lock

BAD = SITES[0]


@pytest.fixture
def portals() -> Iterator[Portals]:
    with Portals().serving() as portals:
        yield portals


@pytest.fixture
def room(tmp_path: Path, portals: Portals) -> Room:
    return Room(tmp_path, portals, rate=100.0)


def only(*sites: str) -> str:
    """The part of a schedule by which no other site is crawled."""
    never = ", ".join(f"{site}: {{cron: never}}" for site in SITES if site not in sites)
    return f"sites: {{{never}}}\n"


def test_bad_sites_hold_up_no_other(room: Room, portals: Portals) -> None:
    """One each that hangs, aborts, leaks and redirects for ever; the others are crawled whole."""
    hangs, aborts, leaks, redirects, *others = SITES
    portals.bad = {hangs: portals.hang, redirects: portals.redirect}
    with room.daemon(
        SCRAPY_SETTINGS_MODULE="misbehaving_settings",
        BAOWATCH_TEST_ABORTS=aborts,
        BAOWATCH_TEST_LEAKS=leaks,
    ) as daemon:
        for site in (hangs, aborts, leaks, redirects):
            daemon.until(lambda s=site: bool(room.runs(s)), f"the run of {site}")
        daemon.until(
            lambda: all(("finished", 2) in room.runs(site) for site in others),
            "a whole crawl of each other site",
        )
        daemon.until_said(f"{aborts}: ended by signal {int(signal.SIGABRT)}")
        daemon.until_said(rf"{leaks} \| .*MemoryError")
        for site in (hangs, aborts, redirects):
            assert ("finished", 2) not in room.runs(site)
        assert daemon.end() == 0
    assert room.rows("PRAGMA integrity_check") == [("ok",)]


def test_told_to_end_it_ends_its_crawls_and_leaves_a_clean_store(
    room: Room, portals: Portals
) -> None:
    for site in SITES:
        portals.bad[site] = portals.hang
    with room.daemon() as daemon:
        daemon.until(lambda: len(portals.asked) >= 2, "requests that hang")
        children = daemon.children()
        assert len(children) == 2
        assert daemon.end() == 0
    assert all(until_dead(pid) for pid in children)
    assert room.rows("PRAGMA integrity_check") == [("ok",)]


def test_no_crawl_outlives_a_daemon_that_is_killed_and_the_next_one_goes_on(
    room: Room, portals: Portals
) -> None:
    room.schedule(cron="*/10 * * * *", more=only(BAD, "bao2"))
    portals.bad = {BAD: portals.hang, "bao2": portals.hang}
    with room.daemon() as daemon:
        for site in portals.bad:
            daemon.until(lambda s=site: bool(room.runs(s)), f"a run of {site} that hangs")
        children = daemon.children()
        assert len(children) == 2
    assert all(until_dead(pid) for pid in children)
    assert room.runs(BAD) == room.runs("bao2") == [(None, 0)]
    portals.bad.clear()
    with room.daemon() as daemon:
        daemon.until(lambda: ("finished", 2) in room.runs(BAD), "the crawl after")
        assert daemon.end() == 0
    assert room.runs(BAD)[0] == ("died", 0)


def test_a_crawl_that_is_killed_is_told_and_made_again(room: Room, portals: Portals) -> None:
    portals.bad[BAD] = portals.hang
    room.schedule(cron="*/10 * * * *", more=only(BAD), side_by_side=1)
    with room.daemon() as daemon:
        daemon.until(lambda: bool(room.runs(BAD)), "a run that hangs")
        (pid,) = daemon.children()
        os.kill(pid, signal.SIGKILL)
        portals.bad.clear()
        daemon.until_said(f"{BAD}: ended by signal {int(signal.SIGKILL)}")
        daemon.until(lambda: ("finished", 2) in room.runs(BAD), "the crawl after")
        assert daemon.end() == 0
    assert room.runs(BAD)[0] == ("died", 0)
    assert not any(room.runs(site) for site in SITES[1:])


def test_what_was_missed_is_made_good_once(room: Room, portals: Portals) -> None:
    room.rate = 60.0
    room.begin_clock(START)
    late = SITES[:2]
    room.schedule(cron="0 * * * *", more=only(*late))
    with room.daemon() as daemon:
        daemon.until(lambda: all(room.finished(site) for site in late), "the first crawls")
        assert daemon.end() == 0
    first = {site: len(room.runs(site)) for site in late}
    room.rate = 1.0  # so slow that no firing comes: the next one is 40 minutes away
    room.begin_clock(START + timedelta(days=3))
    with room.daemon() as daemon:
        for site in late:
            daemon.until(lambda s=site: len(room.runs(s)) > first[s], f"a crawl of {site}")
        daemon.until_said(r"night: .*found wrong|night: nothing new was found wrong")
        assert daemon.end() == 0
    assert {site: len(room.runs(site)) - first[site] for site in late} == dict.fromkeys(late, 1)
    assert not any(room.runs(site) for site in SITES[2:])


def test_a_changed_configuration_is_obeyed_and_a_broken_one_is_not(
    room: Room, portals: Portals
) -> None:
    room.rate = 600.0  # nothing of the site is due again for an hour
    room.begin_clock(START)
    room.schedule(cron="never")
    with room.daemon() as daemon:
        room.schedule(cron="61 * * * *")
        daemon.until_said(r"refused, the one before goes on: .*schedule\.yml.*'61 \* \* \* \*'")
        assert room.rows("SELECT count(*) FROM runs") == [(0,)]
        room.schedule(cron="never", more="sites: {bao3: {cron: '*/10 * * * *'}}\n")
        daemon.until_said("configuration read again: 1 sites")
        daemon.until(lambda: room.finished("bao3") >= 1, "a crawl by the new schedule")
        broken = room.config / "sites" / "bao3.yml"
        broken.write_text("title: [\n")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.until_said(r"refused, the one before goes on: .*bao3\.yml")
        before = len(room.runs("bao3"))
        portals.asked.clear()
        daemon.until(lambda: room.finished("bao3") > before, "a crawl by the file as it was before")
        assert daemon.end() == 0
    assert room.runs("bao1") == []


def test_it_is_the_only_one_of_its_store(room: Room) -> None:
    room.schedule(cron="never")
    with room.daemon() as daemon:
        second = room.run("daemon")
        assert second.returncode == 2
        assert second.stderr.count("\n") == 1
        assert f"has a daemon already: process {daemon.process.pid} " in second.stderr
        assert daemon.end() == 0
    with room.daemon() as daemon:
        assert daemon.end() == 0


def test_one_who_crawls_by_hand_and_the_daemon_respect_each_other(
    room: Room, portals: Portals
) -> None:
    room.schedule(cron="never", more=f"sites: {{{BAD}: {{cron: '*/10 * * * *'}}}}\n")
    path = site_lock(room.store, BAD)
    path.parent.mkdir()
    mine = hold(path)
    with room.daemon() as daemon:
        daemon.until_said(rf"{BAD}: skipped, since it is being crawled by process {os.getpid()} ")
        assert not room.runs(BAD)
        other = room.run("crawl", "bao2")
        assert other.returncode == 0, other.stderr
        portals.bad[BAD] = portals.hang
        mine.release()
        daemon.until(lambda: bool(room.runs(BAD)), "the daemon's crawl")
        (pid,) = room.rows(
            "SELECT pid FROM runs JOIN sites ON sites.id = site_id WHERE name = ?", BAD
        )[0]
        by_hand = room.run("crawl", BAD)
        assert by_hand.returncode == 1
        assert f"is being crawled by process {pid} (scrapy crawl {BAD})" in by_hand.stderr
        assert daemon.end() == 0


def test_a_wrong_schedule_is_one_clean_line(room: Room) -> None:
    room.schedule(cron="* * 31 2 *")
    for command in ("daemon", "schedule"):
        done = room.run(command)
        assert (done.returncode, done.stdout) == (2, "")
        assert re.fullmatch(
            r"baowatch: .*schedule\.yml: key 'defaults\.cron': day of month '31'.*\n", done.stderr
        )


def test_the_service_manager_is_told(room: Room, tmp_path: Path) -> None:
    room.schedule(cron="never")
    address = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(address))
        manager.settimeout(60)
        with room.daemon(NOTIFY_SOCKET=str(address)) as daemon:
            assert manager.recv(1000).startswith(b"READY=1\n")
            assert manager.recv(1000) == b"WATCHDOG=1"
            daemon.process.send_signal(signal.SIGHUP)
            while not (told := manager.recv(1000)).startswith(b"RELOADING=1\nMONOTONIC_USEC="):
                assert told == b"WATCHDOG=1"
            assert manager.recv(1000).startswith(b"READY=1\n")
            daemon.process.send_signal(signal.SIGTERM)
            while (told := manager.recv(1000)) != b"STOPPING=1":
                assert told == b"WATCHDOG=1"
            assert daemon.process.wait(timeout=30) == 0
