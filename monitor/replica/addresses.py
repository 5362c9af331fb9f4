"""Pure: addresses in the six portals' own forms (PORTALS facts), drawn for new articles."""

import random
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

LOCAL = timezone(timedelta(hours=7), "ICT")
"""Asia/Ho_Chi_Minh: +07:00 all year."""


def slug(title: str) -> str:
    """ASCII words of a Vietnamese title, joined by hyphens."""
    letters = unicodedata.normalize("NFD", title.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def cut_at_word(slug: str, length: int) -> str:
    """``slug`` shortened to whole words."""
    return slug if len(slug) <= length else slug[: length + 1].rpartition("-")[0]


_NUMBER = re.compile(r"-(\d{7})\.html$")


def is_same(url: str, other: str) -> bool:
    """Whether two addresses of one portal name one article.

    Báo Quảng Ninh's articles are known by their numbers, whatever words stand before.
    """
    number, another = _NUMBER.search(url), _NUMBER.search(other)
    return url == other or bool(number and another and number[1] == another[1])


class Wanted(NamedTuple):
    """What an address is drawn for; ``section`` is the section's slug."""

    rng: random.Random
    title: str
    section: str
    published: datetime

    def between(self, least: int, most: int) -> int:
        """A number for an address."""
        return self.rng.randint(least, most)


def baoninhbinh(wanted: Wanted) -> str:
    """``/<slug>/d<YYYYMMDDHHMMSSmmm>.htm``, local time, 14 to 17 digits."""
    tail = f"{wanted.between(0, 999):03}"[: wanted.rng.choice((0, 1, 2, 3, 3, 3))]
    digits = f"{wanted.published.astimezone(LOCAL):%Y%m%d%H%M}{wanted.between(0, 59):02}{tail}"
    return f"https://baoninhbinh.org.vn/{cut_at_word(slug(wanted.title), 60)}/d{digits}.htm"


def baoninhbinh_old(wanted: Wanted) -> str:
    """The older form; its digits use a 12-hour clock."""
    local = wanted.published.astimezone(LOCAL)
    digits = f"{local:%Y%m%d%I%M}{wanted.between(0, 59):02}{wanted.between(0, 999):03}"
    number = f"p{wanted.between(1, 9)}c{wanted.between(10, 99)}"
    return f"http://baoninhbinh.org.vn/{cut_at_word(slug(wanted.title), 60)}-{digits}{number}.htm"


def svhttdl_dienbien(wanted: Wanted) -> str:
    """``/portal/pages/YYYY-MM-DD/<Slug>.aspx``, the slug cut at 50 characters."""
    name = slug(wanted.title)[:50].strip("-").capitalize()
    day = wanted.published.astimezone(LOCAL).date()
    return f"https://svhttdl.dienbien.gov.vn/portal/pages/{day.isoformat()}/{name}.aspx"


def svhttdl_dienbien_old(wanted: Wanted) -> str:
    """The older form: http, unpadded date, a random suffix."""
    name = slug(wanted.title)[:50].strip("-").capitalize()
    day = wanted.published.astimezone(LOCAL).date()
    suffix = "".join(wanted.rng.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=6))
    path = f"{day.year}-{day.month}-{day.day}/{name}{suffix}.aspx"
    return f"http://svhttdl.dienbien.gov.vn/portal/pages/{path}"


def vietnamvn(language: str, title: str) -> str:
    """``/<lang>/<slug of the Vietnamese title>``; Vietnamese at the root."""
    folder = "" if language == "vi" else f"{language}/"
    return f"https://www.vietnam.vn/{folder}{slug(title)}"


def baoninhthuan(wanted: Wanted) -> str:
    """The successor's form: ``baokhanhhoa.vn/<section>/YYYYMM/<slug-id>/``."""
    month = f"{wanted.published.astimezone(LOCAL):%Y%m}"
    identity = f"{wanted.rng.choice('abcdef')}{wanted.rng.getrandbits(24):06x}"
    return f"https://baokhanhhoa.vn/{wanted.section}/{month}/{slug(wanted.title)}-{identity}/"


def baoninhthuan_old(wanted: Wanted) -> str:
    """The old host's form: ``/<section>/<id>p<N>c<M>/<slug>.htm``."""
    first = wanted.between(100000, 180000)
    number = f"{first}p{wanted.between(1, 30)}c{wanted.between(10, 99)}"
    return f"http://baoninhthuan.com.vn/{wanted.section}/{number}/{slug(wanted.title)}.htm"


def baoquangninh(wanted: Wanted) -> str:
    """``/<slug>-<7 digits>.html``."""
    number = wanted.between(3300000, 3499999)
    return f"https://baoquangninh.vn/{slug(wanted.title)}-{number}.html"


def baoquangninh_old(wanted: Wanted) -> str:
    """The same form on the older host, ids in the same range."""
    number = wanted.between(2300000, 2999999)
    return f"http://baoquangninh.com.vn/{slug(wanted.title)}-{number}.html"


def baohatinh(wanted: Wanted) -> str:
    """``/<slug>-post<id>.html``."""
    return f"https://baohatinh.vn/{slug(wanted.title)}-post{wanted.between(280000, 299999)}.html"


def baohatinh_old(wanted: Wanted) -> str:
    """The older form ``/<section>/<slug>/<id>.htm``."""
    number = wanted.between(180000, 239999)
    return f"https://baohatinh.vn/{wanted.section}/{slug(wanted.title)}/{number}.htm"


Address = Callable[[Wanted], str]

NEW_FORM: dict[str, Address] = {
    "baoninhbinh": baoninhbinh,
    "svhttdl_dienbien": svhttdl_dienbien,
    "baoninhthuan": baoninhthuan,
    "baoquangninh": baoquangninh,
    "baohatinh": baohatinh,
}
OLD_FORM: dict[str, Address] = {
    "baoninhbinh": baoninhbinh_old,
    "svhttdl_dienbien": svhttdl_dienbien_old,
    "baoninhthuan": baoninhthuan_old,
    "baoquangninh": baoquangninh_old,
    "baohatinh": baohatinh_old,
}
