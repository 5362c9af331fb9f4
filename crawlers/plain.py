"""Plain text: one encoding, nothing invisible, single spaces. Pure."""

import re
import unicodedata
from html import unescape

_INVISIBLE_NEAR = (
    "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"  # controls that are no white space
    "\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
_INVISIBLE_FAR = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_INVISIBLE = re.compile(f"[{_INVISIBLE_NEAR}{_INVISIBLE_FAR}]+")
_MAYBE_INVISIBLE = re.compile(f"[{_INVISIBLE_NEAR}\ud800-\udfff]")
_FAR = re.compile("[\U00010000-\U0010ffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNUSUAL = re.compile("[^ -\u02ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e]")
"""Beyond Latin letters and punctuation, among which nothing printable is invisible or a mark."""
MOST_MARKS = 30
"""Combining marks in a row that are kept, as in the stream-safe text of UAX #15."""
_MAYBE_MARK = r"(?:[^\w\x00-\u02ff\u2000-\u20cf\u2100-\u2cee\u3000-\u3029]|[\uff9e\uff9f])"
"""Neither letter nor from the blocks of punctuation and symbols."""
_MAYBE_MARKS = re.compile(  # looked for from the run's start only
    rf"{_MAYBE_MARK}(?<!{_MAYBE_MARK}{_MAYBE_MARK}){_MAYBE_MARK}{{{MOST_MARKS},}}"
)
_NEITHER = r"[^\x00-\u02ff\u2000-\u20cf\u2100-\u2cee\u3000-\u3029]"
_UNBROKEN = re.compile(rf"{_NEITHER}{_NEITHER}{{{MOST_MARKS}}}")
"""What every run of marks is and few other texts have: quickly looked for."""
_HUGE_REFERENCE = re.compile(r"&#(?:\d{9,}|[xX][0-9a-fA-F]{9,});?")


def clean(text: str) -> str:
    """NFC, nothing invisible, every run of white space one space, none at the ends.

    Invisible are controls, zero-width characters (ZWNJ too, which portals lose and gain at
    random), soft hyphens, bidi controls and variation selectors. A lone surrogate, which
    no encoding can write, becomes U+FFFD.
    """
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    if _is_clean(text):
        return text
    visible = _LONE_SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return " ".join(composed(visible).split())


def _is_clean(text: str) -> bool:
    """Whether single-spaced ``text`` needs nothing more, by what is quickly seen."""
    if text.isascii():
        return text.isprintable()
    if _UNUSUAL.search(text) is None and text.isprintable():
        return unicodedata.is_normalized("NFC", text)
    usual = _MAYBE_INVISIBLE.search(text) is None and _FAR.search(text) is None
    return usual and _is_composed(text)


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and _UNBROKEN.search(text) is None


def composed(text: str) -> str:
    """NFC; of more than MOST_MARKS combining marks in a row the first.

    Every normalizing of a stranger's text goes through here: it takes quadratic time over
    a run of marks. Idempotent.
    """
    if text.isascii() or _is_composed(text):
        return text
    few = _MAYBE_MARKS.sub(_first_marks, text)
    normal = unicodedata.normalize("NFC", few)
    return few if normal == few else _MAYBE_MARKS.sub(_first_marks, normal)


def unescaped(text: str) -> str:
    """HTML character references undone, numbers of no character included."""
    return unescape(_HUGE_REFERENCE.sub("\ufffd", text))


def short(text: str, longest: int = 200) -> str:
    """What a server said, for one line of ours: clean and cut."""
    return clean(text[:longest])


def _first_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    """Whether it follows a letter, whole or as one of its parts."""
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) != 0
