"""A report for the terminal; plain when piped."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from monitor.render.text import render_difference, safe
from monitor.render.words import KINDS, local, problem
from monitor.report import Dismissed, Entry, Problem, Report, SiteReport
from pipelines.compare import compare

NAME_WIDTH = 11


def render_text(report: Report, *, colour: bool, dismissed: bool = False) -> str:
    """The whole report; word-level differences in colour where ``colour``.

    ``dismissed``: with what was called a false alarm, a line each.
    """
    head = f"baowatch: {local(report.since)} to {local(report.until)}"
    sites = report.sites if dismissed else [replace(one, dismissed=()) for one in report.sites]
    told = [site for site in sites if _is_worth_telling(site)]
    if not told:
        return f"{head}\n\nNothing new, nothing changed."
    return "\n\n".join([head, *("\n".join(_site(site, colour=colour)) for site in told)])


def _is_worth_telling(site: SiteReport) -> bool:
    return bool(
        site.entries or site.dismissed or site.problems or site.baseline_articles is not None
    )


def _site(site: SiteReport, *, colour: bool) -> Iterator[str]:
    title = f"{site.title} ({site.site})"
    yield title
    yield "=" * len(title)
    if site.baseline_articles is not None:
        unread = f", {site.unread_articles} still to be read" if site.unread_articles else ""
        yield f"First crawl: {site.baseline_articles} articles known{unread}."
    if site.entries:
        yield _counts(site)
    for kind in KINDS:
        for entry in site.entries:
            if entry.kind == kind:
                yield from _entry(entry, colour=colour)
    for change in site.dismissed:
        yield from _dismissed(change)
    for one in site.problems:
        yield from _problem(one)


def _counts(site: SiteReport) -> str:
    counts = Counter(entry.kind for entry in site.entries)
    told = ", ".join(f"{counts[kind]} {name}" for kind, name in KINDS.items() if counts[kind])
    return f"{told}; {site.hidden} without weight (--all)" if site.hidden else told


def _entry(entry: Entry, *, colour: bool) -> Iterator[str]:
    yield ""
    yield f"{KINDS[entry.kind]:<{NAME_WIDTH}}{safe(entry.title)}"
    yield _line("", safe(entry.url))
    if entry.kind == "new" and entry.published_at:
        yield _line("", f"published {local(entry.published_at)}")
    elif entry.kind == "moved":
        yield _line("from", safe(str(entry.explanation.get("from", ""))))
    elif entry.kind == "withdrawn":
        yield _line("", f"not there since {local(entry.detected_at)}")
    elif entry.fields:
        fields = ", ".join(field.replace("_", " ") for field in entry.fields)
        yield _line("", f"{entry.weight}: {fields}; seen {local(entry.detected_at)}")
        yield from _difference(entry, colour=colour)
    yield _line("", f"change {entry.change_id}")


def _difference(entry: Entry, *, colour: bool) -> Iterator[str]:
    if entry.before is None or entry.after is None:
        return
    difference = compare(entry.before, entry.after)
    if difference is None:
        return
    rendered = render_difference(entry.before, entry.after, difference, colour=colour)
    yield textwrap.indent(rendered, " " * NAME_WIDTH)


def _dismissed(one: Dismissed) -> Iterator[str]:
    yield ""
    yield f"{'dismissed':<{NAME_WIDTH}}{KINDS[one.kind]}: {safe(one.title)}"
    yield _line("", safe(one.url))
    yield _line("", f"{safe(one.why)} ({local(one.dismissed_at)})")
    yield _line("", f"change {one.change_id}")


def _problem(one: Problem) -> Iterator[str]:
    yield ""
    times = f", {one.times} times" if one.times > 1 else ""
    yield f"{'problem':<{NAME_WIDTH}}{problem(one.kind)} (since {local(one.since)}{times})"
    if one.detail:
        yield _line("", safe(one.detail))
    if one.url:
        yield _line("", safe(one.url))


def _line(name: str, text: str) -> str:
    return f"{'':<{NAME_WIDTH}}{name}{' ' if name else ''}{text}"
