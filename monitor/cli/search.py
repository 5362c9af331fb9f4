"""``baowatch search``: articles by their words, however these are spelt."""

from collections.abc import Iterable
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from monitor.cli.options import (
    StoreOption,
    check_site,
    current_time,
    existing_store,
    moment_option,
    told_sites,
)
from monitor.project import find_project
from monitor.render.plain_json import plain_json
from monitor.render.text import safe
from monitor.render.words import local
from pipelines.hits import Stretch, marked, passage
from pipelines.search import wanted
from pipelines.store.rows import Row, moment
from pipelines.store.search import find

PLAIN: Final = ("[", "]")
"""Around a hit where there is no colour."""


def search(
    words: Annotated[
        list[str],
        typer.Argument(help='Words; "a phrase"; the beginning of a word, as ngh*.'),
    ],
    site: Annotated[str | None, typer.Option(help="Only this site.")] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Published since then, as 7d or an ISO time; else first seen."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Find articles by words of their current text, title, captions or author.

    Case, accents, tone marks and their place, đ and d, Arabic vowel signs and letter variants
    make no difference. All words must be there; 57-KL/TW is looked for as a phrase. Articles
    that were withdrawn are found too, and marked. The best come first.
    Exit status: 0; 1 when nothing is found; 2 for wrong input.
    """
    asked = _asked(words)
    if not wanted(asked):
        raise typer.BadParameter("give at least one word with a letter or a digit")
    project = find_project(store)
    check_site(site, told_sites(project))
    moment_since = moment_option(since, now=current_time()) if since else None
    with existing_store(project) as opened:
        found = find(opened.reader, asked, limit=limit, site=site, since=moment_since)
    if as_json:
        told = [_as_json(row, asked) for row in found]
        typer.echo(plain_json(told))
    elif found:
        _print(found, asked)
    if not found:
        typer.echo(f"baowatch: no article says {safe(asked)}", err=True)
        raise typer.Exit(1)


def _asked(words: Iterable[str]) -> str:
    """What the shell took apart: a word with spaces in it was given in quotes."""
    return " ".join(
        f'"{word}"' if " " in word.strip() and '"' not in word else word for word in words
    )


def _as_json(row: Row, asked: str) -> dict[str, object]:
    names = ("article_id", "site", "url", "status", "title", "published_at", "first_seen_at")
    pieces = [{"text": one.text, "hit": one.is_hit} for one in _passage(row, asked)]
    return {**{name: row[name] for name in names}, "snippet": pieces}


def _passage(row: Row, asked: str) -> tuple[Stretch, ...]:
    return passage((row["lead"], row["text"], *row["captions"], row["author"]), asked)


def _print(found: Iterable[Row], asked: str) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for row in found:
        console.print(_shown(marked(row["title"], asked), colour=console.is_terminal))
        gone = "" if row["status"] == "live" else f", {row['status']}"
        when = local(moment(row["published_at"] or row["first_seen_at"]))
        seen = "" if row["published_at"] else "first seen "
        console.print(Text(safe(f"  {row['site']}, {seen}{when}{gone}")))
        console.print(Text(safe(f"  {row['url']}")))
        console.print(
            Text("  ") + _shown(_passage(row, asked), colour=console.is_terminal), end="\n\n"
        )


def _shown(pieces: Iterable[Stretch], *, colour: bool) -> Text:
    told = Text()
    for piece in pieces:
        text = safe(piece.text).replace("\n", " ")
        if piece.is_hit and not colour:
            text = f"{PLAIN[0]}{text}{PLAIN[1]}"
        told.append(text, style="bold yellow" if piece.is_hit and colour else "")
    return told
