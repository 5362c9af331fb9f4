"""Figures of a text as values, however they are grouped, marked and scaled. Pure.

"1.234,5", "1,234.5" and "١٬٢٣٤٫٥" are one figure, "2,5 triệu", "2.5 million" and "2500000"
another. One mark before exactly three digits groups thousands: so "1.250" is 1250 in any
language, as nobody can tell, and both sides of a comparison are read alike. Only of trillions
nobody counts thousands with a point: "1.407 trillion" is what Vietnamese writes "1.407 tỷ".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pipelines.normalise import fold

LONGEST: Final = 18
"""Digits of a figure; what has more is no quantity."""

SCALES: Final[dict[int, str]] = {
    3: "nghin ngan thousand الف الفا الاف هزار mille tausend mil тысяча тысячи тысяч тыс ribu "
    "พัน 千",
    4: "万 만 萬",
    6: "trieu million millions مليون مليونا ملايين ميليون millionen millon millones миллион "
    "миллиона миллионов млн juta milhao milhoes ล้าน",
    8: "亿 億 억",
    9: "ty ti billion billions مليار مليارا مليارات بليون ميليارد milliard milliards milliarde "
    "milliarden миллиард миллиарда миллиардов млрд miliar bilhao bilhoes",
    12: "trillion trillions تريليون تريليونا تريليونات триллион триллиона триллионов трлн triliun "
    "兆 조",
}
"""Power of ten → words for it. "billion" is 10⁹, also in French."""
_POWERS: Final = {word: power for power, words in SCALES.items() for word in fold(words).split()}
NO_SCALES: Final[dict[str, str]] = {
    "ngan": "hang sach quy",
    "trieu": "chung",
    "ty": "le suat phu",
    "ti": "le suat phu",
}
"""Folded Vietnamese words, and what makes something else of them: "35 ngân hàng" are banks. Only
words that no scale is followed by: "5 tỷ so với" looks like "tỷ số".
"""


def _alternative(word: str) -> str:
    others = "|".join(NO_SCALES.get(word, "").split())
    return re.escape(word) + (rf"(?! (?:{others})(?!\w))" if others else "")


_ALTERNATIVES: Final = "|".join(map(_alternative, sorted(_POWERS, key=len, reverse=True)))
_PERCENTS: Final = "|".join(
    map(
        fold,
        (
            *("percent", "per cent", "phần trăm", "بالمئة", "بالمائة", "في المئة", "في المائة"),
            *("درصد", "pour cent", "prozent", "por ciento", "процентов", "процента", "persen"),
        ),
    )
)
_FIGURE: Final = re.compile(
    r"(?<![\w/:.,\-–])(?P<digits>\d{1,3}(?: \d{3}){2,}|\d+(?:[.,٫٬'’]\d+)*)(?![\d:/])"
    rf"(?:\s?(?P<percent>%|٪|(?:{_PERCENTS})(?!\w))"
    rf"|\s?(?P<scale>{_ALTERNATIVES})(?![^\W\d_])(?:\s(?P<more>{_ALTERNATIVES})(?![^\W\d_]))?)?"
)
_MARKS: Final = re.compile("[.,٫٬'’ ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` is exact and without an exponent, ``significant`` how many digits it rests on."""

    value: str
    significant: int
    percent: bool = False

    @property
    def text(self) -> str:
        return f"{self.value} %" if self.percent else self.value


def figures_in(folded: str) -> Iterator[Figure]:
    """The figures of a folded text (see ``normalise.fold``), in order."""
    for found in _FIGURE.finditer(folded):
        number = mantissa(found["digits"], point_is_decimal=_POWERS.get(found["scale"]) == 12)
        if number is None:
            continue
        power = sum(_POWERS[word] for word in (found["scale"], found["more"]) if word)
        scaled = number.scaleb(power)
        yield Figure(
            value=_plain(scaled),
            significant=len(_plain(number).replace(".", "").strip("0")) or 1,
            percent=found["percent"] is not None,
        )


def mantissa(written: str, *, point_is_decimal: bool = False) -> Decimal | None:
    """The number in ASCII digits with marks; None for a version, an address, a long code.

    ``point_is_decimal``: also where it stands alone before three digits.
    """
    if sum(letter.isdigit() for letter in written) > LONGEST:
        return None
    marks = _MARKS.findall(written)
    groups = _MARKS.split(written)
    if not marks:
        return Decimal(written)
    grouping = all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0]) <= 3
    if marks[-1] == "٫":
        return _decimal(groups)
    if len(set(marks)) == 1:
        if grouping and groups[0] != "0" and not (point_is_decimal and marks == ["."]):
            return Decimal("".join(groups))
        return _decimal(groups) if len(marks) == 1 and marks[0] in ".," else None
    one_decimal = marks.count(marks[-1]) == 1 and marks[-1] in ".,"
    whole = all(len(group) == 3 for group in groups[1:-1]) and 0 < len(groups[0]) <= 3
    return _decimal(groups) if one_decimal and whole else None


def _decimal(groups: list[str]) -> Decimal:
    return Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = (text.rstrip("0").rstrip(".") if "." in text else text).lstrip("0")
    return f"0{text}" if text[:1] in ("", ".") else text
