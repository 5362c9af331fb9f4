"""Why a sentence differs from what it was before: the rules, applied to two short texts. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.alignment import Span, spans
from pipelines.normalise import comparable, tone_neutral, unify_script
from pipelines.reasons import Reason
from pipelines.tokens import Token, figures, neutral, tokens, words
from pipelines.wording import days, directions, is_honorific, negations, number_words

PASSAGE = 8
"""So many words more or less in one place are as much as a sentence."""
_OPENERS = frozenset(":“\"«‘'.!?…؟")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """How an article uses capitals: keys of words seen in lower case, and of names."""

    common: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Learn from running text which words are names.

    A name is seen with a capital in mid-sentence and never without; so it is known again
    at the start of a sentence, where every word has a capital.
    """
    common: set[str] = set()
    names: set[str] = set()
    for text in texts:
        run = tokens(text)
        for index, token in enumerate(run):
            if token.kind == "word" and token.text[0].islower():
                common.add(token.text)
            elif token.kind == "word" and _is_capital(token) and not _opens(run, index):
                names.add(token.text)
    lower, capital = (frozenset(map(neutral, seen)) for seen in (common, names))
    return Vocabulary(common=lower, names=capital - lower)


def reasons(before: str, after: str, known: Vocabulary) -> frozenset[Reason]:
    """Why ``after`` is not ``before``; empty when they compare equal."""
    if comparable(before) == comparable(after):
        return frozenset()
    if words(before) == words(after):
        return frozenset({_cosmetic_reason(before, after)})
    found = {*_facts(before, after), *_changed_words(tokens(before), tokens(after), known)}
    return frozenset(found or {"wording"})


def _cosmetic_reason(before: str, after: str) -> Reason:
    forms: tuple[tuple[Reason, str, str], ...] = (
        ("tone_placement", tone_neutral(before), tone_neutral(after)),
        ("script", unify_script(before), unify_script(after)),
        ("letter_case", before.casefold(), after.casefold()),
    )
    for reason, old, new in forms:
        if comparable(old) == comparable(new):
            return reason
    return "punctuation"


def _facts(before: str, after: str) -> set[Reason]:
    found: set[Reason] = set()
    if figures(before) != figures(after):
        found.add("figures")
    if negations(before) != negations(after):
        found.add("negation")
    if number_words(before) != number_words(after):
        found.add("number_words")
    if days(before) != days(after):
        found.add("days")
    if directions(before) != directions(after):
        found.add("directions")
    return found


def _changed_words(
    before: Sequence[Token], after: Sequence[Token], known: Vocabulary
) -> set[Reason]:
    old, new = (
        [i for i, token in enumerate(run) if token.kind in ("word", "figure")]
        for run in (before, after)
    )
    changed = [
        span
        for span in spans([before[i].key for i in old], [after[i].key for i in new])
        if not span.equal
    ]
    found: set[Reason] = set()
    if any(abs(len(span.before) - len(span.after)) >= PASSAGE for span in changed):
        found.add("passage")
    if any(
        is_name(run, places[index], known)
        for span in changed
        for run, places, indexes in ((before, old, span.before), (after, new, span.after))
        for index in indexes
    ):
        found.add("names")
    if not found and _is_one_for_one(changed):
        span = changed[0]
        one, other = before[old[span.before[0]]], after[new[span.after[0]]]
        if is_misspelling(one.key, other.key):
            found.add("spelling")
    return found


def _is_one_for_one(changed: Sequence[Span]) -> bool:
    return len(changed) == 1 and len(changed[0].before) == len(changed[0].after) == 1


def is_name(run: Sequence[Token], index: int, known: Vocabulary) -> bool:
    """Whether the word at ``index`` of ``run`` reads as a name."""
    token = run[index]
    if token.kind != "word":
        return False
    if index and is_honorific(run[index - 1].key):
        return True
    if not _is_capital(token) or _is_headline(run):
        return token.key in known.names
    if not _opens(run, index):
        return True
    followed = index + 1 < len(run) and _is_capital(run[index + 1])
    return token.key not in known.common and (token.key in known.names or followed)


def _is_capital(token: Token) -> bool:
    return token.kind == "word" and token.text[0].isupper()


def _opens(run: Sequence[Token], index: int) -> bool:
    """Whether a word here has a capital in any case: first, after a colon, opening a quote."""
    before = run[:index] if index < 3 else run[index - 3 : index]
    if index < 3 and not any(token.kind in ("word", "figure") for token in before):
        return True
    return bool(before) and before[-1].text in _OPENERS


def _is_headline(run: Sequence[Token]) -> bool:
    long = [token for token in run if token.kind == "word" and len(token.text) > 3]
    return len(long) > 3 and sum(map(_is_capital, long)) > 0.6 * len(long)


_LETTERS = re.compile(r"[^\W\d_]{4,}")


def is_misspelling(one: str, other: str) -> bool:
    """Whether two words of four letters or more differ in one letter, or two have swapped."""
    if not (_LETTERS.fullmatch(one) and _LETTERS.fullmatch(other)):
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    old, new = one[start:], other[start:]
    swapped = old[:2] == new[1::-1] and old[2:] == new[2:]
    return old[1:] == new[1:] or old[1:] == new or old == new[1:] or swapped
