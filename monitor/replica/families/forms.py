"""Pure: forms of articles' addresses on Vietnamese portals, those that a site's file knows."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from crawlers.discovery import is_article
from crawlers.errors import UserError
from crawlers.site import Site
from monitor.replica.addresses import LOCAL, cut_at_word, slug

Form = Callable[[random.Random, str, str, datetime], str]
"""From a draw, title, section and time of publication to a path."""


def _number(rng: random.Random, digits: int) -> str:
    return str(rng.randint(10 ** (digits - 1), 10**digits - 1))


def _short(title: str) -> str:
    return cut_at_word(slug(title), 60)


def _moment(rng: random.Random, published: datetime) -> str:
    local = published.astimezone(LOCAL)
    return f"{local:%Y%m%d%H%M}{rng.randint(0, 59):02}{rng.randint(0, 999):03}"


def _letters(rng: random.Random) -> str:
    return "".join(rng.choices("0123456789abcdef", k=7))


FORMS: Final[tuple[Form, ...]] = (
    lambda rng, title, _, __: f"/{_short(title)}-post{_number(rng, 6)}.html",
    lambda rng, title, _, __: f"/{_short(title)}-{_number(rng, 7)}.html",
    lambda rng, title, _, __: f"/{_short(title)}-{_number(rng, 6)}.html",
    lambda rng, title, _, __: f"/{_short(title)}-a{_number(rng, 6)}.html",
    lambda rng, title, _, __: f"/{_short(title)}-d{_number(rng, 6)}.html",
    lambda rng, title, section, __: f"/{section}/{_short(title)}-{_number(rng, 6)}.html",
    lambda rng, title, section, __: f"/{section}/{_short(title)}-{_number(rng, 7)}.html",
    lambda rng, title, section, __: f"/{section}/{_short(title)}-post{_number(rng, 6)}.html",
    lambda rng, title, section, at: (
        f"/{section}/{at.astimezone(LOCAL):%Y%m}/{_short(title)}-{_letters(rng)}/"
    ),
    lambda rng, title, section, at: (
        f"/{section}/{at.astimezone(LOCAL):%Y%m}/{_short(title)}-{_number(rng, 6)}.html"
    ),
    lambda rng, title, section, __: f"/{section}/{_short(title)}/{_number(rng, 6)}.htm",
    lambda rng, title, section, __: f"/{section}/{_number(rng, 6)}/{_short(title)}.htm",
    lambda rng, title, section, __: f"/{section}/{_number(rng, 6)}/{_short(title)}.html",
    lambda rng, title, section, __: f"/{section}/{_number(rng, 6)}p24c32/{_short(title)}.htm",
    lambda rng, title, section, __: f"/{section}/{_short(title)}-{_number(rng, 6)}/",
    lambda rng, title, _, __: f"/{_short(title)}-{_number(rng, 6)}",
    lambda rng, title, _, at: f"/{_short(title)}-{_moment(rng, at)}.htm",
    lambda rng, title, _, at: f"/{_short(title)}-{_moment(rng, at)}.html",
    lambda rng, title, _, at: f"/{_short(title)}/d{_moment(rng, at)}.htm",
    lambda _, title, __, at: f"/portal/pages/{at.astimezone(LOCAL):%Y-%m-%d}/{_short(title)}.aspx",
    lambda _, title, __, at: f"/{at.astimezone(LOCAL):%Y/%m/%d}/{_short(title)}/",
    lambda rng, title, _, __: f"/news/{_number(rng, 6)}/{_short(title)}.html",
    lambda rng, title, _, __: f"/tin-tuc/{_short(title)}-{_number(rng, 6)}.html",
)
_STRANGE: Final[tuple[Form, ...]] = (
    lambda rng, title, _, __: f"/?mod=doc&t={_short(title)}&nid=x{_number(rng, 5)}x",
    lambda rng, title, _, __: f"/r~{_number(rng, 5)}~{_short(title)}~/",
)
_ANY: Final = datetime.fromisoformat("2026-03-04T05:06:00+00:00")


class NoForm(UserError):
    """The replica has no form of address that the site's file knows, so it cannot serve it."""


def known_forms(site: Site) -> tuple[Form, ...]:
    """The forms that the site's file takes for articles. Raises NoForm."""
    fitting = tuple(form for form in FORMS if _is_known(form, site))
    if not fitting:
        raise NoForm(
            f"{site.name}: the replica knows no form of address that its file takes for an "
            "article's. Name the other sites."
        )
    return fitting


def strange_form(site: Site) -> Form:
    """A form that the site's file knows nothing of. Raises NoForm."""
    for form in _STRANGE:
        if not _is_known(form, site):
            return form
    raise NoForm(f"{site.name}: it takes every address for an article's")


def _is_known(form: Form, site: Site) -> bool:
    rng = random.Random(site.name)
    titles = ("Mưa lớn ở bốn xã ven sông trong đêm", "Ba cây cầu mới")
    paths = [form(rng, title, section, _ANY) for title in titles for section in ("xa-hoi", "y-te")]
    return all(is_article(urljoin(site.home, path), site) for path in paths)
