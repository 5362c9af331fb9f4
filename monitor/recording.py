"""A live page → a test case: the page as it came, its address, and what is read of it today."""

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from crawlers.listings import read_listing
from crawlers.markup import Unparsable, parse
from crawlers.page import Page
from crawlers.site import Site
from monitor.render.text import safe
from pipelines.article import Article
from pipelines.reading import Reading

PAGE: Final = "page.html"
META: Final = "meta.yml"
EXPECTED: Final = "expected.yml"
UNCHECKED: Final = (
    "# As it was read on {day}. Nobody has compared it with the page yet: do so, mend what is "
    "wrong,\n# add to 'lacks' what must never be read, then remove these lines and 'unchecked'.\n"
)
LINKS_NAMED: Final = 200
_OPENING: Final = 60
"""Characters of a paragraph that must be found again."""


class RecordError(ValueError):
    """A case cannot be recorded; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A test case by its files' names; ``kind`` is what the page was read as."""

    site: str
    name: str
    kind: str
    files: Mapping[str, bytes]


def case_of(page: Page, reading: Reading, site: Site, *, name: str | None, day: date) -> Case:
    """The case of a page. Raises RecordError for a page that is neither article nor listing."""
    if reading.article is not None:
        expected = _article(reading.article)
    elif reading.kind in ("listing", "front_page"):
        expected = _listing(page, site)
    else:
        kind = reading.kind.replace("_", " ")
        raise RecordError(f"{page.url}: {kind}: {safe(reading.reason)}. Nothing is recorded.")
    meta = {
        "url": page.final_url,
        "content_type": page.content_type,
        "note": f"Recorded on {day.isoformat()} by baowatch record.",
    }
    told = {"unchecked": True, **expected}
    written = UNCHECKED.format(day=day.isoformat()) + _yaml(told)
    return Case(
        site=site.name,
        name=name or default_name(page, expected["kind"]),
        kind=expected["kind"],
        files={PAGE: page.body, META: _yaml(meta).encode(), EXPECTED: written.encode()},
    )


def default_name(page: Page, kind: str) -> str:
    """``article_…`` or ``listing_…`` with the last words of the address."""
    words = re.findall(r"[a-z0-9]+", page.final_url.partition("://")[2].partition("/")[2].lower())
    tail = "_".join(words[-6:])[-40:].strip("_")
    return f"{kind}_{tail}" if tail else kind


def check_name(name: str) -> None:
    """Raises RecordError for what is no name of a case."""
    if not re.fullmatch(r"[a-z0-9_]{1,80}", name):
        raise RecordError(f"{name!r} is no name of a case; write it like article_with_box")


def write_case(case: Case, into: Path) -> Path:
    """The folder that was made for the case: with all its files, or not at all.

    Raises RecordError, and writes over nothing.
    """
    check_name(case.name)
    folder = into / case.site / case.name
    draft = folder.with_name(f".{case.name}.{os.getpid()}.draft")
    if folder.exists():
        raise RecordError(f"{folder} exists already; give the case another name")
    try:
        draft.mkdir(parents=True)
        for name, body in case.files.items():
            (draft / name).write_bytes(body)
        draft.rename(folder)  # fails where somebody made the folder meanwhile
    except OSError as error:
        raise RecordError(f"{folder}: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _article(article: Article) -> dict[str, Any]:
    whole = [article.lead, *(block.text for block in article.blocks)]
    told = {
        "kind": "article",
        "title": article.title,
        "lead": article.lead,
        "author": article.author,
        "published_at": article.published_at,
        "modified_at": article.modified_at,
        "captions": list(article.captions),
        "language": article.language,
        "blocks": len(article.blocks),
        "tags": list(article.tags),
        "has": [text[:_OPENING] for text in whole if text],
        "lacks": [],
    }
    return {key: value for key, value in told.items() if value is not None}


def _listing(page: Page, site: Site) -> dict[str, Any]:
    links = listed(page, site)
    return {"kind": "listing", "number": len(links), "links": list(links[:LINKS_NAMED])}


def listed(page: Page, site: Site) -> tuple[str, ...]:
    """Addresses of articles that a page links to, in its order; none where it is no HTML."""
    try:
        tree = parse(page.body, page.content_type)
    except Unparsable:
        return ()
    return tuple(link.url for link in read_listing(tree, page.final_url, site).links)


def _yaml(told: Mapping[str, Any]) -> str:
    """Block style; what no editor should obey is escaped."""
    plain = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=96)
    if plain == "".join(one if one == "\n" else safe(one) or " " for one in plain):
        return plain
    return yaml.safe_dump(told, allow_unicode=False, sort_keys=False, width=96)
