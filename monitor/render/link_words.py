"""How links between articles are put for people: the English words, and what fills them. Data."""

from decimal import Decimal, InvalidOperation
from typing import Final

from babel.numbers import format_decimal

from monitor.notes import Role
from monitor.render.language import Language
from pipelines.drift import Drift, Fact

NOTES: Final[dict[Role, str]] = {
    "translated_before": "translated on {site} on {time} from the former text: {title}",
    "copied_before": "copied on {site} on {time} from the former text: {title}",
    "translated": "translated on {site}: {title}",
    "copied": "copied on {site}: {title}",
    "cited": "cited on {site}: {title}",
    "translation_of": "translation of {title} ({site})",
    "copy_of": "copy of {title} ({site})",
    "after_original": "its original had changed: {title} ({site})",
    "original_same": "its original is as it was: {title} ({site})",
}
DRIFTS: Final[dict[tuple[bool, bool], str]] = {
    (True, True): "the original said {gone} before, and says {came} since",
    (True, False): "the original said {gone} before, and does not since",
    (False, True): "the original says {came} since",
}
"""By whether something went and whether something came."""

FOLLOWED: Final = "it followed on {time}"


def drift_words(drift: Drift) -> str:
    """The text whose places are ``gone`` and ``came``; empty where no figure differs."""
    return DRIFTS.get((bool(drift.gone), bool(drift.came)), "")


def fact_text(fact: Fact, said: Language) -> str:
    """A fact as the language writes numbers. A document's number is a page's own words."""
    number, space, sign = fact.value.partition(" ")
    if fact.kind != "figure":
        return fact.value
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return fact.value
    written = format_decimal(exact, locale=said.code, decimal_quantization=False)
    return f"{said.digits(written)}{space}{sign}"


def facts_text(facts: tuple[Fact, ...], said: Language) -> str:
    return said.comma.join(fact_text(fact, said) for fact in facts)
