"""Edits as newsrooms make them: each says which weights are right, from what it did."""

import random
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from edit_texts import CORRECTIONS, FACT_WORDS, NEGATIONS, NOT_NEGATIONS, TONES
from lxml.html import HtmlElement
from phrases import ENGLISH, VIETNAMESE, Tongue
from scene import Piece, Scene

SUBSTANTIVE = frozenset({"substantive"})
MINOR = frozenset({"minor"})
COSMETIC = frozenset({"cosmetic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was edited, and what it may weigh; ``may_be_unseen`` where silence is right too."""

    right: frozenset[str]
    may_be_unseen: bool = False
    note: bool = False


Edit = Callable[[Scene, random.Random], Done | None]
"""Edits the scene; None where the page has nothing to edit so."""


def change(scene: Scene, piece: Piece, text: str) -> None:
    """Change a text wherever the page prints it."""
    old = piece.text
    for one in list(scene.pieces()):
        if one.text.strip() == old.strip():
            one.write(one.text.replace(old.strip(), text.strip()))


def first_that(
    scene: Scene, dice: random.Random, pieces: list[Piece], edit: Callable[[str], str | None]
) -> bool:
    """Apply ``edit`` to the first of the pieces, in drawn order, that it applies to."""
    for piece in dice.sample(pieces, len(pieces)):
        after = edit(piece.text)
        if after is not None and after != piece.text:
            change(scene, piece, after)
            return True
    return False


def substituted(pattern: str, new: Callable[[re.Match[str]], str]) -> Callable[[str], str | None]:
    """Replaces the middle one of what matches."""

    def edit(text: str) -> str | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = found[len(found) // 2]
        return f"{text[: match.start()]}{new(match)}{text[match.end() :]}"

    return edit


def tongue_of(scene: Scene) -> Tongue | None:
    return {"vi": VIETNAMESE, "en": ENGLISH}.get(scene.case.language)


def digit(scene: Scene, dice: random.Random) -> Done | None:
    edit = substituted(r"\d", lambda match: str((int(match[0]) + dice.randint(1, 8)) % 9 + 1))
    changed = first_that(scene, dice, scene.body, lambda text: _other_digit(text, edit))
    return Done(right=SUBSTANTIVE) if changed else None


def _other_digit(text: str, edit: Callable[[str], str | None]) -> str | None:
    after = edit(text)
    return after if after != text else substituted(r"\d", lambda _: "0")(text)


def decimal_comma(scene: Scene, dice: random.Random) -> Done | None:
    edit = substituted(r"(?<![\d.,])(\d+)[.,](\d{1,2})(?![\d.,]\d|\d)", lambda one: one[1] + one[2])
    return Done(right=SUBSTANTIVE) if first_that(scene, dice, scene.body, edit) else None


def name(scene: Scene, dice: random.Random) -> Done | None:
    if (tongue := tongue_of(scene)) is None:
        return None
    new = dice.choice(tongue.names).split()[-1]
    edit = substituted(r"(?<=[a-zà-ỹ] )[A-ZĐ][a-zà-ỹ]{2,}(?=[ ,])", lambda _: new)
    return Done(right=SUBSTANTIVE) if first_that(scene, dice, scene.body, edit) else None


def negation_inserted(scene: Scene, dice: random.Random) -> Done | None:
    if (word := NEGATIONS.get(scene.case.language)) is None:
        return None
    edit = substituted(r"(?<=[a-zà-ỹ]{2} )(?=[a-zà-ỹ]{3,} [a-zà-ỹ]{2})", lambda _: f"{word} ")
    return Done(right=SUBSTANTIVE) if first_that(scene, dice, scene.body, edit) else None


def negation_removed(scene: Scene, dice: random.Random) -> Done | None:
    if (word := NEGATIONS.get(scene.case.language)) is None:
        return None

    def edit(text: str) -> str | None:
        if any(one in text.lower() for one in NOT_NEGATIONS):
            return None
        return substituted(rf"(?<=\w ){word} (?=\w)", lambda _: "")(text)

    return Done(right=SUBSTANTIVE) if first_that(scene, dice, scene.body, edit) else None


def another_word(scene: Scene, pieces: list[Piece], dice: random.Random) -> bool:
    """A plain word among plain words for another; no name, figure, quote or negation near."""
    tongue = tongue_of(scene)
    new = dice.choice(tongue.plain if tongue else ENGLISH.plain)
    edit = substituted(r"(?<=[a-zà-ỹ]{2} )[a-zà-ỹ]{3,}(?= [a-zà-ỹ]{2,})", lambda _: new)

    return first_that(scene, dice, pieces, _wording_only(edit))


def _wording_only(edit: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def plain(text: str) -> str | None:
        after = edit(text)
        gone = set(text.lower().split()) - set((after or text).lower().split())
        return None if after is None or gone & FACT_WORDS or re.search('["“«]', text) else after

    return plain


def word_in_title(scene: Scene, dice: random.Random) -> Done | None:
    return Done(right=SUBSTANTIVE) if another_word(scene, scene.title, dice) else None


def title_everywhere(scene: Scene, dice: random.Random) -> Done | None:
    """As a newsroom's system does it: headline, description for others and JSON-LD alike."""
    before = " ".join("".join(one.text for one in scene.title).split())
    if not before or not another_word(scene, scene.title, dice):
        return None
    after = " ".join("".join(one.text for one in scene.title).split())
    for element in scene.tree.iter("meta", "title", "script"):
        if element.text and before in element.text:
            element.text = element.text.replace(before, after)
        if before in (element.get("content") or ""):
            element.set("content", element.get("content").replace(before, after))
    return Done(right=SUBSTANTIVE)


def word_in_lead(scene: Scene, dice: random.Random) -> Done | None:
    return Done(right=MINOR) if another_word(scene, scene.lead, dice) else None


def word_in_first(scene: Scene, dice: random.Random) -> Done | None:
    return Done(right=MINOR) if another_word(scene, scene.body[:1], dice) else None


def word_in_middle(scene: Scene, dice: random.Random) -> Done | None:
    return Done(right=MINOR) if another_word(scene, scene.body[1:-1], dice) else None


def word_in_last(scene: Scene, dice: random.Random) -> Done | None:
    return Done(right=MINOR) if another_word(scene, scene.body[-1:], dice) else None


def word_in_caption(scene: Scene, dice: random.Random) -> Done | None:
    return Done(right=MINOR) if another_word(scene, scene.captions, dice) else None


def figure_in_caption(scene: Scene, dice: random.Random) -> Done | None:
    edit = substituted(r"(?<=[^\W\d]) (?=[^\W\d])", lambda _: f" {dice.randint(11, 99)} ")
    return Done(right=SUBSTANTIVE) if first_that(scene, dice, scene.captions, edit) else None


def sentence_removed(scene: Scene, dice: random.Random) -> Done | None:
    def edit(text: str) -> str | None:
        sentences = re.split(r"(?<=[a-zà-ỹ][.!?])\s+(?=[A-ZĐÀ-Ỹ])", text.strip())
        if len(sentences) < 2 or min(map(len, sentences)) < 30:
            return None
        del sentences[len(sentences) // 2]
        return " ".join(sentences)

    return Done(right=SUBSTANTIVE) if first_that(scene, dice, scene.body, edit) else None


def paragraph_removed(scene: Scene, dice: random.Random) -> Done | None:
    inner = scene.paragraphs[1:-1]
    if len(inner) < 2:
        return None
    gone = dice.choice(inner)
    above, tail = gone.getparent(), gone.tail
    before = gone.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    above.remove(gone)
    scene.paragraphs.remove(gone)
    left = set(scene.tree.iter())
    scene.body[:] = [one for one in scene.body if one.element in left]
    return Done(right=SUBSTANTIVE)


def paragraph_added(scene: Scene, dice: random.Random) -> Done | None:
    place = dice.randrange(len(scene.paragraphs) - 1)
    _insert(scene, scene.paragraphs[place], scene.voice(dice).sentences(2, 3))
    return Done(right=SUBSTANTIVE)


def correction_note(scene: Scene, dice: random.Random) -> Done | None:
    notes = CORRECTIONS.get(scene.case.language)
    if notes is None:
        return None
    place = dice.choice((0, -1))
    _insert(scene, scene.paragraphs[place], dice.choice(notes))
    return Done(right=SUBSTANTIVE, note=True)


def _insert(scene: Scene, behind: HtmlElement, text: str) -> None:
    """A paragraph of the same make as the one that it stands behind."""
    new = deepcopy(behind)
    for child in list(new):
        new.remove(child)
    new.text, new.tail, behind.tail = text, behind.tail, None
    behind.getparent().insert(behind.getparent().index(behind) + 1, new)
    scene.paragraphs.insert(scene.paragraphs.index(behind) + 1, new)


def quotation(scene: Scene, dice: random.Random) -> Done | None:
    edit = substituted(
        r"(?<=[“\"])([^“”\"]*?[a-zà-ỹ]{2} )[a-zà-ỹ]{3,}( [a-zà-ỹ]{2}[^“”\"]{8,}?)(?=[”\"])",
        lambda match: f"{match[1]}{dice.choice((tongue_of(scene) or ENGLISH).plain)}{match[2]}",
    )
    right = SUBSTANTIVE | MINOR
    return Done(right=right) if first_that(scene, dice, scene.body, edit) else None


def punctuation(scene: Scene, dice: random.Random) -> Done | None:
    edit = substituted(r"(?<=[a-zà-ỹ]), (?=[a-zà-ỹ])", lambda _: dice.choice(("; ", " - ", " ")))
    return Done(right=COSMETIC) if first_that(scene, dice, scene.body, edit) else None


def typo(scene: Scene, dice: random.Random) -> Done | None:
    edit = substituted(
        r"(?<=[a-zà-ỹ]{2} )([a-z]{2,3})([a-z])([a-z])(?=[a-z]* [a-zà-ỹ]{2})",
        lambda match: f"{match[1]}{match[3]}{match[2]}",
    )
    changed = first_that(scene, dice, scene.body, _wording_only(edit))
    return Done(right=MINOR) if changed else None


def tone_placement(scene: Scene, dice: random.Random) -> Done | None:
    def edit(text: str) -> str | None:
        return substituted(rf"\b(?:{'|'.join(TONES)})\b", lambda match: TONES[match[0]])(text)

    found = scene.case.language == "vi" and first_that(scene, dice, scene.body, edit)
    return Done(right=COSMETIC, may_be_unseen=True) if found else None
