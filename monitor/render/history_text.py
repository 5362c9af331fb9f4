"""One article's life for the terminal."""

import json
import textwrap
from collections.abc import Iterator, Sequence

from crawlers.site import Site
from monitor.render.bounds import headline
from monitor.render.text import render_difference, safe
from monitor.render.words import KINDS, local
from pipelines.changes import ArticleRow, Version
from pipelines.compare import compare
from pipelines.store.rows import Row, moment


def render_history(
    row: ArticleRow,
    *,
    addresses: Sequence[str],
    versions: Sequence[Version],
    changes: Sequence[Row],
    site: Site,
    colour: bool,
) -> str:
    """Addresses, then versions with what changed between them, then what else happened."""
    return "\n".join(
        [
            safe(headline(row.title)) or "(not read yet)",
            f"{site.title}, {row.status}, key {safe(row.key)}",
            *(f"  {safe(address)}" for address in addresses),
            *_versions(versions, site, colour=colour),
            *_changes(changes),
        ]
    )


def _versions(versions: Sequence[Version], site: Site, *, colour: bool) -> Iterator[str]:
    before: Version | None = None
    for version in versions:
        yield ""
        yield (
            f"Version {version.number}, seen from {local(version.seen_at)} "
            f"to {local(version.last_seen_at)}"
        )
        if before is None:
            yield f"  {safe(headline(version.article.title))}"
            article = version.article
            yield f"  {len(article.text)} characters in {len(article.blocks)} blocks"
        else:
            yield from _between(before, version, site, colour=colour)
        before = version


def _between(before: Version, after: Version, site: Site, *, colour: bool) -> Iterator[str]:
    difference = compare(before.article, after.article, translates=site.translates)
    if difference is None:
        yield "  read the same by today's rules"
        return
    yield f"  {difference.kind}, {difference.weight}: {', '.join(difference.fields)}"
    rendered = render_difference(before.article, after.article, difference, colour=colour)
    yield textwrap.indent(rendered, "  ")


def _changes(changes: Sequence[Row]) -> Iterator[str]:
    if changes:
        yield ""
    for change in changes:
        explanation = json.loads(change["explanation"])
        where = f" from {safe(explanation['from'])}" if change["kind"] == "moved" else ""
        yield f"{KINDS[change['kind']]}{where}, {_told(change)} (change {change['id']})"


def _told(change: Row) -> str:
    released, dismissed = change["released_at"], change["dismissed_at"]
    told = f"told {local(moment(released))}" if released else "not told"
    if dismissed:
        why = safe(change["dismissed_why"])
        return f"{told}, dismissed {local(moment(dismissed))}: {why}"
    return told if released else f"{told} yet"
