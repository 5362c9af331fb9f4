"""Where the figures and names of a text stand, so that they can stand out. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from pipelines.article import Article
from pipelines.rewording import Vocabulary, is_name, vocabulary
from pipelines.tokens import Token, tokens

PartKind = Literal["text", "figure", "name", "space"]
MAX_MARKED = 100_000
"""Characters of a text beyond which nothing of it is marked."""
MAX_LEARNED = 400_000
"""Characters of two readings beyond which names are told by their capitals alone."""
WINDOW = 40
"""Words on either side by which a word is judged to be a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of text within a piece. ``space`` is white space at the piece's end."""

    kind: PartKind
    text: str


class Names:
    """How two readings of an article use capitals; learned when a capital is met first."""

    def __init__(self, before: Article, after: Article) -> None:
        self._sides = (before, after)

    @cached_property
    def known(self) -> Vocabulary:
        texts = [text for side in self._sides for text in (side.lead, side.text, *side.captions)]
        return Vocabulary() if sum(map(len, texts)) > MAX_LEARNED else vocabulary(texts)


class Marker:
    """Tells the figures and names in any stretch of one text; without ``names`` none."""

    def __init__(self, text: str, names: Names | None) -> None:
        self._text = text
        self._names = names
        self._run: Sequence[Token] = tokens(text) if self._is_read(text) else ()
        self._starts: list[int] = []
        start = 0
        for token in self._run:
            self._starts.append(start)
            start += len(token.text) + len(token.space)

    def _is_read(self, text: str) -> bool:
        return self._names is not None and len(text) <= MAX_MARKED

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """The text from ``start`` to ``end``; joined, the parts give it back exactly."""
        return tuple(_with_space_apart(_joined(self._raw(start, end))))

    def _raw(self, start: int, end: int) -> Iterator[Part]:
        at = start
        index = bisect_left(self._starts, start)
        while index < len(self._run) and self._starts[index] < end:
            token, begins = self._run[index], self._starts[index]
            stops = min(begins + len(token.text), end)
            kind = self._kind(index)
            if kind != "text" and begins < stops:
                yield Part(kind="text", text=self._text[at:begins])
                yield Part(kind=kind, text=self._text[begins:stops])
                at = stops
            index += 1
        yield Part(kind="text", text=self._text[at:end])

    def _kind(self, index: int) -> PartKind:
        token = self._run[index]
        if token.kind == "figure":
            return "figure"
        if token.kind != "word" or token.text[0].islower():
            return "text"
        # Letters without case are names by what stands before them alone.
        known = self._names.known if self._names and token.text[0].isupper() else Vocabulary()
        first = max(index - WINDOW, 0)
        near = self._run[first : index + WINDOW]
        return "name" if is_name(near, index - first, known) else "text"


def _joined(raw: Iterator[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one, and a name of several words as one."""
    held = [part for part in raw if part.text]
    kinds = [part.kind for part in held]
    for index, part in enumerate(held):
        between = part.text.isspace() and kinds[index - 1 : index] == ["name"]
        if between and kinds[index + 1 : index + 2] == ["name"]:
            kinds[index] = "name"
    for kind, run in groupby(zip(kinds, held, strict=True), key=lambda pair: pair[0]):
        yield Part(kind=kind, text="".join(part.text for _, part in run))


def _with_space_apart(parts: Iterator[Part]) -> Iterator[Part]:
    *most, last = [*parts] or [Part(kind="text", text="")]
    yield from most
    words = last.text.rstrip()
    if words:
        yield Part(kind=last.kind, text=words)
    if len(words) < len(last.text):
        yield Part(kind="space", text=last.text[len(words) :])
