"""Pure: what an editor does to a draft. Each gives the draft and the exact words before, after."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar

from monitor.replica.sentences_vi import SECTIONS, Section
from monitor.replica.writing import (
    FIGURES,
    Draft,
    Finish,
    Paragraph,
    Sentence,
    correction_note,
    filled,
    new_caption,
    new_paragraph,
    new_title,
    paragraph_text,
    patterns_of,
    said,
)

T = TypeVar("T")


class Edited(NamedTuple):
    """A draft after an edit, and the words that went and came."""

    draft: Draft
    before: str
    after: str


class Pen(NamedTuple):
    """What an edit draws from; ``section`` is the slug of the draft's section."""

    rng: random.Random
    section: str
    today: date


Edit = Callable[[Pen, Draft], Edited | None]
"""None where the draft has nothing of the sort."""

FINISHES: tuple[Finish, ...] = ("old_tones", "semicolon")


def section_of(slug: str) -> Section:
    """The section with this slug."""
    return next(section for section in SECTIONS if section.slug == slug)


def other_figure(rng: random.Random, sentence: Sentence) -> tuple[Sentence, str, str] | None:
    """The sentence with one figure changed."""
    figures = [index for index, (slot, _) in enumerate(sentence.slots) if slot in FIGURES]
    if not figures:
        return None
    index = rng.choice(figures)
    slot, value = sentence.slots[index]
    changed = value + rng.choice((1, 3, 10, 27)) * rng.choice((1, -1) if value > 40 else (1,))
    slots = (*sentence.slots[:index], (slot, changed), *sentence.slots[index + 1 :])
    return replace(sentence, slots=slots), filled(slot, value, "vi"), filled(slot, changed, "vi")


def number(pen: Pen, draft: Draft) -> Edited | None:
    """A figure in the body."""
    places = [(p, s) for p, one in enumerate(draft.paragraphs) for s in range(len(one.sentences))]
    for place, index in pen.rng.sample(places, len(places)):
        paragraph = draft.paragraphs[place]
        changed = other_figure(pen.rng, paragraph.sentences[index])
        if changed:
            sentence, before, after = changed
            sentences = _put(paragraph.sentences, index, sentence)
            new = replace(paragraph, sentences=sentences)
            paragraphs = _put(draft.paragraphs, place, new)
            return Edited(replace(draft, paragraphs=paragraphs), before, after)
    return None


def lead_number(pen: Pen, draft: Draft) -> Edited | None:
    """A figure in the lead."""
    for index in pen.rng.sample(range(len(draft.lead)), len(draft.lead)):
        changed = other_figure(pen.rng, draft.lead[index])
        if changed:
            sentence, before, after = changed
            return Edited(replace(draft, lead=_put(draft.lead, index, sentence)), before, after)
    return None


def title(pen: Pen, draft: Draft) -> Edited | None:
    """Another headline."""
    while True:
        new = new_title(pen.rng, section_of(pen.section), pen.today, bool(draft.title.pattern.en))
        if said(new) != said(draft.title):
            return Edited(replace(draft, title=new), said(draft.title), said(new))


def title_and_number(pen: Pen, draft: Draft) -> Edited | None:
    """A headline and a figure in the body."""
    edited = number(pen, draft)
    headline = title(pen, draft)
    if not edited or not headline:
        return None
    return edited._replace(draft=replace(edited.draft, title=headline.draft.title))


def add_paragraph(pen: Pen, draft: Draft) -> Edited | None:
    """A paragraph more, anywhere."""
    patterns = patterns_of(section_of(pen.section), bool(draft.title.pattern.en))
    new = new_paragraph(pen.rng, patterns, pen.today)
    place = pen.rng.randint(0, len(draft.paragraphs))
    paragraphs = (*draft.paragraphs[:place], new, *draft.paragraphs[place:])
    return Edited(replace(draft, paragraphs=paragraphs), "", paragraph_text(new))


def remove_paragraph(pen: Pen, draft: Draft) -> Edited | None:
    """A paragraph less; four at least remain."""
    if len(draft.paragraphs) < 5:
        return None
    place = pen.rng.randrange(len(draft.paragraphs))
    paragraphs = (*draft.paragraphs[:place], *draft.paragraphs[place + 1 :])
    old = paragraph_text(draft.paragraphs[place])
    return Edited(replace(draft, paragraphs=paragraphs), old, "")


def caption(pen: Pen, draft: Draft) -> Edited | None:
    """Another caption under the first picture."""
    if not draft.captions:
        return None
    old = said(draft.captions[0])
    new = new_caption(pen.rng, pen.today)
    while said(new) in {said(one) for one in draft.captions}:
        new = new_caption(pen.rng, pen.today)
    return Edited(replace(draft, captions=(new, *draft.captions[1:])), old, said(new))


def correction(pen: Pen, draft: Draft) -> Edited | None:
    """A note of correction at the end."""
    note = correction_note(pen.rng, pen.today)
    changed = replace(draft, paragraphs=(*draft.paragraphs, note))
    return Edited(changed, "", paragraph_text(note))


def cosmetic(pen: Pen, draft: Draft) -> Edited | None:
    """A comma becomes a semicolon, or hòa is written hoà."""
    for place in pen.rng.sample(range(len(draft.paragraphs)), len(draft.paragraphs)):
        paragraph = draft.paragraphs[place]
        for finish in FINISHES:
            new: Paragraph = replace(paragraph, finish=finish)
            if paragraph_text(new) != paragraph_text(paragraph):
                paragraphs = _put(draft.paragraphs, place, new)
                return Edited(
                    replace(draft, paragraphs=paragraphs),
                    paragraph_text(paragraph),
                    paragraph_text(new),
                )
    return None


def _put(old: tuple[T, ...], index: int, new: T) -> tuple[T, ...]:
    return (*old[:index], new, *old[index + 1 :])
