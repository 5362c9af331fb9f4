"""``baowatch noise``: what was learned to be no part of any article, and how to undo it."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from monitor.cli.options import (
    StoreOption,
    check_site,
    current_time,
    existing_store,
    refused,
    told_sites,
)
from monitor.project import find_project
from monitor.render.plain_json import plain_json
from monitor.render.tables import print_table
from monitor.render.text import safe
from monitor.render.words import LEARNED, local
from pipelines.store import memory, reports
from pipelines.store import sites as site_rows
from pipelines.store.opening import Reader, Store, Writer
from pipelines.store.rows import Row, moment

app = typer.Typer(name="noise", help="Show and undo what was learned to be no part of any article.")
ENTRY: Final = (
    "id", "kind", "sample", "place", "articles", "learned_at", "why", "dropped_at",
)  # fmt: skip


@app.command("list")
def list_learned(
    site: Annotated[str | None, typer.Argument(help="Only this site.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Dropped entries too.")] = False,
    store: StoreOption = None,
) -> None:
    """List what each site's pages taught to leave out, and what every rule took out.

    The numbers are what `baowatch noise drop` takes.
    """
    project = find_project(store)
    check_site(site, told_sites(project))
    with existing_store(project) as opened:
        db = opened.reader
        names = [name for name in reports.site_names(db) if site in (None, name)]
        told = [_site(db, name, everything=everything) for name in names]
    if as_json:
        typer.echo(plain_json({"sites": told}))
    else:
        _print(told)


def _site(db: Reader, name: str, *, everything: bool) -> dict[str, Any]:
    row = site_rows.site_row(db, name)
    assert row is not None
    entries = memory.all_learned(db, row["id"])
    return {
        "site": name,
        "learned": [
            {column: entry[column] for column in ENTRY}
            for entry in entries
            if everything or not entry["dropped_at"]
        ],
        "removals": [dict(rule) for rule in memory.removals(db, row["id"])],
    }


def _print(told: Sequence[dict[str, Any]]) -> None:
    learned = [_cells(site["site"], entry) for site in told for entry in site["learned"]]
    if learned:
        print_table(
            ("number", "site", "what", "sample", "articles", "since", "why"),
            learned,
            whole=("number", "site", "since"),
        )
    else:
        typer.echo("Nothing was learned yet.")
    removals = [
        (site["site"], rule["rule"], rule["lines"], rule["pages"])
        for site in told
        for rule in site["removals"]
    ]
    if removals:
        typer.echo("")
        print_table(("site", "rule", "lines taken out", "of pages"), removals, whole=("site",))


def _cells(site: str, entry: Row) -> tuple[object, ...]:
    dropped = f" (dropped {local(moment(entry['dropped_at']))})" if entry["dropped_at"] else ""
    return (
        entry["id"],
        site,
        LEARNED[entry["kind"]],
        entry["sample"],
        entry["articles"],
        local(moment(entry["learned_at"])),
        f"{entry['why']}{dropped}",
    )


@app.command()
def drop(
    numbers: Annotated[list[int], typer.Argument(help="As `baowatch noise list` tells them.")],
    store: StoreOption = None,
) -> None:
    """Undo entries: what they left out counts as text again, and is not learned anew.

    Nothing is reported because of it. Exit status: 0, or 2 when one cannot be dropped: then
    none is.
    """
    project = find_project(store)
    with existing_store(project) as opened:
        dropped = _drop(opened, numbers)
    for entry in dropped:
        sample = f" «{safe(entry['sample'])}»" if entry["sample"] else ""
        typer.echo(f"Dropped {entry['id']} ({entry['site']}, {LEARNED[entry['kind']]}){sample}.")
    typer.echo(
        "From the next look on it counts as text, on stored pages too, so nothing is reported "
        "because of it; an edit of it will be. It is not learned again."
    )


def _drop(store: Store, numbers: Sequence[int]) -> list[Row]:
    with store.writing() as db:
        faults = [fault for number in numbers if (fault := _fault(db, number))]
        if faults:
            raise refused(f"{'; '.join(faults)}. Nothing was dropped.")
        now = current_time()
        found = (memory.drop(db, number, now) for number in dict.fromkeys(numbers))
        return [entry for entry in found if entry is not None]


def _fault(db: Writer, number: int) -> str:
    entry = memory.entry(db, number)
    if entry is None:
        return f"there is no entry {number}"
    if entry["dropped_at"]:
        return f"{number} was dropped {local(moment(entry['dropped_at']))}"
    return ""
