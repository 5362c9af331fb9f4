"""A report as Markdown, as GitHub and mailers show it.

What went and came stands in ``<del>`` and ``<ins>``: stars and tildes mean nothing next to
some letters, and nothing at all inside a word. What a portal wrote is escaped, and is never
markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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
from monitor.render.link_items import unsaid
from monitor.render.link_markdown import links_markdown, note_markdown
from monitor.render.marked_down import MAX_TITLE, escaped, isolated, link
from monitor.render.outcome import outcome
from monitor.render.pieces import ShownBlock, ShownField, ShownPiece
from monitor.render.shown import Shown
from monitor.render.site_lines import site_lines
from monitor.render.words import ALL_LEFT_OUT, FIELD_NAMES, KINDS, LEFT_OUT, problem
from monitor.report import Dismissed, Entry, Problem, Report, SiteReport


def render_markdown(
    report: Report, *, dismissed: bool = False, language: str = "en", browse_url: str = ""
) -> str:
    """The whole report. Raises ValueError for a language that reports do not speak."""
    said = language_of(language)
    sites = report.sites if dismissed else [replace(one, dismissed=()) for one in report.sites]
    told = [site for site in sites if outcome(report, [site], said).is_told]
    writer = _Writer(said, browse_url.rstrip("/"))
    links = links_markdown(unsaid(report), said)
    return "\n".join([*writer.head(report, sites, told), *writer.sites(told), *links])


class _Writer:
    """One report in one language."""

    def __init__(self, said: Language, browse_url: str) -> None:
        self._said = said
        self._browse_url = browse_url

    def head(
        self, report: Report, sites: Sequence[SiteReport], told: Sequence[SiteReport]
    ) -> Iterator[str]:
        said = self._said
        yield f"# {said.say('Changes at the portals')}"
        yield ""
        yield f"{said.time(report.since)} – {said.time(report.until)}"
        for line in outcome(report, sites, said).lines:
            yield from ("", f"**{escaped(line)}**")
        if told:
            yield from ("", f"## {said.say('At a glance')}", "")
        for site in told:
            yield f"- {isolated(escaped(site.title))} ({escaped(site.site)}): {self._tally(site)}"
        heavy = weightiest(report)
        if heavy:
            yield from ("", f"### {said.say('The weightiest changes')}", "")
        for entry in heavy:
            yield f"- {self._named(entry)}"
            shown = difference_of(entry)
            if shown and preview(shown):
                yield f"  <br>{_pieces(preview(shown))}"

    def sites(self, told: Iterable[SiteReport]) -> Iterator[str]:
        for site in told:
            yield from ("", f"## {isolated(escaped(site.title))} ({escaped(site.site)})")
            for line in site_lines(site, self._said):
                yield from ("", escaped(line))
            for one in site.problems:
                yield from self._problem(one)
            for entry in (*changes_of(site), *translated_again(site)):
                yield from self._change(entry)
            yield from self._news(news_of(site))
            yield from self._dismissed(site.dismissed)

    def _tally(self, site: SiteReport) -> str:
        said = self._said
        told = [
            said.say("{n} {kind}", n=said.number(n), kind=said.say(KINDS[kind]))
            for kind, n in counts(site.entries)
        ]
        if site.problems:
            told.append(said.count("{n} problem", "{n} problems", len(site.problems)))
        return said.comma.join(told) or "–"

    def _named(self, entry: Entry) -> str:
        return f"**{self._said.say(KINDS[entry.kind])}** {link(entry.title, entry.url)}"

    def _change(self, entry: Entry) -> Iterator[str]:
        said = self._said
        yield from ("", f"### {said.say(KINDS[entry.kind])}: {link(entry.title, entry.url)}", "")
        yield self._facts(entry)
        shown = difference_of(entry)
        if shown:
            yield from self._difference(shown)
        if entry.notes:
            yield from ("", *(f"- {note_markdown(note, said)}" for note in entry.notes))

    def _facts(self, entry: Entry) -> str:
        said = self._said
        seen = said.time(entry.detected_at)
        if entry.kind == "withdrawn":
            facts = [said.say("not there since {time}", time=seen)]
        else:
            facts = [said.say("seen {time}", time=seen)]
        if entry.kind == "moved":
            old = escaped(str(entry.explanation.get("from", "")))
            facts.append(said.say("from {address}", address=old))
        facts.append(said.say("change {number}", number=entry.change_id))
        if entry.archived:
            place = escaped(f"{entry.archived.file} @ {entry.archived.offset}")
            facts.append(said.say("archived: {place}", place=place))
        if self._browse_url:
            store = f"{self._browse_url}/article/{entry.article_id}"
            facts.append(link(said.say("in the store"), store))
        return " · ".join(facts)

    def _difference(self, shown: Shown) -> Iterator[str]:
        said = self._said
        for field in shown.fields:
            yield from self._field(field)
        for note in shown.unseen_notes:
            yield from ("", f"{said.say('Correction note')}: {isolated(escaped(note))}")
        if shown.left_out:
            yield from ("", said.say(LEFT_OUT if shown.fields else ALL_LEFT_OUT))
        for field in shown.left_out:
            yield from self._field(field)

    def _field(self, field: ShownField) -> Iterator[str]:
        said = self._said
        yield from ("", f"**{said.say(FIELD_NAMES[field.name])}**", "")
        for block in field.changed:
            yield f"- {self._block(block)}"
        if field.cut:
            cut = said.count(
                "{n} character is not shown here", "{n} characters are not shown here", field.cut
            )
            yield f"- *{cut}*"

    def _block(self, block: ShownBlock) -> str:
        if block.op == "moved":
            return f"*{self._said.say('moved here')}* {isolated(escaped(block.text[:MAX_TITLE]))}"
        return _pieces(block.pieces)

    def _news(self, news: Sequence[Entry]) -> Iterator[str]:
        if news:
            yield from ("", f"### {self._said.say('New articles')}", "")
        for entry in news:
            told = f", {self._said.published(entry.published_at)}" if entry.published_at else ""
            notes = "".join(f"; {note_markdown(note, self._said)}" for note in entry.notes)
            yield f"- {link(entry.title, entry.url)}{told}{notes}"

    def _dismissed(self, dismissed: Sequence[Dismissed]) -> Iterator[str]:
        said = self._said
        if dismissed:
            yield from ("", f"### {said.say('Dismissed as false alarms')}", "")
        for one in dismissed:
            kind = said.say(KINDS[one.kind])
            yield f"- {kind}: {link(one.title, one.url)}: {isolated(escaped(one.why))}"

    def _problem(self, one: Problem) -> Iterator[str]:
        said = self._said
        since = said.say("since {time}", time=said.time(one.since))
        times = said.count(", {n} time", ", {n} times", one.times) if one.times > 1 else ""
        yield from (
            "",
            f"**{said.say('Problem')}: {said.say(problem(one.kind))}** ({since}{times})",
        )
        for detail in (one.detail, one.url):
            if detail:
                yield from ("", isolated(escaped(detail)))


def _pieces(pieces: Sequence[ShownPiece]) -> str:
    return isolated("".join(map(_piece, pieces)).strip())


def _piece(piece: ShownPiece) -> str:
    """The spaces at the end of a piece stand outside its tags."""
    if piece.folded:
        return "… "
    text = piece.text
    words = escaped(text)
    space = " " if text[-1:].isspace() and words else ""
    opening = " " if text[:1].isspace() else ""
    tag = {"delete": "del", "insert": "ins"}.get(piece.op)
    shown = f"<{tag}>{words}</{tag}>" if tag and words else words
    return f"{opening}{shown}{space}"
