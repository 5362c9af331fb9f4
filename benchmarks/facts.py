"""Facts of a news story and how each language writes them down. Knows nothing of who finds them.

Everything is drawn from the ``random.Random`` that is passed in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Final, Literal

Language = Literal["vi", "en", "fr", "ar", "fa", "ru"]
EASTERN: Final = {
    "ar": str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬"),
    "fa": str.maketrans("0123456789.,", "۰۱۲۳۴۵۶۷۸۹٫٬"),
}
MONTHS: Final = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "ar": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "fa": [
        "ژانویه",
        "فوریه",
        "مارس",
        "آوریل",
        "مه",
        "ژوئن",
        "ژوئیه",
        "اوت",
        "سپتامبر",
        "اکتبر",
        "نوامبر",
        "دسامبر",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
}
LEVANTINE: Final = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
SCALES: Final = {
    "vi": {3: "nghìn", 6: "triệu", 9: "tỷ", 12: "nghìn tỷ"},
    "en": {3: "thousand", 6: "million", 9: "billion", 12: "trillion"},
    "fr": {3: "mille", 6: "millions", 9: "milliards", 12: "mille milliards"},
    "ar": {3: "ألف", 6: "مليون", 9: "مليار", 12: "تريليون"},
    "fa": {3: "هزار", 6: "میلیون", 9: "میلیارد", 12: "تریلیون"},
    "ru": {3: "тысяч", 6: "миллионов", 9: "млрд", 12: "трлн"},
}
PERCENTS: Final = {
    "vi": ("{}%", "{} %", "{} phần trăm"),
    "en": ("{}%", "{} percent", "{} per cent"),
    "fr": ("{}%", "{} %", "{} pour cent"),
    "ar": ("{}٪", "{}%", "{} في المائة", "{} بالمئة"),
    "fa": ("{}٪", "{} درصد", "{}%"),
    "ru": ("{}%", "{} процентов", "{} %"),
}
UNITS: Final = {
    "vi": ["tấn", "đồng", "ha", "người", "hộ", "km", "lượt khách", "sản phẩm"],
    "en": ["tonnes", "VND", "hectares", "people", "households", "km", "visitors", "products"],
    "fr": ["tonnes", "dongs", "hectares", "personnes", "ménages", "km", "visiteurs", "produits"],
    "ar": ["طن", "دونغ", "هكتار", "شخص", "أسرة", "كيلومتر", "زائر", "منتج"],
    "fa": ["تن", "دونگ", "هکتار", "نفر", "خانوار", "کیلومتر", "بازدیدکننده", "محصول"],
    "ru": ["тонн", "донгов", "гектаров", "человек", "семей", "км", "туристов", "изделий"],
}
FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Mai",
]
MIDDLE = [
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Quang",
    "Xuân",
    "Trọng",
    "Hữu",
    "Thanh",
    "Ngọc",
    "Quốc",
    "Đình",
    "Hồng",
    "Thế",
    "Kim",
    "Công",
    "Duy",
]
GIVEN = [
    "An",
    "Anh",
    "Bình",
    "Chiến",
    "Cường",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hằng",
    "Hiếu",
    "Hòa",
    "Hùng",
    "Hương",
    "Khánh",
    "Kiên",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Mạnh",
    "Nam",
    "Nga",
    "Nghĩa",
    "Nhân",
    "Nhung",
    "Phong",
    "Phúc",
    "Phương",
    "Quân",
    "Sơn",
    "Tâm",
    "Thành",
    "Thảo",
    "Thắng",
    "Thủy",
    "Tiến",
    "Toàn",
    "Trang",
    "Trung",
    "Tú",
    "Tuấn",
    "Tùng",
    "Uyên",
    "Vân",
    "Việt",
    "Vinh",
    "Yến",
]
SIGNS = [
    "KL/TW",
    "KH/TU",
    "NQ/TW",
    "CT/TTg",
    "QĐ-UBND",
    "NQ-CP",
    "QĐ/TW",
    "CT/TU",
    "TB-VPCP",
    "KH-UBND",
    "NQ/TU",
    "CV-BTC",
]
BARE = str.maketrans(
    "àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ"
    "ÀÁẠẢÃÂẦẤẬẨẪĂẰẮẶẲẴÈÉẸẺẼÊỀẾỆỂỄÌÍỊỈĨÒÓỌỎÕÔỒỐỘỔỖƠỜỚỢỞỠÙÚỤỦŨƯỪỨỰỬỮỲÝỴỶỸĐ",
    "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d"
    "" + "A" * 17 + "E" * 11 + "I" * 5 + "O" * 17 + "U" * 11 + "Y" * 5 + "D",
)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """``number`` times ten to the ``scale``; ``places`` decimals were measured."""

    number: Fraction
    places: int
    scale: int = 0
    percent: bool = False
    unit: int = 0


@dataclass(frozen=True, kw_only=True)
class Person:
    """A full name, or initials as photographers sign."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """``number`` as it is cited, with Vietnamese letters."""

    number: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """``with_year``: the story says which."""

    day: date
    with_year: bool


Fact = Amount | Person | Document | Day


def bare(text: str) -> str:
    """Without Vietnamese diacritics, as addresses and careless translators write."""
    return text.translate(BARE)


def person(draw: Random) -> Person:
    if draw.random() < 0.12:
        return Person(name=f"{draw.choice(GIVEN)[0]}.{draw.choice(GIVEN)}")
    middle = [draw.choice(MIDDLE)] if draw.random() < 0.8 else []
    return Person(name=" ".join([draw.choice(FAMILY), *middle, draw.choice(GIVEN)]))


def document(draw: Random) -> Document:
    number, sign = draw.randrange(1, 900), draw.choice(SIGNS)
    if "-" in sign:
        year = f"{draw.randrange(2015, 2027)}/" if draw.random() < 0.5 else ""
        return Document(number=f"{number:02}/{year}{sign}")
    return Document(number=f"{number:02}-{sign}")


def amount(draw: Random) -> Amount:
    kind = draw.random()
    unit = draw.randrange(len(UNITS["vi"]))
    if kind < 0.25:
        places = draw.choice((0, 1, 1, 2))
        return Amount(
            number=Fraction(draw.randrange(1, 100 * 10**places), 10**places),
            places=places,
            percent=True,
        )
    if kind < 0.5:
        return Amount(number=Fraction(draw.randrange(2, 400)), places=0, unit=unit)
    if kind < 0.72:
        return Amount(number=Fraction(int(10 ** draw.uniform(3, 6.3))), places=0, unit=unit)
    if kind < 0.82:
        return Amount(number=Fraction(draw.randrange(11, 9999), 10), places=1, unit=unit)
    places = draw.choice((0, 0, 1, 2))
    return Amount(
        number=Fraction(draw.randrange(2, 1500 * 10**places), 10**places),
        places=places,
        scale=draw.choice((6, 9, 9)),
        unit=1,
    )


def some_day(draw: Random, published: date) -> Day:
    if draw.random() < 0.5:
        near = published - timedelta(days=draw.choice((0, 0, 0, 1, 1, 2)))
        return Day(day=near, with_year=draw.random() < 0.2)
    return Day(day=published - timedelta(days=draw.randrange(30, 1500)), with_year=True)


def written(fact: Fact, language: Language, draw: Random, *, eastern: bool = False) -> str:
    """The fact in words of a language. ``eastern``: the article uses its script's own digits."""
    match fact:
        case Person(name=name):
            return _name(name, language, draw)
        case Document(number=number):
            told = number if language == "vi" else number.replace("Đ", "D")
            own = eastern and draw.random() < 0.5
            return _digits(told, language, eastern=own).replace("٫", ".").replace("٬", ",")
        case Day():
            return _digits(_day(fact, language, draw), language, eastern=eastern)
        case Amount():
            return _amount(fact, language, draw, eastern=eastern)


