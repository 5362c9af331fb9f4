"""Addresses → their shapes: what many addresses of one kind have in common. Pure.

A path is taken apart at slashes, and its last part at hyphens: words become "words", numbers
"a number", and letters beside figures (``post281234``, ``d20240625…``) stay, as they tell
articles from tags. Addresses of one shape make one pattern, of pieces that cannot overlap, so
that no address is slow to match; and of nothing but figures, ASCII letters, ``-``, ``_`` and
``.`` of the portal's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote, urlsplit

FEWEST_WORDS: Final = 4
"""Words of a title, from which an address without number or day may be an article's."""
LONGEST_DAY: Final = 12
"""Figures, from which a number tells a moment and may grow by its own rules."""
ALIKE_FROM: Final = 5
"""Addresses, from which a part that is the same in all of them is believed to be fixed."""
MOST_SEGMENTS: Final = 8

_PLAIN: Final = re.compile(r"[\w.~%!@$&'()*+,;=:/-]+(?:\?[\w.~%/=&+-]+)?")
_ENDING: Final = re.compile(r"(.+)\.([A-Za-z]{2,5})")
_RUNS: Final = re.compile(r"\d+|[A-Za-z]+")
_DRAWN: Final = re.compile(r"(?=.*\d)(?=.*[a-z])[0-9a-z]{6,12}")
_NAMED_NUMBER: Final = re.compile(r"[A-Za-z]{1,8}\d{3,}")
_FIXED: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_DAY: Final = re.compile(r"\d{4}([-_])\d{1,2}\1\d{1,2}")
_FILES: Final = frozenset(
    (
        *(
            "jpg",
            "jpeg",
            "png",
            "gif",
            "webp",
            "svg",
            "ico",
            "css",
            "js",
            "pdf",
            "doc",
            "docx",
            "xls",
        ),
        *("xlsx", "zip", "mp3", "mp4", "xml", "rss", "atom", "json"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an address: ``kind`` and the letters that stand in it whatever the article.

    words: a title's; name: a section's, one or two words; runs: figures between letters, the
    letters in ``fixed`` with ``#`` for figures; day: 2026-03-01. ``tail`` is the last word of a
    title where it is a number, or letters and figures: ``#``, ``post#``, or ``?`` where drawn
    anew for each article. ``ending`` without its point.
    """

    kind: str
    fixed: str = ""
    tail: str = ""
    ending: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What addresses of one kind have in common; equal shapes are one kind."""

    parts: tuple[Part, ...]
    slash: bool = False
    asks: tuple[str, ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Whether a number, a day or a drawn word tells one article from another."""
        return bool(self.asks) or any(
            part.tail or part.kind in ("runs", "day") for part in self.parts
        )

    @property
    def may_be_an_article(self) -> bool:
        return self.is_numbered or any(part.kind == "words" for part in self.parts)


def path_of(url: str) -> str:
    """What a site file's pattern is matched against, with the query where there is one."""
    parts = urlsplit(url)
    query = f"?{unquote(parts.query)}" if parts.query else ""
    return unquote(parts.path) + query


def shape_of(path: str) -> Shape | None:
    """The shape of a decoded path (see ``path_of``); None for files and for what is too odd."""
    if not _PLAIN.fullmatch(path) or not path.startswith("/"):
        return None
    path, _, query = path.partition("?")
    if "//" in path or (path == "/" and not query):
        return None
    segments = path.strip("/").split("/") if path != "/" else []
    if len(segments) > MOST_SEGMENTS:
        return None
    ending = _ENDING.fullmatch(segments[-1]) if segments else None
    if ending and ending[2].lower() in _FILES:
        return None
    parts = [_as_section(_part(one)) for one in segments[:-1]]
    if ending:
        parts.append(replace(_part(ending[1]), ending=ending[2]))
    elif segments:
        parts.append(_part(segments[-1]))
    asks = tuple(piece.partition("=")[0] for piece in query.split("&")) if query else ()
    return Shape(parts=tuple(parts), slash=path.endswith("/") and len(path) > 1, asks=asks)


def words_in(piece: str) -> int:
    """Words between hyphens; one hyphen after another has none between them."""
    return sum(map(bool, re.split(r"[-_]", piece)))


def _part(text: str) -> Part:
    if _DAY.fullmatch(text):
        return Part(kind="day")
    words = re.split(r"[-_]", text)
    if len(words) == 1:
        return Part(kind="runs", fixed=_runs(text)) if _is_number(text, 1) else Part(kind="name")
    tail = _tail(words[-1]) if len(words) > 2 else ""
    if not tail and _is_number(words[-1], 5):
        tail = _runs(words[-1])
    return Part(kind="words" if tail or words_in(text) >= FEWEST_WORDS else "name", tail=tail)


def _as_section(part: Part) -> Part:
    """Before the last part, many words are a section's or a title's, and either may stand there."""
    return Part(kind="name") if part.kind == "words" and not part.tail else part


def _tail(word: str) -> str:
    if _is_number(word, 5):
        return _runs(word)
    return "?" if _DRAWN.fullmatch(word) else ""


def _is_number(word: str, figures: int) -> bool:
    """Mostly figures, with few letters between: 3345678, post281234, 151234p0c25."""
    if _NAMED_NUMBER.fullmatch(word):
        return True
    runs = _RUNS.findall(word)
    if "".join(runs) != word or len(runs) > 6:
        return False
    numbers = [run for run in runs if run.isdigit()]
    letters = [run for run in runs if not run.isdigit()]
    return (
        bool(numbers)
        and max(map(len, numbers)) >= figures
        and all(len(run) <= (8 if runs[0] == run else 2) for run in letters)
    )


def _runs(word: str) -> str:
    return re.sub(r"\d+", "#", word)


def pattern_of(paths: Sequence[str], words: int = FEWEST_WORDS) -> str:
    """A regular expression that all ``paths``, of one shape, match as a whole.

    ``words``: a title without number or day beside it has so many at least.
    """
    shape = shape_of(paths[0])
    assert shape is not None
    columns = [path.partition("?")[0].strip("/").split("/") for path in paths]
    written = [
        _written(part, [row[at] for row in columns], words, shape.is_numbered)
        for at, part in enumerate(shape.parts)
    ]
    pattern = "/" + "/".join(written) + ("/" if shape.slash else "")
    if not shape.asks:
        return pattern
    return f"{pattern}\\?{'&'.join(_asked(name, at, paths) for at, name in enumerate(shape.asks))}"


def _written(part: Part, values: Sequence[str], words: int, is_numbered: bool) -> str:
    ending = rf"\.{part.ending}" if part.ending else ""
    stems = [value.removesuffix(f".{part.ending}") if part.ending else value for value in values]
    match part.kind:
        case "day":
            return r"\d{4}[-_]\d{1,2}[-_]\d{1,2}" + ending
        case "runs":
            return _figures(part.fixed, stems) + ending
        case "words" if part.tail:
            tails = [re.split(r"[-_]", stem)[-1] for stem in stems]
            heads = [stem[: -len(tail) - 1] for stem, tail in zip(stems, tails, strict=True)]
            title = "[^/]+" if all(heads) else "[^/]*"
            return title + _joint(stems) + _figures(part.tail, tails) + ending
        case "words" if not is_numbered:
            first, last = ("[_-]*" * any(stem[at] in "-_" for stem in stems) for at in (0, -1))
            return f"{first}[^/_-]+(?:[_-]+[^/_-]+){{{words - 1},}}{last}{ending}"
        case _:
            is_fixed = len(set(stems)) == 1 and len(stems) >= ALIKE_FROM
            if is_fixed and part.kind == "name" and _FIXED.fullmatch(stems[0]):
                return re.escape(stems[0]) + ending
            return "[^/]+" + ending


def _joint(stems: Sequence[str]) -> str:
    marks = {stem[len(stem) - len(re.split(r"[-_]", stem)[-1]) - 1] for stem in stems}
    return "-" if marks == {"-"} else "[-_]"


def _figures(fixed: str, values: Sequence[str]) -> str:
    if fixed == "?":
        return f"[0-9a-z]{{{max(min(map(len, values)) - 1, 4)},}}"
    rows = [re.findall(r"\d+", value) for value in values]
    written = ""
    column = 0
    for piece in re.findall(r"#|[^#]+", fixed):
        if piece == "#":
            shortest = min(len(row[column]) for row in rows)
            least = LONGEST_DAY if shortest >= LONGEST_DAY else max(shortest - 2, 1)
            written += rf"\d{{{least},}}" if least > 1 else r"\d+"
            column += 1
        else:
            written += piece
    return written


def _asked(name: str, at: int, paths: Sequence[str]) -> str:
    asked = [path.partition("?")[2].split("&")[at].partition("=") for path in paths]
    safe = re.escape(name) if _FIXED.fullmatch(name) else "[^&=]*"
    if all(value.isdecimal() for _, _, value in asked):
        return rf"{safe}=\d+"
    return safe + ("=[^&]*" if all(equals for _, equals, _ in asked) else "(?:=[^&]*)?")
