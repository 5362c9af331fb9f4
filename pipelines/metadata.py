"""Who wrote an article, when, in which language, under which tags: pure.

Each fact has an order of trust: what the page tells machines (JSON-LD, meta, ``<time>``),
then what the site's selectors name, then what stands near the title, then the address.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import chain, islice
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawlers.outline import Line, is_link_line
from crawlers.page import Page
from crawlers.site import Site
from crawlers.structured import Structured, text_of, texts_of
from pipelines.dates import Moment, best_moment, read_digits, read_moment
from pipelines.noise import frame_rule, is_site_name, line_rule
from pipelines.normalise import clean

LONGEST_DATE_LINE = 80
NEAR = 8
"""Lines around title and first paragraph among which a visible date is looked for."""
MOST_CRUMBS = 4
"""Links between the title and a date above it, as breadcrumbs; more are a menu."""
LONGEST_AUTHOR = 120
LONGEST_BYLINE = 60
LONGEST_START = 300
"""Characters of an element that are read where all of a fact stands in its first."""
MOST_NODES = 300
MOST_ELEMENTS = 50
"""Elements of one property that are read; every one may hold the whole page."""
MOST_TAGS = 100

_MARKED = XPath("descendant::*[@itemprop] | descendant::a[@rel='author']")
_BY = re.compile(
    r"^\s*(?:by|bởi|tác\s+giả|author|written\s+by|بقلم|كتب|نویسنده)\s*[:：]?\s+", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_a-z]\S*(?:\s+(?:and|và|&|[^\W\d_a-z]\S*)){1,6}")
"""Two words or more that begin with capitals."""
_RUNNING_CLOCK = re.compile(
    r"(?<![T\d])\b\d{1,2}:\d{2}:\d{2}\b|bây\s+giờ|hôm\s+nay|\b(?:now|today)\b", re.IGNORECASE
)
"""Nobody prints the seconds of a publication, and today is the day of the look."""
_LANGUAGE = re.compile(r"^([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)
_VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_PERSIAN = frozenset("پچژگکی")
_ARABIC = frozenset("يكةىأإؤئ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    published_at: datetime | None
    modified_at: datetime | None


def marked(tree: HtmlElement) -> Sequence[HtmlElement]:
    """The elements that say of themselves which fact they tell, in the order of the page."""
    return list(_MARKED(tree))  # type: ignore[arg-type]


def read_dates(
    tree: HtmlElement,
    structured: Structured,
    page: Page,
    site: Site,
    near: Sequence[str],
    named: Sequence[str],
    telling: Sequence[HtmlElement],
) -> Dates:
    """When the article was published and modified.

    ``telling`` are the ``marked`` elements, ``near`` the lines around title and first
    paragraph, ``named`` the texts that the site's selectors for the time give.
    """
    zone = ZoneInfo(site.timezone)

    def best(*texts: Iterable[str], last: Moment | None = None) -> datetime | None:
        told = (read_moment(text, zone, site.languages) for text in chain(*texts))
        moment = best_moment(chain(told, (last,)), zone)
        return moment.at if moment else None

    return Dates(
        published_at=best(
            _published_texts(tree, structured, telling),
            named,
            (text for text in near if _may_hold_date(text)),
            last=_from_address(page, site, zone),
        ),
        modified_at=best(_modified_texts(structured, telling)),
    )


def _may_hold_date(line: str) -> bool:
    """A short line, or a source's name printed twice before the date; no running clock."""
    if _RUNNING_CLOCK.search(line):
        return False
    return len(line) <= LONGEST_DATE_LINE or line_rule(line) == "source printed twice"


def _modified_texts(structured: Structured, telling: Sequence[HtmlElement]) -> Iterator[str]:
    yield text_of((structured.article or {}).get("dateModified"))
    yield structured.first_meta("article:modified_time", "og:updated_time")
    yield structured.first_meta("last-modified")
    yield from _itemprop(telling, "dateModified")


def _published_texts(
    tree: HtmlElement, structured: Structured, telling: Sequence[HtmlElement]
) -> Iterator[str]:
    article = structured.article or {}
    yield text_of(article.get("datePublished"))
    yield structured.first_meta("article:published_time", "og:published_time")
    yield structured.first_meta("pubdate", "publishdate", "publish-date")
    yield from _itemprop(telling, "datePublished")
    yield from _time_elements(tree)
    yield structured.first_meta("parsely-pub-date", "dc.date.issued", "dc.date", "date")


def _itemprop(telling: Sequence[HtmlElement], name: str) -> Iterator[str]:
    """The value that all elements of this property share; teasers have others, so then none."""
    found = {
        element.get("datetime") or element.get("content") or start_of(element)
        for element in islice(_of(telling, name), MOST_ELEMENTS)
    }
    if len(found) == 1:
        yield from found


def _of(telling: Sequence[HtmlElement], name: str) -> Iterator[HtmlElement]:
    return (element for element in telling if element.get("itemprop") == name)


def _time_elements(tree: HtmlElement) -> Iterator[str]:
    """The first ``<time>`` after the title; others belong to teasers."""
    for element in tree.xpath("((//h1)[1]/following::time[@datetime])[1]"):
        yield element.get("datetime")


