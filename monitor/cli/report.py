"""``baowatch report``: what is new, edited, withdrawn, restored, moved, and what went wrong."""

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import (
    StoreOption,
    check_site,
    current_time,
    existing_store,
    moment_option,
    refused,
    told_sites,
)
from monitor.project import find_project
from monitor.render.addresses import web_address
from monitor.render.as_json import render_json
from monitor.render.markdown import render_markdown
from monitor.render.report_atom import render_atom
from monitor.render.report_html import render_html
from monitor.render.report_text import render_text
from monitor.report import Choice, Report, make_report, span_end
from monitor.whole import write_whole


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"
    MD = "md"
    JSON = "json"
    ATOM = "atom"


class KindName(StrEnum):
    NEW = "new"
    EDITED = "edited"
    RETITLED = "retitled"
    CORRECTED = "corrected"
    REWORDED = "reworded"
    RETRANSLATED = "retranslated"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    MOVED = "moved"


class WeightName(StrEnum):
    SUBSTANTIVE = "substantive"
    MINOR = "minor"
    COSMETIC = "cosmetic"


class Lang(StrEnum):
    EN = "en"
    VI = "vi"
    AR = "ar"
    FA = "fa"


SiteOption = Annotated[
    list[str] | None, typer.Option("--site", help="Only this site; may be given more than once.")
]
KindOption = Annotated[
    list[KindName] | None,
    typer.Option("--kind", help="Only changes of this kind; may be given more than once."),
]
WeightOption = Annotated[
    WeightName, typer.Option("--weight", help="Only changes of this weight or a heavier one.")
]
AllOption = Annotated[
    bool,
    typer.Option("--all", help="Cosmetic changes and rewordings too, and what was dismissed."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="What the report is written as.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
]
LangOption = Annotated[Lang, typer.Option("--lang", help="The language of the report's own words.")]
BrowseOption = Annotated[
    str,
    typer.Option("--browse-url", help="Where `baowatch browse` answers: entries link there."),
]


def report(
    since: Annotated[str, typer.Option(help="A span like 24h or 7d, or an ISO time.")] = "24h",
    until: Annotated[str | None, typer.Option(help="An ISO time. Default: now.")] = None,
    site: SiteOption = None,
    kind: KindOption = None,
    weight: WeightOption = WeightName.MINOR,
    everything: AllOption = False,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    lang: LangOption = Lang.EN,
    browse_url: BrowseOption = "",
    store: StoreOption = None,
) -> None:
    """Tell what is new or changed since a moment. Only confirmed changes are told."""
    if browse_url and not web_address(browse_url):
        raise typer.BadParameter(f"{browse_url!r} is no address like http://127.0.0.1:8001")
    project = find_project(store)
    known = told_sites(project)
    for name in site or ():
        check_site(name, known)
    now = current_time()
    choice = Choice(
        sites=tuple(dict.fromkeys(site or ())),
        kinds=tuple(dict.fromkeys(one.value for one in kind or ())),
        weight="cosmetic" if everything else weight.value,
    )
    with existing_store(project) as opened:
        made = make_report(
            opened.reader,
            known,
            since=moment_option(since, now=now),
            until=moment_option(until, now=now) if until else span_end(opened.reader, now),
            choice=choice,
        )
    colour = output is None and sys.stdout.isatty()
    written = _written(
        made, form, dismissed=everything, lang=lang.value, browse_url=browse_url, colour=colour
    )
    if output is None:
        typer.echo(written)
        return
    try:
        write_whole(output, f"{written}\n")
    except OSError as error:
        raise refused(f"{output} cannot be written: {error.strerror}") from None


def _written(
    made: Report, form: Format, *, dismissed: bool, lang: str, browse_url: str, colour: bool
) -> str:
    match form:
        case Format.JSON:
            return render_json(made)
        case Format.HTML:
            return render_html(made, dismissed=dismissed, language=lang, browse_url=browse_url)
        case Format.MD:
            return render_markdown(made, dismissed=dismissed, language=lang, browse_url=browse_url)
        case Format.ATOM:
            return render_atom(made, language=lang, browse_url=browse_url)
        case Format.TEXT:
            width = shutil.get_terminal_size().columns
            return render_text(made, colour=colour, dismissed=dismissed, language=lang, width=width)
