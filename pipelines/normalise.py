"""One spelling for what reads the same: clean text, and looser forms to compare and search by.

From strict to loose: :func:`clean` is what an article's fields hold, :func:`comparable`
what fingerprints are made of, :func:`tone_neutral` unifies two ways to write one
Vietnamese syllable, :func:`unify_script` two ways to encode one Arabic or Persian word,
:func:`fold` is for search.
"""

import re
import unicodedata
from itertools import product

from crawlers.plain import clean, composed

__all__ = ["ascii_digits", "clean", "comparable", "fold", "tone_neutral", "unify_script"]


_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_SPACE_IN_FIGURES = re.compile(r" (?=\d)(?<=\d )")


def comparable(text: str) -> str:
    """What a fingerprint is made of: clean text without its spaces.

    So spacing never makes a version. A space between two digits stays, because "10 12"
    and "1012" are different numbers. Digits, punctuation and diacritics all count.
    """
    pieces = _SPACE_IN_FIGURES.split(clean(text))
    return composed(" ".join(piece.replace(" ", "") for piece in pieces))


def ascii_digits(text: str) -> str:
    """Decimal digits of any script as 0 to 9."""
    return _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


# Arabic vowel signs and Koranic marks; a hamza or madda that stands apart is none of them.
_HARAKAT = "\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_UNWRITTEN = re.compile(f"[\u0640{_HARAKAT}]+")
_MARKS = re.compile(f"[\u0300-\u036f\u0653-\u0655{_HARAKAT}]+")
_SAME_SCRIPT = str.maketrans({"ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "Ð": "Đ", "ð": "đ"})
_SEARCH_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ٱ": "ا", "ة": "ه", "\u0640": None})


def unify_script(text: str) -> str:
    """One encoding for letters that look the same or are left unwritten.

    ASCII digits, ي for ی and ى, ك for ک, Đ for its look-alike Ð, no harakat, no tatweel.
    """
    plain = _UNWRITTEN.sub("", composed(text))
    return composed(ascii_digits(plain.translate(_SAME_SCRIPT)))


def fold(text: str) -> str:
    """The loosest form, for search: no case, no diacritics, đ as d, one form per Arabic letter.

    Diacritics are taken off Latin, Greek, Cyrillic and Arabic letters only: elsewhere
    marks are vowels.
    """
    if text.isascii():
        return clean(text).lower()
    bare = unicodedata.normalize("NFKD", clean(text))
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", bare.casefold()))
    return clean(unify_script(bare).translate(_SEARCH_LETTERS))


_ONSET = re.compile("(?:ngh|ng|nh|ch|gh|kh|ph|th|tr|[bcdđghklmnprstvx])?", re.IGNORECASE)


def _cased(pair: str, upper: tuple[bool, ...]) -> str:
    return "".join(x.upper() if up else x for x, up in zip(pair, upper, strict=True))


_PLACEMENTS = {
    _cased(old, upper): _cased(new, upper)
    for olds, news in (
        ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
        ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
        ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
    for upper in product((False, True), repeat=2)
}
_OLD_PLACEMENT = re.compile(r"(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\w)", re.IGNORECASE)
_START_OF_WORD = re.compile(r"\w*\Z")
_LONGEST_ONSET = 3


def tone_neutral(text: str) -> str:
    """Vietnamese tone marks in the new placement: hòa, thúy, khỏe become hoà, thuý, khoẻ.

    Only the open rimes oa, oe, uy have two placements; "quý" (qu + y) and closed syllables
    like "hoàn" have one and stay as they are.
    """
    return _OLD_PLACEMENT.sub(_placed_anew, composed(text))


def _placed_anew(found: re.Match[str]) -> str:
    ahead = found.string[max(found.start() - _LONGEST_ONSET - 1, 0) : found.start()]
    onset = _START_OF_WORD.search(ahead)
    is_syllable = onset is not None and _ONSET.fullmatch(onset[0])
    return _PLACEMENTS[found[0]] if is_syllable else found[0]
