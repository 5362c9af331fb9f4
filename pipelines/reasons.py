"""Why two readings of an article differ, and how much each reason weighs. Data."""

from typing import Final, Literal

Weight = Literal["substantive", "minor", "cosmetic"]

Reason = Literal[
    "title",  # a title with other words
    "published_at",
    "author",
    "figures",  # anything with a digit: numbers, dates, document numbers
    "number_words",  # "ba", "million"
    "days",  # "hôm qua", "September"
    "directions",  # rose or fell
    "names",  # capitalised in mid-sentence, or after an honorific
    "negation",
    "quotation",  # words between quotation marks
    "sentence_removed",
    "sentence_added",
    "passage",  # many words on end came or went; or a text too long to be read
    "correction_note",
    "spelling",  # one word, one letter
    "wording",
    "moved",  # the same sentences in another place
    "punctuation",  # outside numbers
    "letter_case",
    "tone_placement",  # hoà, hòa
    "script",  # digits of another script, ي for ی, harakat
    "repetition",  # a caption printed once more or once less
    "retelling",  # a translation in other words
]

WEIGHTS: Final[dict[Reason, Weight]] = {
    "title": "substantive",
    "published_at": "substantive",
    "author": "substantive",
    "figures": "substantive",
    "number_words": "substantive",
    "days": "substantive",
    "directions": "substantive",
    "names": "substantive",
    "negation": "substantive",
    "quotation": "substantive",
    "sentence_removed": "substantive",
    "sentence_added": "substantive",
    "passage": "substantive",
    "correction_note": "substantive",
    "spelling": "minor",
    "wording": "minor",
    "moved": "minor",
    "punctuation": "cosmetic",
    "letter_case": "cosmetic",
    "tone_placement": "cosmetic",
    "script": "cosmetic",
    "repetition": "cosmetic",
    "retelling": "cosmetic",
}


def weigh(reasons: frozenset[Reason]) -> Weight:
    """The weight of the heaviest reason; cosmetic for none."""
    found = {WEIGHTS[reason] for reason in reasons}
    if "substantive" in found:
        return "substantive"
    return "minor" if "minor" in found else "cosmetic"
