"""One line of a text → the source that it names, if it is a line that names one. Pure.

Precision comes first: a word like "source" inside a sentence names nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from crawlers.discovery import LONGEST_ADDRESS
from pipelines.citation import LONGEST_LABEL, LONGEST_NAME, Citation
from pipelines.normalise import fold
from pipelines.source_labels import (
    ALONE,
    BUTTONS,
    FIRST_WORDS,
    LABELS,
    LONGEST,
    MOST_WORDS,
    NOT_NAMES,
    REPORTING,
    SENTENCES,
)

LONGEST_LINE: Final = LONGEST_ADDRESS + 400
"""Characters of a line that are looked at."""
LONGEST_BRACKETED: Final = 240
LONGEST_SENTENCE: Final = 250
MOST_WORDS_NAMED: Final = 12
AROUND: Final = " -–—•*[(（【>|►▶"
_AFTER_ADDRESS: Final = ".,;:!?،؛؟。)]}»”’）】>"
_BESIDE_NAME: Final = " -–—|()（）[]【】.,;:：،«»“”\"'"
_ADDRESS = re.compile(
    r"(?:https?://|(?<![\w.-])www\.)[^\s<>\"'“”«»（）【】]+"
    r"|(?<![\w.@/-])(?:[\w-]+\.)+[a-z]{2,}/[^\s<>\"'“”«»（）【】]+"
)
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,12}")
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{2,200})[)）\]】][.。]?$")
_CLOSING = tuple(")）]】.。")
_BUTTON = re.compile(
    "|".join(map(re.escape, sorted(BUTTONS, key=len, reverse=True))), re.IGNORECASE
)
_SENTENCE_ENDS = tuple(".!?;:…。！？؟؛")
_SENTENCE_INSIDE = re.compile(r"[.!?;…。！？؟؛](?:\s|$)")
_MAY_END_LABEL = re.compile(r"[:：/]|www\.")
_FIGURE = re.compile(r"\d")
_GOES_ON = re.compile(r"[,;:،؛，；：、]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link in a line: its text, clean, and the absolute http(s) address it leads to.

    ``is_own``: that is an address of the page's own site.
    """

    text: str
    url: str
    is_own: bool = False


def may_name(line: str) -> bool:
    """Whether ``line`` (clean) may name a source: what is quickly seen."""
    if line.endswith(_CLOSING) and _BRACKETED.search(line[-LONGEST_BRACKETED:]):
        return True
    words = fold(line.lstrip(AROUND)[:LONGEST]).replace("：", ":").split(None, 1)
    return bool(words) and words[0].partition(":")[0] in FIRST_WORDS


def source_in(
    line: str,
    after: str = "",
    anchors: Sequence[Anchor] = (),
    anchors_after: Sequence[Anchor] = (),
    *,
    at_end: bool = False,
) -> Citation | None:
    """What ``line`` (clean) names as source; the address may stand alone in the line ``after``.

    ``at_end``: the line ends a text or follows it, where "Theo Báo X" and "(Nguồn: X)" count.
    """
    line = line[:LONGEST_LINE]
    if not may_name(line):
        return None
    line, anchors = _without_buttons(line), [one for one in anchors if not _is_button(one.text)]
    found = _labelled(line, after[:LONGEST_LINE], anchors, anchors_after)
    found = found or (_reported(line, anchors) if at_end else None)
    found = found or _told_in_a_sentence(line, anchors)
    if found is None and (bracketed := _BRACKETED.search(line[-LONGEST_BRACKETED:])):
        inside = [anchor for anchor in anchors if anchor.text in bracketed[1]]
        found = _labelled(bracketed[1].strip(), "", inside, ())
        found = found or (_reported(bracketed[1].strip(), inside) if at_end else None)
        found = found if found and (at_end or found.url) else None
    return found


def _without_buttons(line: str) -> str:
    if len(line) > LONGEST_NAME + LONGEST_ADDRESS:
        return line
    return _BUTTON.sub(" ", line).strip()


def _is_button(text: str) -> bool:
    return text.lower() in BUTTONS


def printed_address(text: str) -> str:
    """The first address printed in ``text``, as http(s); empty where none is."""
    found = _ADDRESS.search(text[:LONGEST_LINE])
    return as_address(found[0]) if found else ""


def as_address(printed: str) -> str:
    """A printed address with its scheme; empty for one that is cut short or is none."""
    url = printed.rstrip(_AFTER_ADDRESS)
    if len(url) > LONGEST_ADDRESS or printed.endswith(("...", "…")):
        return ""
    url = url if url.startswith(("http://", "https://")) else f"https://{url}"
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return url if "." in host.strip(".") else ""


