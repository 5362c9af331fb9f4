"""A proposal as a site file: YAML with its evidence as comments. Pure.

What a portal says is hostile: in a comment it is one line without anything that a terminal or
an editor obeys, in a value it is a quoted scalar.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from monitor.adding.proposal import Found, Proposal
from monitor.render.text import safe

HEAD: Final = "# yaml-language-server: $schema=../site.schema.json"
LONGEST: Final = 200


def comment(text: str) -> str:
    """``text`` as one line of a comment."""
    plain = " ".join(safe(text).split())
    return f"# {plain[:LONGEST]}{'…' if len(plain) > LONGEST else ''}"


def quoted(text: str) -> str:
    """``text`` as a YAML scalar that is never anything but a string."""
    plain = " ".join(safe(text).split())
    return json.dumps(plain, ensure_ascii=False)


def pattern(text: str) -> str:
    """A regular expression as a YAML scalar, as people would write it."""
    return "'" + text.replace("'", "''") + "'"


def site_file(proposal: Proposal, day: date) -> str:
    """The text of the site's file."""
    return "\n".join(_lines(proposal, day)) + "\n"


def _lines(proposal: Proposal, day: date) -> Iterator[str]:
    yield HEAD
    yield f"# Proposed by `baowatch add` on {day.isoformat()}. Comments say what speaks for each"
    yield "# line. Look at them, mend what is wrong, then try `baowatch check` and a crawl."
    yield from _value("title", quoted(proposal.title.value), proposal.title)
    yield from _value("home", quoted(proposal.home.value), proposal.home)
    if proposal.platform:
        yield from _value("platform", proposal.platform.value, proposal.platform)
    languages = ", ".join(map(_language, proposal.languages.value.split()))
    yield from _value("languages", f"[{languages}]", proposal.languages)
    yield from _value("timezone", proposal.timezone.value, proposal.timezone)
    if proposal.delay:
        yield from _value("delay", proposal.delay.value, proposal.delay)
    yield "verified: false"
    yield from _list("articles", "path", proposal.articles)
    if proposal.not_articles:
        yield "not_articles:"
        for one in proposal.not_articles:
            yield f"  {comment(one.why)}"
            yield f"  - {pattern(one.value)}"
    yield from _sources(proposal)
    if proposal.title_selector:
        yield "selectors:"
        yield f"  {comment(proposal.title_selector.why)}"
        yield f"  title: [{pattern(proposal.title_selector.value)}]"
    for note in proposal.notes:
        yield comment(note)


def _language(code: str) -> str:
    """Norwegian is no "no" of YAML's."""
    return quoted(code) if code in ("no", "on", "off", "yes") else code


def _value(key: str, written: str, found: Found) -> Iterator[str]:
    yield comment(found.why)
    yield f"{key}: {written}"


def _list(key: str, inner: str, found: tuple[Found, ...]) -> Iterator[str]:
    if not found:
        return
    yield f"{key}:"
    for one in found:
        yield f"  {comment(one.why)}"
        yield f"  - {inner}: {pattern(one.value)}"


def _sources(proposal: Proposal) -> Iterator[str]:
    if not proposal.sources:
        return
    yield "sources:"
    for one in proposal.sources:
        yield f"  {comment(one.why)}"
        yield f"  - url: {quoted(one.url)}"
        yield f"    kind: {one.kind}"
