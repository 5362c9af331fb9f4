"""``baowatch notify``: try channels, and look after what is to be delivered."""

import asyncio
import json
import os
from collections.abc import Iterable, Iterator
from typing import Annotated, Final

import typer

from monitor.cli.options import StoreOption, current_time, existing_store, refused
from monitor.notify.carrying import Courier
from monitor.notify.filling import Mask
from monitor.notify.message import Message
from monitor.notify.notifyfile import NAME
from monitor.notify.ordering import order_of
from monitor.notify.passing import make_pass, read_notifications
from monitor.notify.routes import Channel, Notifications
from monitor.notify.sorting import lanes, new_key
from monitor.notify.trouble import look
from monitor.notify.words import told_route
from monitor.project import Project, find_project
from monitor.render.tables import print_table
from monitor.render.text import safe
from monitor.render.words import local
from pipelines.store import deliveries, sending
from pipelines.store.opening import Store, Writer
from pipelines.store.rows import Row, moment

app = typer.Typer(name="notify", help="Tell people over channels of config/notify.yml.")
OWED: Final = ("collecting", "waiting", "sending", "dead")

Numbers = Annotated[list[int] | None, typer.Argument(help="Numbers that `pending` shows.")]
Everything = Annotated[bool, typer.Option("--all", help="All that was given up.")]


@app.command()
def check() -> None:
    """Check config/notify.yml and say in words what goes where. Nobody is asked or told.

    Exit status: 0 when all is right, 2 when it is not.
    """
    project = find_project()
    found = read_notifications(project, os.environ)
    wrong = list(_unusable(found))
    for line in wrong:
        typer.echo(f"baowatch: {project.config / NAME}: {line}", err=True)
    for channel in found.channels.values():
        number = len(channel.addresses)
        typer.echo(f"{channel.name}: {channel.kind}{f', {number} addresses' if number > 1 else ''}")
    for route in found.routes.values():
        typer.echo(told_route(route))
    if not found.routes:
        typer.echo("No route: nobody is told of anything.")
    raise typer.Exit(2 if wrong else 0)


@app.command()
def test(
    channel: Annotated[str, typer.Argument(help="A channel of config/notify.yml.")],
) -> None:
    """Send a message over a channel that says it is a test.

    Exit status: 0 when every address of the channel took it, 1 when one did not, 2 for wrong
    input.
    """
    project = find_project()
    found = read_notifications(project, os.environ)
    if channel not in found.channels:
        raise refused(f"no channel {safe(channel)!r} in {NAME}; there are {sorted(found.channels)}")
    mask = Mask(os.environ, found.filled)
    took = True
    for address, why in asyncio.run(_test(project, found.channels[channel])):
        took = took and not why
        typer.echo(mask.masked(f"{channel}, address {address}: {why or 'took it'}"))
    raise typer.Exit(0 if took else 1)


async def _test(project: Project, channel: Channel) -> list[tuple[int, str]]:
    now = current_time()
    told = []
    for lane in lanes(channel):
        message = Message(
            key=new_key(), kind="test", channel=channel.name, route="", made_at=now, changes=()
        )
        order = order_of(message, channel, lane.address, now=now)
        courier = Courier(channel.kind, project.folder, os.environ)
        outcome = await courier.carry(order, time_limit=channel.time_limit)
        await courier.end()
        told.append((lane.address, outcome.why))
    return told


@app.command()
def send(store: StoreOption = None) -> None:
    """Send what is due now, and end; for those who do not run the daemon, which does it itself.

    What fails waits for a later call. Exit status: 0 when nothing failed, 1 when something
    did, 2 for wrong input or when another sender is at work.
    """
    project = find_project(store)
    with existing_store(project) as opened:
        done = make_pass(project, opened, os.environ, say=typer.echo)
    raise typer.Exit(1 if done.failed else 0)


@app.command()
def pending(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    store: StoreOption = None,
) -> None:
    """List what is owed to somebody, or was given up. Exit status: 0, or 2 for wrong input."""
    with existing_store(find_project(store)) as opened:
        owed = deliveries.by_status(opened.reader, OWED)
    if as_json:
        told = {"deliveries": [_entry(row) for row in owed]}
        typer.echo(json.dumps(told, indent=2))
    elif not owed:
        typer.echo("Nothing is owed to anybody.")
    else:
        print_table(
            ("number", "channel", "route", "what", "changes", "state", "tries", "next try", "why"),
            map(_cells, owed),
            whole=("number", "channel", "next try"),
        )


@app.command()
def retry(
    numbers: Numbers = None, everything: Everything = False, store: StoreOption = None
) -> None:
    """Try again what was given up, or at once what waits; the daemon or `send` then does it.

    Exit status: 0, or 2 when there is nothing of these numbers to try again.
    """
    with existing_store(find_project(store)) as opened:
        now = current_time()
        with opened.writing() as db:
            asked = _asked(db, numbers, everything=everything)
            done = deliveries.retry(db, asked, now)
            sending.wake(db)
        _refuse_others(asked, done, "is neither waiting nor given up")
        _look(opened)
    typer.echo(f"{len(done)} to be tried again.")


@app.command()
def drop(
    numbers: Numbers = None, everything: Everything = False, store: StoreOption = None
) -> None:
    """Never send these, whoever was to get them.

    Exit status: 0, or 2 when there is nothing of these numbers to drop.
    """
    with existing_store(find_project(store)) as opened:
        now = current_time()
        with opened.writing() as db:
            asked = _asked(db, numbers, everything=everything)
            done = deliveries.drop(db, asked, now)
        _refuse_others(asked, done, "is neither owed nor given up")
        _look(opened)
    typer.echo(f"{len(done)} dropped.")


def _unusable(found: Notifications) -> Iterator[str]:
    """Addresses that Apprise does not know what to do with."""
    from monitor.notify.services import is_address  # takes a quarter of a second

    for channel in found.channels.values():
        for number, address in enumerate(channel.addresses, 1):
            if channel.kind == "apprise" and not is_address(address):
                yield (
                    f"key 'channels.{channel.name}.apprise': Apprise cannot use address {number}. "
                    "Its documentation shows how each service's is written."
                )


def _asked(db: Writer, numbers: list[int] | None, *, everything: bool) -> list[int]:
    if everything == bool(numbers):
        raise typer.BadParameter("give numbers that `baowatch notify pending` shows, or --all")
    return numbers or [row["id"] for row in deliveries.by_status(db, ("dead",))]


def _refuse_others(asked: Iterable[int], done: Iterable[int], why: str) -> None:
    if others := sorted(set(asked) - set(done)):
        raise refused(f"{', '.join(map(str, others))} {why}")


def _look(store: Store) -> None:
    for line in look(store, current_time()):
        typer.echo(safe(line))


def _entry(row: Row) -> dict[str, object]:
    shown = (
        "id", "key", "channel", "address", "route", "kind", "changes", "status", "made_at",
        "tries", "due_at", "tried_at", "ended_at", "why",
    )  # fmt: skip
    return {name: row[name] for name in shown}


def _cells(row: Row) -> tuple[str, ...]:
    channel = row["channel"] if row["address"] == 1 else f"{row['channel']} ({row['address']})"
    due = local(moment(row["due_at"])) if row["due_at"] else ""
    state = "given up" if row["status"] == "dead" else row["status"]
    told = (channel, row["route"], row["kind"], row["changes"], state, row["tries"], due)
    return (str(row["id"]), *(safe(str(one)) for one in told), safe(row["why"]))