def _digits(text: str, language: Language, *, eastern: bool) -> str:
    return text.translate(EASTERN[language]) if eastern and language in EASTERN else text


def _name(name: str, language: Language, draw: Random) -> str:
    if language == "vi":
        return name
    if language in ("en", "fr"):
        return name if draw.random() < 0.3 else bare(name)
    if "." in name or draw.random() < 0.1:
        return name if draw.random() < 0.5 else bare(name)
    letters = {"ar": "ابتثجحدرسشعفقكلمنهوي", "fa": "ابپتجچدرزسشفکگلمنوهی"}
    alphabet = letters.get(language, "абвгдежзиклмнопрстуфх")
    words = ("".join(draw.choice(alphabet) for _ in range(draw.randrange(3, 6))) for _ in "abc")
    return " ".join(words).title()


def _day(fact: Day, language: Language, draw: Random) -> str:
    day, month, year = fact.day.day, fact.day.month, fact.day.year
    way = draw.random()
    if language == "vi":
        if not fact.with_year:
            return f"{day}/{month}" if way < 0.6 else f"ngày {day} tháng {month}"
        return (
            f"{day:02}/{month:02}/{year}" if way < 0.5 else f"ngày {day} tháng {month} năm {year}"
        )
    if fact.with_year and way < 0.25:
        return f"{day:02}/{month:02}/{year}"
    if not fact.with_year and way < 0.1:
        return f"{day}/{month}"
    name = MONTHS[language][month - 1]
    if language == "ar" and draw.random() < 0.3:
        name = f"{name}/{LEVANTINE[month - 1]}"
    after = f" {year}" if fact.with_year else ""
    if language == "en" and draw.random() < 0.5:
        return f"{name} {day}{',' if after else ''}{after}"
    return f"{day} {name}{after}"


def _amount(fact: Amount, language: Language, draw: Random, *, eastern: bool) -> str:
    number, scale, places = fact.number, fact.scale, fact.places
    if language != "vi" and scale:
        number, scale, places = _rescaled(number, scale, places, draw)
    style = ".," if language == "vi" or (language in ("fr", "ar", "fa", "ru") and not eastern
                                         and draw.random() < 0.25) else ",."  # fmt: skip
    told = _digits(_grouped(number, places, style), language, eastern=eastern)
    if fact.percent:
        return draw.choice(PERCENTS[language]).format(told)
    word = f" {SCALES[language][scale]}" if scale else ""
    return f"{told}{word} {UNITS[language][fact.unit]}"


def _rescaled(number: Fraction, scale: int, places: int, draw: Random) -> tuple[Fraction, int, int]:
    """The same amount in other words: 1.250 billion is 1,25 trillion, or all its digits."""
    way = draw.random()
    if way < 0.25 and number >= 1000:
        return number / 1000, scale + 3, places + 3
    if way < 0.4:
        return number * 10**scale, 0, 0
    return number, scale, places


def _grouped(number: Fraction, places: int, style: str) -> str:
    told = f"{float(number):,.{places}f}" if places else f"{int(number):,}"
    if "." in told:
        told = told.rstrip("0").rstrip(".") if places > 2 else told
    if style == ".,":
        return told.replace(",", "_").replace(".", ",").replace("_", ".")
    return told
