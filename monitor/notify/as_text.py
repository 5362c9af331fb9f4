"""A message for people: a title and a short body, inert in whatever shows it."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from monitor.notify.message import Message, store_url
from monitor.notify.told import Told
from monitor.render.addresses import web_address
from monitor.render.language import language_of
from monitor.render.link_text import note_lines
from monitor.render.pieces import ShownBlock
from monitor.render.shown import replaced_pairs, show_told
from monitor.render.text import safe
from monitor.render.words import FIELD_NAMES, KINDS, local

LONGEST_LINE: Final = 160
"""Characters of a title that are shown."""
LONGEST_DIFFERENCE: Final = 1500
MOST_NOTES: Final = 8
LONGEST_NOTE: Final = 400
LISTED: Final = 40
"""Changes that a digest lists; the others are counted."""

# Services read marks of their own in plain text: @everyone, <!channel>, [text](address).
_INERT: Final = str.maketrans(
    {
        "@": "@\u2060",
        "<": "‹",
        ">": "›",
        "[": "［",
        "]": "］",
        "`": "ˋ",
        "*": "∗",
        "⟦": "［",
        "⟧": "］",
    }
)
_MARKS: Final = {"equal": ("", ""), "delete": ("⟦−", "⟧"), "insert": ("⟦+", "⟧")}


def title_of(message: Message) -> str:
    """One line that says what came."""
    if message.kind == "test":
        return "baowatch: a test"
    if not message.changes:
        return "baowatch"
    first = message.changes[0]
    if message.kind == "correction":
        return _cut(f"Correction: {inert(first.site_title)}: «{inert(first.title)}»")
    if message.kind == "digest":
        sites = {one.site for one in message.changes}
        counted = _counted(len(message.changes), "change")
        return f"baowatch: {counted} of {_counted(len(sites), 'site')}"
    return _cut(f"{inert(first.site_title)}: {KINDS[first.kind]}: «{inert(first.title)}»")


def body_of(message: Message) -> str:
    """What came, in plain text."""
    match message.kind:
        case "test":
            return f"The channel {message.channel!r} works. Nothing was changed anywhere."
        case "digest":
            return "\n".join(_digest(message)).strip()
        case "correction":
            return "\n\n".join("\n".join(_correction(one, message)) for one in message.changes)
        case _:
            return "\n\n".join("\n".join(_change(one, message)) for one in message.changes)


def inert(text: str) -> str:
    """Scraped text on one line that no service obeys, and no terminal."""
    return safe(text).translate(_INERT)


def _change(one: Told, message: Message) -> Iterator[str]:
    fields = ": " + ", ".join(field.replace("_", " ") for field in one.fields) if one.fields else ""
    yield f"{inert(one.site_title)}: {KINDS[one.kind]} ({one.weight}{fields})"
    yield _cut(inert(one.title))
    yield from _links(one, message)
    yield from _difference(one)
    yield from _notes(one)
    yield f"seen {local(one.detected_at)}; change {one.change_id}"


def _difference(one: Told) -> Iterator[str]:
    if one.before is None or one.after is None:
        return
    shown = show_told(one.before, one.after, one.fields, one.explanation)
    lines = (
        f"{FIELD_NAMES[field.name]}: {''.join(_pieces(block)).strip()}"
        for field in shown.fields
        for block in field.changed
    )
    told = "\n".join(lines)
    if told:
        yield told[:LONGEST_DIFFERENCE] + ("…" if len(told) > LONGEST_DIFFERENCE else "")


def _notes(one: Told) -> Iterator[str]:
    """What the change means for copies and translations."""
    for note in one.notes[:MOST_NOTES]:
        yield from (inert(line)[:LONGEST_NOTE] for line in note_lines(note, language_of("en")))


def _pieces(block: ShownBlock) -> Iterator[str]:
    """The space after a word stands outside the marks, and once where a word was replaced."""
    for piece, is_replaced in replaced_pairs(block.pieces):
        text = inert(piece.text)
        start, end = _MARKS[piece.op]
        words = text.rstrip()
        if piece.folded:
            yield "… "
        else:
            yield f"{start}{words}{end}{'' if is_replaced else text[len(words) :]}"


def _digest(message: Message) -> Iterator[str]:
    kinds = list(KINDS)
    in_order = sorted(message.changes, key=lambda one: (one.site, kinds.index(one.kind)))
    for _, of_site in groupby(in_order[:LISTED], key=lambda one: one.site):
        told = list(of_site)
        yield ""
        yield inert(told[0].site_title)
        for one in told:
            yield f"- {KINDS[one.kind]}: {_cut(inert(one.title))}"
            yield from (f"  {link}" for link in _links(one, message))
            yield from (f"  {line}" for line in _notes(one))
    if len(in_order) > LISTED:
        yield ""
        yield f"… and {_counted(len(in_order) - LISTED, 'more change')}"


def _correction(one: Told, message: Message) -> Iterator[str]:
    yield f"What was told of this article ({KINDS[one.kind]}) is taken back: it was a false alarm."
    yield f"{inert(one.site_title)}: {_cut(inert(one.title))}"
    yield from _links(one, message)
    if one.dismissed_why:
        yield f"Why: {_cut(inert(one.dismissed_why))}"
    yield f"told {local(one.released_at)}; change {one.change_id}"


def _links(one: Told, message: Message) -> Iterator[str]:
    if address := web_address(one.url):
        yield safe(address)
    if page := store_url(one, message.browse_url):
        yield page


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
