"""How many small edits of real articles are seen.

    python benchmarks/edits.py [-v]

A word or a digit is changed in title, lead, first, middle and last paragraph and caption of every
saved article page; gold text and markup tell where, not our reading.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement
from reading import Case, cases, differing, page_bytes, read_body

from crawlers.markup import parse
from crawlers.outline import Line, outline
from pipelines.normalise import comparable

EDITED = "xoài"
"""A word that no page holds."""


def measure_edits(*, verbose: bool) -> None:
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for case in cases():
        if case.kind != "article":
            continue
        tree = parse(case.body, "text/html")
        before = read_body(page_bytes(tree), case.url, case.language)
        for name, place in _edit_places(tree, case):
            for manner, change in (("word", _other_word), ("digit", _other_digit)):
                body = _edited(tree, place, change)
                if body is None:
                    continue
                kind = f"{name}, {manner}" + (" (vi)" if case.language == "vi" else "")
                tried[kind] += 1
                seen = bool(differing(before, read_body(body, case.url, case.language)))
                found[kind] += seen
                if verbose and not seen:
                    text = " ".join(place.text_content().split())[:80]
                    print(f"  unseen: {kind} {case.file[:26]} {case.url[:40]} {text!r}")
    print(f"\n{'edits':<28}{'tried':>7}{'seen':>7}")
    for kind in sorted(tried):
        print(f"{kind:<28}{tried[kind]:7}{found[kind]:7}")
    print(f"{'all':<28}{tried.total():7}{found.total():7}  {found.total() / tried.total():.1%}")


def _edit_places(tree: HtmlElement, case: Case) -> Iterator[tuple[str, HtmlElement]]:
    """Elements whose text is edited: told by the page and its gold text, not by our reading."""
    lines = outline(tree)
    titles = [line for line in lines if line.element.tag == "h1" and line.link_share < 0.5]
    if len(titles) == 1 and len(titles[0].text) >= 20:
        yield "title", titles[0].element
    gold = [comparable(line) for line in case.gold.splitlines() if len(line) >= 60]
    wanted = comparable(case.gold)
    body = [
        line
        for line in lines
        if len(line.text) >= 60 and line.element.tag != "h1" and comparable(line.text) in wanted
    ]
    if len(gold) and len(body) >= 3:
        yield "first paragraph", body[0].element
        yield "middle paragraph", body[len(body) // 2].element
        yield "last paragraph", body[-1].element
    described = comparable("".join(tree.xpath("//meta[@property='og:description']/@content")[:1]))
    for line in lines:
        if body and line.element is body[0].element:
            break
        if described and len(line.text) >= 40 and comparable(line.text) == described:
            yield "lead", line.element
            break
    for line in lines:
        if line.kind == "caption" and line.link_share < 0.5 and _between(tree, line.element, body):
            yield "caption", line.element
            break


def _between(tree: HtmlElement, element: HtmlElement, body: list[Line]) -> bool:
    if len(body) < 2:
        return False
    order = {one: place for place, one in enumerate(tree.iter())}
    return order[body[0].element] < order[element] < order[body[-1].element]


def _edited(
    tree: HtmlElement, element: HtmlElement, change: Callable[[str], str | None]
) -> bytes | None:
    """The page with one of the element's own texts changed; the tree is put back."""
    owners = [(element, "text"), *((child, "tail") for child in element)]
    for owner, part in owners:
        text = getattr(owner, part) or ""
        if (after := change(text)) is not None:
            setattr(owner, part, after)
            body = page_bytes(tree)
            setattr(owner, part, text)
            return body
    return None


def _other_word(text: str) -> str | None:
    words = [word for word in text.split() if len(word) >= 3 and word.isalpha()]
    if not words:
        return None
    return text.replace(words[len(words) // 2], EDITED, 1)


def _other_digit(text: str) -> str | None:
    match = re.search(r"[1-8](?=\D*$)", text)
    return f"{text[: match.start()]}9{text[match.end() :]}" if match else None


if __name__ == "__main__":
    measure_edits(verbose="-v" in sys.argv)
