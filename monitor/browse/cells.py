"""Values of the store as cells of a page: what a portal wrote is text, and nothing else.

Tables have hundreds of cells, so they are put together from strings, every value escaped
where it is put in: Jinja's or Markup's own formatting takes five times as long.
"""

# ruff: noqa: S704 - see above

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from datasette.utils import to_css_class
from markupsafe import Markup, escape

from monitor.render.addresses import web_address
from monitor.render.language import direction_of
from monitor.render.words import FIELD_NAMES, LOCAL, is_day

LONGEST: Final = 300
"""Characters of a text in a table."""
_NAMES: Final = {str(name): words for name, words in FIELD_NAMES.items()}


def text_cell(text: str, *, language: str = "", longest: int = LONGEST) -> Markup:
    """Scraped text, in its own direction, cut where it is long."""
    cut = text if len(text) <= longest else f"{text[:longest]}…"
    return Markup(f"{_opening(language)}{escape(cut)}</span>")


@lru_cache(maxsize=1000)
def _opening(language: str) -> Markup:
    told = direction_of(language).items()
    attributes = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in told)
    return Markup("<span{}>").format(attributes)


def time_cell(moment: datetime) -> Markup:
    """A time as it is in Việt Nam; in UTC where a pointer rests on it."""
    there, utc = moment.astimezone(LOCAL), moment.astimezone(UTC)
    shown = f"{there.day} {there:%b %Y, %H:%M} {there.isoformat()[-6:]}"
    title = f"{utc:%Y-%m-%d %H:%M:%S} UTC"
    return Markup(f'<time datetime="{moment.isoformat()}" title="{title}">{shown}</time>')


def published_cell(moment: datetime) -> Markup:
    """A page's own time; of one that is just a day, the day."""
    if not is_day(moment):
        return time_cell(moment)
    there = moment.astimezone(LOCAL)
    return Markup(f'<time datetime="{there.date().isoformat()}">{there.day} {there:%b %Y}</time>')


def address_cell(url: str, *, longest: int = 80) -> Markup:
    """A link where it is an address of the web, else text."""
    shown = url if len(url) <= longest else f"{url[:longest]}…"
    if not (address := web_address(url)):
        return text_cell(shown)
    return Markup(
        f'<a href="{escape(address)}" rel="noreferrer noopener external nofollow">'
        f'<bdi dir="ltr">{escape(shown)}</bdi></a>'
    )


def _link(address: str, shown: Markup | str) -> Markup:
    return Markup(f'<a href="{escape(address)}">{escape(shown)}</a>')


def table_rows(rows: Iterable[Iterable[Mapping[str, Any]]]) -> Markup:
    """The rows of a table, drawn at once: a template needs as long again for it."""
    return Markup("\n").join(Markup(f"<tr>{''.join(map(_drawn, row))}</tr>") for row in rows)


def _drawn(one: Mapping[str, Any]) -> str:
    name, kind = to_css_class(one["column"]), escape(one["value_type"])
    return f'<td class="col-{name} type-{kind}">{escape(one["value"])}</td>'


def list_cell(value: str) -> Markup | None:
    """A list of texts that is stored as JSON; None for other JSON."""
    try:
        found = json.loads(value)
    except ValueError:
        return None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return None
    return Markup(", ").join(text_cell(_NAMES.get(one, str(one))) for one in found)


def cell(
    value: object,
    column: str,
    row: Mapping[str, Any],
    table: str | None,
    path: Callable[[str], str],
) -> Markup | None:
    """How a value is shown in a table; None for what Datasette shows rightly: numbers, nothing.

    ``path``: an address of ours as the server has it.
    """
    if isinstance(value, bytes):
        return Markup("<em>{} bytes</em>").format(len(value))
    if isinstance(value, int) and (page := _page_of(column, table)):
        return _link(path(f"/{page}/{value}"), str(value))
    if not isinstance(value, str) or not value:
        return None
    if column == "site":
        return _link(path(f"/site/{value}"), text_cell(value))
    if column.endswith("_at") and (moment := _moment(value)):
        return time_cell(moment)
    if column == "url" or column.endswith("_url"):
        return address_cell(value)
    if value.startswith("[") and (told := list_cell(value)) is not None:
        return told or Markup("&nbsp;")
    language = row["language"] if "language" in row.keys() else ""  # noqa: SIM118 - sqlite3.Row
    shown = text_cell(value, language=language or "")
    return _titled(shown, column, row, table, path)


def _titled(
    shown: Markup,
    column: str,
    row: Mapping[str, Any],
    table: str | None,
    path: Callable[[str], str],
) -> Markup:
    """A title leads to the change it stands for, or to its article."""
    if column != "title":
        return shown
    names = set(row.keys())
    leads = [("id", _page_of("id", table)), ("change_id", "change"), ("article_id", "article")]
    for name, page in leads:
        if page and name in names and isinstance(row[name], int):
            return _link(path(f"/{page}/{row[name]}"), shown)
    return shown


def _page_of(column: str, table: str | None) -> str | None:
    if column == "id":
        return {"article_list": "article", "latest_changes": "change"}.get(table or "")
    return {"article_id": "article", "change_id": "change"}.get(column)


def _moment(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None