def _from_address(page: Page, site: Site, zone: tzinfo) -> Moment | None:
    for url in (page.url, page.final_url):
        parts = urlsplit(url)
        for form in site.forms_at(parts.hostname or ""):
            target = f"{parts.path}?{parts.query}" if r"\?" in form.path else parts.path
            found = re.fullmatch(form.path, target)
            if found and (digits := found.groupdict().get("published")):
                return read_digits(digits, zone)
    return None


def start_of(element: HtmlElement) -> str:
    """The first LONGEST_START characters of an element's text, and a little more; no margins."""
    text = ""
    for piece in islice(element.itertext(), MOST_NODES):
        text = f"{text}{piece}".lstrip()
        if len(text) > LONGEST_START:
            break
    return " ".join(text.split())


def read_author(
    structured: Structured,
    named: Sequence[str],
    names: Sequence[str],
    telling: Sequence[HtmlElement],
    shown: Sequence[Line] = (),
) -> str:
    """Who wrote it; ``names`` are the site's own, which is no author, ``telling`` as above.

    ``shown`` are the lines between title and text: a byline there counts if nothing tells one.
    """
    article = structured.article or {}
    told = ", ".join(dict.fromkeys(texts_of(article.get("author"))))
    told_first = (*named, told, structured.first_meta("author", "article:author"))
    for text in chain(told_first, _rel(telling)):
        author = _BY.sub("", clean(text)).strip(" ,;|-–")
        if _is_author(author, names):
            return author
    return next((name for line in shown if (name := _byline(line, names))), "")


def _byline(line: Line, names: Sequence[str]) -> str:
    """The name in a line that is nothing but a byline: "By Mai Lan", or "Mai Lan" alone."""
    text = clean(line.text)
    if len(text) > LONGEST_BYLINE or line_rule(text) or frame_rule(text):
        return ""
    name = _BY.sub("", text).strip(" ,;|-–")
    said = name != text
    if not _is_author(name, names) or not _NAME.fullmatch(name):
        return ""
    return name if said or (line.kind == "paragraph" and not is_link_line(line)) else ""


def _rel(telling: Sequence[HtmlElement]) -> Iterator[str]:
    for element in islice(filter(_tells_author, telling), MOST_ELEMENTS):
        yield start_of(element)


def _tells_author(element: HtmlElement) -> bool:
    is_link = element.tag == "a" and element.get("rel") == "author"
    return is_link or bool(element.get("itemprop") == "author")


def _is_author(author: str, names: Sequence[str]) -> bool:
    if not 2 <= len(author) <= LONGEST_AUTHOR or "://" in author or author.isdigit():
        return False
    return not is_site_name(author, names)


def read_language(tree: HtmlElement, structured: Structured, text: str) -> str:
    """An ISO 639-1 code: what the letters leave no doubt of, else what the page claims."""
    if seen := _by_letters(text):
        return seen
    claims = (tree.get("lang"), structured.first_meta("og:locale", "content-language"))
    for claim in claims:
        if claim and (found := _LANGUAGE.match(claim.strip())):
            return found[1].lower()
    return ""


def _by_letters(text: str) -> str:
    if text.isascii():
        return ""
    letters = Counter(text.lower())
    total = sum(count for letter, count in letters.items() if letter.isalpha())
    if not total:
        return ""

    def share(wanted: frozenset[str]) -> float:
        return sum(letters[letter] for letter in wanted) / total

    if share(_VIETNAMESE) > 0.08:
        return "vi"
    persian, arabic = share(_PERSIAN), share(_ARABIC)
    if max(persian, arabic) > 0.03:
        return "fa" if persian > arabic else "ar"
    return ""


def read_tags(structured: Structured) -> tuple[str, ...]:
    article = structured.article or {}
    told = list(structured.meta.get("article:tag", ())[:MOST_TAGS])
    for value in texts_of(article.get("keywords")) or (structured.first_meta("keywords"),):
        told += re.split(r"[,;،]", value, maxsplit=MOST_TAGS)[:MOST_TAGS]
    return tuple(dict.fromkeys(tag for tag in map(clean, told) if tag))[:MOST_TAGS]


def read_canonical(tree: HtmlElement, page: Page) -> str:
    """The page's own claim of its address, absolute, or empty."""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return _absolute(page.final_url, (element.get("href") or "").strip())
    return ""


def _absolute(address: str, link: str) -> str:
    if not link:
        return ""
    try:
        joined = urljoin(address, link)
        return joined if urlsplit(joined).scheme in ("http", "https") else ""
    except ValueError:  # a broken IPv6 literal, for one
        return ""


def near_lines(lines: Sequence[Line], title: int | None, first: int | None) -> tuple[str, ...]:
    """The short lines around title and first paragraph: where a page prints its date."""
    anchor = first if title is None else title
    if anchor is None:
        return ()
    end = anchor if first is None else first
    after = lines[anchor + 1 : min(max(end, anchor) + 3, anchor + 2 * NEAR)]
    before = list(_above(lines[max(anchor - NEAR, 0) : anchor]))
    return tuple(line.text for line in (*after, *before))


def _above(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines before the title, nearest first, up to a menu: above it is the page's own clock."""
    links = 0
    for line in reversed(lines):
        links += is_link_line(line)
        if links > MOST_CRUMBS:
            return
        yield line
