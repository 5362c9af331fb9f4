"""Pure: drafts of articles from the word lists, and their text in a language and a wording."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from monitor.replica.names import (
    AGENCIES,
    DOCUMENTS,
    FAMILIES,
    GIVENS,
    MIDDLES,
    PEOPLE,
    PLACES,
    ROLES,
    THINGS,
    Name,
)
from monitor.replica.sentences import LEADS, SENTENCES, TITLES
from monitor.replica.sentences_vi import CAPTIONS, CORRECTIONS, Section

Language = Literal["vi", "en", "ar", "fa"]
Finish = Literal["", "semicolon", "old_tones"]

FIGURES = ("n", "n2", "big", "money", "pct")
_LISTS = {"place": PLACES, "place2": PLACES, "role": ROLES, "agency": AGENCIES, "thing": THINGS}
_RANGES = {
    "n": (11, 289), "n2": (3, 98), "age": (61, 98), "year": (2019, 2028), "month": (1, 12),
    "big": (1010, 96000), "money": (11, 989), "pct": (11, 989),
}  # fmt: skip
_TONES = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("ủy", "uỷ"), ("úy", "uý"), ("ũy", "uỹ"))
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A pattern and what fills its slots; ``choice`` picks the Vietnamese wording."""

    pattern: Name
    slots: tuple[tuple[str, int], ...]
    choice: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences; ``finish`` differs only in ways that no reader would call a change."""

    sentences: tuple[Sentence, ...]
    finish: Finish = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an article says, before it is put into a language."""

    title: Sentence
    lead: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    captions: tuple[Sentence, ...] = ()


def sentence(rng: random.Random, pattern: Name, today: date) -> Sentence:
    """``pattern`` with drawn figures and names; two places or figures are never the same."""
    translated = bool(pattern.en)
    slots: dict[str, int] = {}
    for slot in dict.fromkeys(re.findall(r"\{(\w+)\}", pattern.vi)):
        value = _drawn(rng, slot, today, translated)
        while slot.rstrip("2") in slots and slots[slot.rstrip("2")] == value:
            value = _drawn(rng, slot, today, translated)
        slots[slot] = value
    return Sentence(pattern=pattern, slots=tuple(slots.items()), choice=rng.randrange(2))


def _drawn(rng: random.Random, slot: str, today: date, translated: bool) -> int:
    if slot in _LISTS:
        return rng.randrange(len(_LISTS[slot]))
    if slot == "person":
        return rng.randrange(len(PEOPLE)) if translated else 100 + rng.randrange(10**6)
    if slot == "doc":
        return rng.randint(11, 2400) * len(DOCUMENTS) + rng.randrange(len(DOCUMENTS))
    if slot == "day":
        return (today - timedelta(days=rng.randint(1, 300))).toordinal()
    return rng.randint(*_RANGES[slot])


def filled(slot: str, value: int, language: Language) -> str:
    """The words of one slot."""
    if slot in _LISTS:
        return str(getattr(_LISTS[slot][value], language))
    if slot == "person":
        return person(value) if value >= 100 else str(getattr(PEOPLE[value], language))
    if slot == "doc":
        return _digits(f"{value // len(DOCUMENTS)}{DOCUMENTS[value % len(DOCUMENTS)]}", language)
    if slot == "day":
        day = date.fromordinal(value)
        return _digits(f"{day.day}/{day.month}/{day.year}", language)
    if slot in ("money", "pct"):
        point = "," if language == "vi" else "."
        return _digits(f"{value // 10}{point}{value % 10}", language)
    if slot == "big":
        return _digits(f"{value:,}".replace(",", "." if language == "vi" else ","), language)
    return _digits(str(value), language)


def _digits(text: str, language: Language) -> str:
    return text.translate(_PERSIAN_DIGITS) if language == "fa" else text


def person(number: int) -> str:
    """A Vietnamese person's name."""
    rest, family = divmod(number, len(FAMILIES))
    rest, middle = divmod(rest, len(MIDDLES))
    return f"{FAMILIES[family]} {MIDDLES[middle]} {GIVENS[rest % len(GIVENS)]}"


def said(sentence: Sentence, language: Language = "vi", wording: int = 0) -> str:
    """The sentence as text."""
    number = sentence.choice if language == "vi" else wording
    pattern: str = getattr(sentence.pattern, language)
    for choices in re.findall(r"\[([^]]*)\]", pattern):
        options = choices.split("|")
        pattern = pattern.replace(f"[{choices}]", options[number % len(options)], 1)
    for slot, value in sentence.slots:
        pattern = pattern.replace("{" + slot + "}", filled(slot, value, language))
    return pattern[:1].upper() + pattern[1:]


def paragraph_text(paragraph: Paragraph, language: Language = "vi", wording: int = 0) -> str:
    """The paragraph as text."""
    text = " ".join(said(sentence, language, wording) for sentence in paragraph.sentences)
    if paragraph.finish == "semicolon":
        return text.replace(", ", "; ", 1)
    if paragraph.finish == "old_tones":
        for new, old in _TONES:
            text = text.replace(new, old)
    return text


def new_paragraph(
    rng: random.Random, patterns: Sequence[Name], today: date, deck: list[Name] | None = None
) -> Paragraph:
    """A paragraph of two to four sentences, dealt from ``deck`` (refilled from ``patterns``)."""
    deck = [] if deck is None else deck
    sentences = []
    for _ in range(rng.randint(2, 4)):
        if not deck:
            deck += rng.sample(patterns, len(patterns))
        sentences.append(sentence(rng, deck.pop(), today))
    return Paragraph(sentences=tuple(sentences))


def new_title(rng: random.Random, section: Section, today: date, translated: bool) -> Sentence:
    """A headline, from the section's own or the translated patterns."""
    patterns = list(TITLES) if translated else [vietnamese(title) for title in section.titles]
    return sentence(rng, rng.choice(patterns), today)


def new_caption(rng: random.Random, today: date) -> Sentence:
    """A picture's caption (Vietnamese only)."""
    return sentence(rng, vietnamese(rng.choice(CAPTIONS)), today)


def new_captions(rng: random.Random, today: date, number: int) -> tuple[Sentence, ...]:
    """Captions of which no two are alike."""
    patterns = rng.sample(CAPTIONS, number)
    return tuple(sentence(rng, vietnamese(pattern), today) for pattern in patterns)


def correction_note(rng: random.Random, today: date) -> Paragraph:
    """A paragraph "Đính chính: …"."""
    return Paragraph(sentences=(sentence(rng, vietnamese(rng.choice(CORRECTIONS)), today),))


def patterns_of(section: Section, translated: bool) -> list[Name]:
    """The patterns of the body's sentences."""
    if translated:
        return list(SENTENCES)
    return [*map(vietnamese, section.sentences), *SENTENCES]


def new_draft(
    rng: random.Random, section: Section, today: date, *, translated: bool, captions: int
) -> Draft:
    """An article of five to eight paragraphs; ``translated`` ones exist in four languages."""
    patterns = patterns_of(section, translated)
    lead = [sentence(rng, rng.choice(LEADS), today)]
    if rng.random() < 0.5:
        lead.append(sentence(rng, rng.choice(patterns), today))
    deck: list[Name] = []
    return Draft(
        title=new_title(rng, section, today, translated),
        lead=tuple(lead),
        paragraphs=tuple(
            new_paragraph(rng, patterns, today, deck) for _ in range(rng.randint(5, 8))
        ),
        captions=new_captions(rng, today, captions),
    )


def vietnamese(pattern: str) -> Name:
    """A pattern that exists in Vietnamese only."""
    return Name(pattern, "", "", "")
