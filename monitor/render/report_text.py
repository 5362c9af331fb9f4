"""A report for the terminal: in its colours and width, plain and unwrapped when piped."""

import io
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from monitor.link_news import LinkNews
from monitor.render.bounds import headline
from monitor.render.digest import (
    changes_of,
    counts,
    difference_of,
    news_of,
    preview,
    translated_again,
    weightiest,
)
from monitor.render.language import Language, language_of
from monitor.render.link_items import (
    GROUPS,
    HEADING,
    MOST_ITEMS,
    LinkItem,
    item_lines,
    items_of,
    left_line,
    older_line,
    unsaid,
)
from monitor.render.link_text import name_of, note_lines
from monitor.render.outcome import outcome
from monitor.render.site_lines import site_lines
from monitor.render.text import marked, render_shown, safe
from monitor.render.words import FIELD_NAMES, KINDS, WEIGHT_NAMES, local, problem, published
from monitor.report import Dismissed, Entry, Problem, Report, SiteReport

NAME_WIDTH: Final = 11
DIGEST_FROM: Final = 6
"""So many entries deserve a digest of them first."""
WIDTH: Final = 100
_KIND_STYLES: Final = {"new": "blue", "withdrawn": "bold red", "restored": "bold"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line with its indentation. Where lines wrap, the continuation is set in by ``hang`` more:
    what a portal wrote never begins a line in the first column.
    """

    text: Text
    indent: int = 0
    hang: int = 0


def render_text(
    report: Report,
    *,
    colour: bool,
    dismissed: bool = False,
    language: str = "en",
    width: int = WIDTH,
) -> str:
    """The whole report; with ``colour`` it is wrapped at ``width`` and word-level in colour.

    ``dismissed``: with what was called a false alarm, a line each.
    """
    sites = report.sites if dismissed else [replace(one, dismissed=()) for one in report.sites]
    lines = list(_Writer(report, language_of(language), colour=colour).lines(sites))
    if not colour:
        plain = (textwrap.indent(line.text.plain, " " * line.indent) for line in lines)
        return "\n".join(plain)
    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        width=width,
        highlight=False,
    )
    with console.capture() as written:
        for line in lines:
            _print_wrapped(console, line)
    return "\n".join(row.rstrip() for row in written.get().splitlines())


def _print_wrapped(console: Console, line: _Line) -> None:
    if not line.text:
        console.print()
    room = max(console.width - line.indent - line.hang, NAME_WIDTH)
    for number, row in enumerate(line.text.wrap(console, room)):
        indent = line.indent + (line.hang if number else 0)
        console.print(Padding(row, (0, 0, 0, indent), expand=False))


class _Writer:
    """One report in one language, line by line."""

    def __init__(self, report: Report, language: Language, *, colour: bool) -> None:
        self._report = report
        self._said = language
        self._colour = colour

    def lines(self, sites: Sequence[SiteReport]) -> Iterator[_Line]:
        said, report = self._said, self._report
        head = said.say("{since} to {until}", since=local(report.since), until=local(report.until))
        yield _Line(text=Text(f"baowatch: {head}", style="bold"))
        yield from (_Line(text=Text(line)) for line in outcome(report, sites, said).lines)
        told = [site for site in sites if outcome(report, [site], said).is_told]
        if report.entries >= DIGEST_FROM and len(told) > 1:
            yield from self._digest(told)
        for site in told:
            yield _Line(text=Text())
            yield from self._site(site)
        rest = unsaid(report)
        if rest:
            yield from self._links(rest)

    def _links(self, news: LinkNews) -> Iterator[_Line]:
        said = self._said
        heading = said.say(HEADING)
        for line in ("", heading, "=" * len(heading)):
            yield _Line(text=Text(line, style="bold"))
        for group, items in items_of(news).items():
            yield _Line(text=Text())
            yield _Line(text=Text(f"{said.say(GROUPS[group])}:"))
            for item in items[:MOST_ITEMS]:
                yield _Line(text=Text())
                name = Text(safe(name_of(item.subject)), style="bold")
                yield _Line(text=name.append(f" ({item.subject.site})", style=""), indent=2, hang=2)
                yield from self._item(item)
            left = left_line(items, MOST_ITEMS, said)
            yield from ([_detail(left)] if left else [])
        older = older_line(news, said)
        yield from ([_Line(text=Text()), _Line(text=Text(f"{older}."))] if older else [])

    def _item(self, item: LinkItem) -> Iterator[_Line]:
        yield _detail(item.subject.url)
        lines = (*note_lines(item.note, self._said), *item_lines(item, self._said, local))
        yield from map(_detail, lines)
        yield _detail(item.note.other.url)

    def _digest(self, sites: Sequence[SiteReport]) -> Iterator[_Line]:
        yield _Line(text=Text())
        widest = max(len(site.site) for site in sites)
        for site in sites:
            yield _Line(text=Text(f"{site.site:<{widest}}  {self._glance(site)}"), indent=2)
        heavy = weightiest(self._report)
        if heavy:
            yield _Line(text=Text())
            yield _Line(text=Text(f"{self._said.say('The weightiest changes')}:", style="bold"))
        for entry in heavy:
            yield _Line(text=self._named(entry), indent=2, hang=NAME_WIDTH)
            shown = difference_of(entry)
            if shown and preview(shown):
                yield _Line(text=marked(preview(shown), colour=self._colour), indent=NAME_WIDTH + 2)

    def _site(self, site: SiteReport) -> Iterator[_Line]:
        title = f"{site.title} ({site.site})"
        yield _Line(text=Text(title, style="bold"))
        yield _Line(text=Text("=" * len(title)))
        for line in site_lines(site, self._said):
            yield _Line(text=Text(line))
        if site.entries:
            yield _Line(text=Text(self._counts(site)))
        for entry in (*changes_of(site), *translated_again(site), *news_of(site)):
            yield _Line(text=Text())
            yield from self._entry(entry)
        for change in site.dismissed:
            yield from self._dismissed(change)
        for one in site.problems:
            yield from self._problem(one)

    def _glance(self, site: SiteReport) -> str:
        said = self._said
        wrong = said.count("{n} problem", "{n} problems", len(site.problems))
        told = (self._counts(site), wrong if site.problems else "")
        return said.comma.join(filter(None, told)) or "–"

    def _counts(self, site: SiteReport) -> str:
        said = self._said
        return said.comma.join(
            said.say("{n} {kind}", n=said.number(n), kind=said.say(KINDS[kind]))
            for kind, n in counts(site.entries)
        )

    def _named(self, entry: Entry) -> Text:
        kind = self._said.say(KINDS[entry.kind])
        name = Text(_column(kind), style=_KIND_STYLES.get(entry.kind, "yellow"))
        return name.append(safe(headline(entry.title)), style="bold")

    def _entry(self, entry: Entry) -> Iterator[_Line]:
        said = self._said
        yield _Line(text=self._named(entry), hang=NAME_WIDTH)
        yield _detail(entry.url)
        if entry.kind == "new" and entry.published_at:
            yield _detail(said.say("published {time}", time=published(entry.published_at)))
        elif entry.kind == "moved":
            yield _detail(said.say("from {address}", address=entry.explanation.get("from", "")))
        elif entry.kind == "withdrawn":
            yield _detail(said.say("not there since {time}", time=local(entry.detected_at)))
        elif entry.fields:
            yield _detail(self._facts(entry))
            yield from self._difference(entry)
        for note in entry.notes:
            yield from map(_detail, note_lines(note, said))
        if entry.archived:
            where = f"{entry.archived.file} @ {entry.archived.offset}"
            yield _detail(said.say("archived: {place}", place=where))
        yield _detail(said.say("change {number}", number=entry.change_id), quiet=True)

    def _facts(self, entry: Entry) -> str:
        fields = self._said.comma.join(map(self._field_name, entry.fields))
        return self._said.say(
            "{weight}: {fields}; seen {time}",
            weight=self._said.say(WEIGHT_NAMES[entry.weight]),
            fields=fields,
            time=local(entry.detected_at),
        )

    def _field_name(self, field: str) -> str:
        """In English as in the JSON; else as the difference's own label."""
        known = {name: words for name, words in FIELD_NAMES.items() if name == field}
        if self._said.code == "en" or not known:
            return field.replace("_", " ")
        return self._said.say(*known.values())

    def _difference(self, entry: Entry) -> Iterator[_Line]:
        shown = difference_of(entry)
        if shown is None:
            return
        for indent, text in render_shown(shown, self._said, colour=self._colour):
            yield _Line(text=text, indent=NAME_WIDTH + indent)

    def _dismissed(self, one: Dismissed) -> Iterator[_Line]:
        said = self._said
        yield _Line(text=Text())
        kind = said.say(KINDS[one.kind])
        name = said.say("dismissed")
        title = safe(headline(one.title))
        yield _Line(text=Text(f"{_column(name)}{kind}: {title}"), hang=NAME_WIDTH)
        yield _detail(one.url)
        yield _detail(f"{one.why} ({local(one.dismissed_at)})")
        yield _detail(said.say("change {number}", number=one.change_id), quiet=True)

    def _problem(self, one: Problem) -> Iterator[_Line]:
        said = self._said
        yield _Line(text=Text())
        since = said.say("since {time}", time=local(one.since))
        times = said.count(", {n} time", ", {n} times", one.times) if one.times > 1 else ""
        name = Text(_column(said.say("problem")), style="bold red")
        yield _Line(text=name.append(f"{said.say(problem(one.kind))} ({since}{times})", style=""))
        for detail in (one.detail, one.url):
            if detail:
                yield _detail(detail)


def _column(name: str) -> str:
    """``name`` in the first column, with a space behind it in any case."""
    return f"{name:<{NAME_WIDTH - 1}} "


def _detail(text: str, *, quiet: bool = False) -> _Line:
    return _Line(text=Text(safe(text), style="dim" if quiet else ""), indent=NAME_WIDTH)
