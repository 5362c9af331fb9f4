"""The languages that reports speak: interface words, direction, numbers and times.

English is the source; the others stand in ``locale/CODE.po``. What a portal wrote is never
translated.
"""

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from monitor.render.words import LOCAL, is_day

LanguageCode = Literal["en", "vi", "ar", "fa"]
LANGUAGES: Final[tuple[LanguageCode, ...]] = get_args(LanguageCode)
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ps", "ug", "yi", "dv", "sd", "ckb"})
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"
_PERSIAN_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language of the interface."""

    code: LanguageCode
    catalog: gettext.NullTranslations

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"

    @property
    def comma(self) -> str:
        return "، " if self.direction == "rtl" else ", "

    def say(self, words: str, **values: object) -> str:
        """An interface text in this language, its ``{places}`` filled."""
        return self.catalog.gettext(words).format(**values)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """A text with a number in it, ``{n}``, in the plural form that the language asks for."""
        return self.catalog.ngettext(one, many, n).format(n=self.number(n), **values)

    def number(self, n: int) -> str:
        return self.digits(format_decimal(n, locale=self.code))

    def day(self, day: date) -> str:
        """``23 Nov 2026``."""
        return self.digits(format_date(day, "d MMM y", locale=self.code))

    def time(self, moment: datetime) -> str:
        """A time as it is in Việt Nam, with its offset: ``23 Nov 2026, 08:19 +07:00``."""
        there = moment.astimezone(LOCAL)
        hour = format_datetime(there, "HH:mm xxx", locale=self.code)
        if self.direction == "rtl":
            hour = f"{_LEFT_TO_RIGHT}{hour}{_END}"
        return self.digits(f"{self.day(there.date())}{self.comma}{hour}")

    def published(self, moment: datetime) -> str:
        """A page's own time: of one that is just a day, the day."""
        there = moment.astimezone(LOCAL)
        return self.day(there.date()) if is_day(moment) else self.time(moment)

    def digits(self, text: str) -> str:
        return text.translate(_PERSIAN_DIGITS) if self.code == "fa" else text


@cache
def language_of(code: str) -> Language:
    """The language with this code. Raises ValueError for one that reports do not speak."""
    for known in LANGUAGES:
        if known == code:
            catalog = gettext.NullTranslations() if known == "en" else _catalog(known)
            return Language(code=known, catalog=catalog)
    raise ValueError(f"no language {code!r}; reports speak {', '.join(LANGUAGES)}")


def direction_of(code: str) -> Mapping[str, str]:
    """``lang`` and ``dir`` of a text by its language's code; what is not known is left to it."""
    plain = code.split("-")[0].lower()
    if not plain.isalpha() or not plain.isascii() or len(plain) > 3:
        return {"dir": "auto"}
    return {"lang": plain, "dir": "auto"}


def _catalog(code: str) -> gettext.GNUTranslations:
    """A catalog as gettext reads it, with the plural rule that its own head states."""
    with (files("monitor.render") / "locale" / f"{code}.po").open("rb") as source:
        read = read_po(source, locale=code, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