def _labelled(
    line: str, after: str, anchors: Sequence[Anchor], anchors_after: Sequence[Anchor]
) -> Citation | None:
    """A label, with a colon, an address, a link, or nothing at all behind it."""
    label, rest, address = _parted(line, anchors)
    if len(label) > LONGEST or fold(label) not in LABELS:
        return None
    told = Citation(label=label[:LONGEST_LABEL])
    if url := as_address(address):
        return replace(told, name=_name(rest), url=url, how="printed")
    if link := next((one for one in anchors if one.url), None):
        name = rest if rest.strip(_BESIDE_NAME) else link.text
        known = fold(name.strip(_BESIDE_NAME)) == fold(label)
        return replace(told, name="" if known else _name(name), url=link.url, how="link")
    if rest.strip(_BESIDE_NAME):
        return replace(told, name=_name(rest)) if _is_name(rest) else None
    if url := _address_alone(after):
        return replace(told, url=url, how="printed")
    if len(anchors_after) == 1 and anchors_after[0].text == after:
        return replace(told, name=_name(after), url=anchors_after[0].url, how="link")
    return told if fold(label) in ALONE else None


def _parted(line: str, anchors: Sequence[Anchor]) -> tuple[str, str, str]:
    """Label, what follows, and the printed address, each empty where it is not there.

    Without a colon the label ends where an address or a link begins.
    """
    beginning = line[: LONGEST + len(AROUND)]
    if len(line) > len(beginning) and not _MAY_END_LABEL.search(beginning):
        return line, "", ""
    address = _ADDRESS.search(line)
    head = (line[: address.start()] if address else line).replace("：", ":")
    start, colon, rest = head.partition(":")
    if not colon and not address and len(anchors) == 1 and line.endswith(anchors[0].text):
        start, rest = line.removesuffix(anchors[0].text), anchors[0].text
        start, rest = (start, rest) if start.strip(AROUND) else (rest, "")
    return start.strip(AROUND), rest, address[0] if address else ""


def _address_alone(line: str) -> str:
    found = _ADDRESS.match(line)
    return as_address(found[0]) if found else ""


def _reported(line: str, anchors: Sequence[Anchor]) -> Citation | None:
    """A reporting word before a name, and nothing else in the line: "Theo Báo X"."""
    if line.endswith(_SENTENCE_ENDS):
        return None
    words = line.strip(AROUND).split()
    for size in range(1, min(MOST_WORDS, len(words) - 1) + 1):
        label, name = " ".join(words[:size]), " ".join(words[size:])
        if fold(label) not in REPORTING or not _is_name(name, most=8):
            continue
        if _FIGURE.search(name) and not _HOST.fullmatch(name):
            continue  # "Theo Nghị định 57": a decree
        if _GOES_ON.search(name.strip(_BESIDE_NAME)):
            continue  # "Theo Bộ Công an, tội phạm giảm mạnh": a headline
        if name.lower().startswith(NOT_NAMES) or label.isupper():
            continue  # among capitals nothing tells a name
        if size == 1 and not label[0].isupper() and label[0].lower() != label[0].upper():
            continue
        told = Citation(label=label[:LONGEST_LABEL], name=_name(name))
        links = [one for one in anchors if one.url and one.text in line]
        if any(one.is_own for one in links):
            return None  # the headline of another article
        return replace(told, url=links[0].url, how="link") if links else told
    return None


def _told_in_a_sentence(line: str, anchors: Sequence[Anchor]) -> Citation | None:
    """A short line that says nothing but where the text first stood."""
    if len(line) > LONGEST_SENTENCE:
        return None
    folded = fold(line)
    begun = next((one for one in SENTENCES if folded.startswith(one)), None)
    if begun is None:
        return None
    label = " ".join(line.split()[: len(begun.split())])
    rest = line[len(label) :].strip()
    told = Citation(label=label[:LONGEST_LABEL], name=_name(rest) if _is_name(rest, most=8) else "")
    if link := next((one for one in anchors if one.url), None):
        return replace(told, url=link.url, how="link")
    if url := printed_address(rest):
        return replace(told, name="", url=url, how="printed")
    return told if told.name else None


def _is_name(text: str, most: int = MOST_WORDS_NAMED) -> bool:
    """Whether this may be what a source is called: short, no sentence, and begins like a name."""
    name = text.strip(_BESIDE_NAME)
    if not name or len(name) > LONGEST_NAME or len(name.split()) > most:
        return False
    if _HOST.fullmatch(name):
        return True
    if _SENTENCE_INSIDE.search(name):
        return False
    letter = next((one for one in name if one.isalpha()), "")
    return bool(letter) and (letter.lower() == letter.upper() or letter.isupper())


def _name(text: str) -> str:
    name = text.strip(_BESIDE_NAME)
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
