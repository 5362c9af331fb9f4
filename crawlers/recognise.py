"""What a page is, before anything on it is believed: pure.

A page answers with status 200 and is still no article: a listing, a block page, a cookie wall,
"page not found" in friendly words, the front page, a body cut off halfway. The page's own
evidence counts more than its address.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.evidence import Evidence, gather
from crawlers.markup import decoded_text
from crawlers.outline import Line, outline
from crawlers.page import Page
from crawlers.plain import short
from crawlers.site import Site
from crawlers.structured import Structured, read_structured
from crawlers.telltales import Telltale, find_telltale

PageKind = Literal[
    "article",
    "listing",
    "block_page",
    "cookie_wall",
    "soft_404",
    "server_error",
    "front_page",
    "empty",
    "not_html",
    "truncated",
]

HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")
MOST_WORDS_OF_A_NOTICE = 350
"""A page with more words outside links than that has something else to say."""
LONGEST_NOTICE = 300
LONGEST_TITLE = 1_000
SURE = 0.9
HALF = 0.5
"""Shares of a heading, from which it says nothing but the notice, or mostly that."""
TEXT_BELOW_SURE, TEXT_BESIDE, TEXT_UNDER_TITLE = 600, 350, 150
"""Characters of paragraphs that stand together, from which they are an article after all."""
FEWEST_CHARACTERS = 60
FEWEST_OWN = 40
"""Characters outside links and headings, below which there is no text."""
FEWEST_LISTED, FEWEST_LINKS = 5, 30
"""Linked titles, and links of any length (menus are shorter), that are a listing."""
FEW_OWN = 250
SOON = 30
"""Seconds after which a page that reloads itself is a wall; newspapers do after minutes."""

_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"{")
_LIST = re.compile(rb"\[\s*[\[{\"]")
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex)\b", re.DOTALL
)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|title|meta|table|script|br|b|h[1-6]|center|pre)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Byte order marks of UTF-16 and UTF-32, whose bytes show no ASCII."""
_RAW_TEXT = (b"script", b"style", b"textarea", b"title")
_SETS_COOKIE = re.compile(r"document\s*\.\s*cookie\s*=|\bD1N\s*=|setCookie\s*\(", re.IGNORECASE)
_RELOADS = re.compile(
    r"location\s*\.\s*(?:reload|replace|assign)\s*\(|location(?:\s*\.\s*href)?\s*=[^=]",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"\s*(\d{1,6})")
_PARTS = re.compile(r"\s+[|–—:-]\s+|\s*[|»]\s*")
MOST_PARTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """``reason`` is one line for people."""

    kind: PageKind
    reason: str


def recognise(
    page: Page,
    site: Site,
    tree: HtmlElement,
    lines: Sequence[Line] | None = None,
    structured: Structured | None = None,
) -> Recognition:
    """What ``page``, answered with status 200 and parsed as ``tree``, is.

    ``lines`` is the tree's outline and ``structured`` what it tells machines, where the caller
    has them already.
    """
    lines = outline(tree) if lines is None else lines
    evidence = gather(page, site, tree, lines, structured or read_structured(tree))
    return (
        recognise_bytes(page)
        or _cookie_wall(tree, evidence)
        or _notice(tree, evidence)
        or _front_page(page, site)
        or _truncated(_readable(page))
        or _empty(evidence)
        or _article_or_listing(evidence)
    )


def recognise_bytes(page: Page) -> Recognition | None:
    """What can be told before parsing: nothing there, or no HTML."""
    body = _readable(page).lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not body:
        return Recognition(kind="empty", reason="the answer has no content")
    declared = page.content_type.split(";")[0].strip().lower()
    if declared and declared not in HTML_TYPES:
        return Recognition(kind="not_html", reason=f"the answer is {short(declared)}, not HTML")
    if body.startswith(_MAGIC) or _LIST.match(body) or _FEED.match(body[:4000]):
        return Recognition(kind="not_html", reason="the bytes are a file of another kind")
    if not _TAG.search(body):
        return Recognition(kind="not_html", reason="the answer has no HTML elements")
    return None


def _readable(page: Page) -> bytes:
    """The body in an encoding that writes ASCII as ASCII."""
    if not page.body.startswith(_WIDE_MARKS):
        return page.body
    return decoded_text(page.body).encode("utf-8", "replace")


def _cookie_wall(tree: HtmlElement, evidence: Evidence) -> Recognition | None:
    """A page of next to no text that loads itself again, or another one, at once."""
    if evidence.all_characters > 400 or evidence.is_marked_article:
        return None
    for script in tree.iter("script"):
        text = script.text or ""
        if not _RELOADS.search(text):
            continue
        if _SETS_COOKIE.search(text):
            name = "D1N" if "D1N" in text else "a cookie"
            return Recognition(
                kind="cookie_wall", reason=f"a script sets {name} and loads the page again"
            )
        if evidence.all_characters < FEWEST_CHARACTERS:
            return Recognition(kind="cookie_wall", reason="a script loads another page")
    if any(map(_refreshes, tree.iter("meta"))) and not evidence.titled:
        return Recognition(kind="cookie_wall", reason="the page asks to be loaded again at once")
    return None


def _refreshes(meta: HtmlElement) -> bool:
    if (meta.get("http-equiv") or "").strip().lower() != "refresh":
        return False
    seconds = _SECONDS.match(meta.get("content") or "")
    return seconds is not None and int(seconds[1]) <= SOON


def _notice(tree: HtmlElement, evidence: Evidence) -> Recognition | None:
    """A page that stands in an article's place and says so, and little else.

    An article may say the same in its title: it has a date below that, or more text.
    """
    if evidence.is_marked_article:
        return None
    few_words = evidence.words <= MOST_WORDS_OF_A_NOTICE
    lines = evidence.lines if few_words else ()
    for text, is_heading in _prominent(tree, lines):
        found = find_telltale(text)
        if found is None:
            continue
        telltale, share = found
        most = _most_text(evidence, telltale, share, is_heading=is_heading)
        if evidence.text < (most if few_words or math.isinf(most) else 0):
            return Recognition(
                kind=telltale.kind, reason=f"the page says {text[:80]!r} ({telltale.name})"
            )
    return None


def _most_text(evidence: Evidence, telltale: Telltale, share: float, *, is_heading: bool) -> float:
    """Characters that may stand on the page of a notice that fills ``share`` of its line."""
    if telltale.whole and is_heading:
        return math.inf
    if evidence.dated:
        return 0
    if is_heading and share >= SURE:
        return TEXT_BELOW_SURE
    if not evidence.titled or (is_heading and share >= HALF):
        return TEXT_BESIDE
    return TEXT_UNDER_TITLE


def _prominent(tree: HtmlElement, lines: Sequence[Line]) -> Iterator[tuple[str, bool]]:
    """Title and short lines, plain, each with whether it is a heading."""
    title = short(tree.findtext(".//title") or "", LONGEST_TITLE)
    for part in _PARTS.split(title)[:MOST_PARTS]:
        yield part, True
    yield title, True
    for line in lines:
        if len(line.text) <= LONGEST_NOTICE and line.link_share < 0.5:
            yield line.text, line.kind == "heading"


def _front_page(page: Page, site: Site) -> Recognition | None:
    asked, answered = urlsplit(page.url), urlsplit(page.final_url)
    home = urlsplit(site.home)
    homes = {"", "/", home.path, "/index.html", "/index.htm", "/index.php", "/default.aspx"}
    if (asked.path, asked.query) == (answered.path, answered.query) or answered.query:
        return None
    if answered.path.lower() in homes and asked.path not in homes:
        return Recognition(kind="front_page", reason=f"redirected to {short(page.final_url)}")
    return None


def _truncated(body: bytes) -> Recognition | None:
    if _CLOSED.search(body[-4000:]):
        return None
    tail = body.rstrip()
    if tail.rfind(b"<") > tail.rfind(b">"):
        return Recognition(kind="truncated", reason="the answer ends in the middle of a tag")
    if _CLOSED.search(body):
        return None
    lower = tail.lower()
    if any(lower.rfind(b"<" + name) > lower.rfind(b"</" + name) for name in _RAW_TEXT):
        return Recognition(kind="truncated", reason="the answer ends in the middle of a script")
    unclosed = max(
        lower.count(b"<%s" % tag) - lower.count(b"</%s" % tag)
        for tag in (b"div", b"table", b"article", b"section", b"body")
    )
    if unclosed >= 2 or (unclosed and not tail.endswith(b">")):
        return Recognition(
            kind="truncated", reason="the answer ends before its elements are closed"
        )
    return None


def _empty(evidence: Evidence) -> Recognition | None:
    if evidence.all_characters < FEWEST_CHARACTERS:
        return Recognition(
            kind="empty", reason=f"{evidence.all_characters} characters of text are no article"
        )
    if evidence.own < FEWEST_OWN and not _is_list(evidence):
        return Recognition(kind="empty", reason="there is nothing but links and headings")
    return None


def _article_or_listing(evidence: Evidence) -> Recognition:
    told = "; ".join(reason for weight, reason in evidence.signs if weight)
    if evidence.weight > 1:
        return Recognition(kind="article", reason=told)
    if evidence.own < FEW_OWN and not _is_list(evidence):
        return Recognition(kind="empty", reason=f"{evidence.own} characters of text; {told}")
    return Recognition(kind="listing", reason=told or "no sign of an article")


def _is_list(evidence: Evidence) -> bool:
    return evidence.linked_titles >= FEWEST_LISTED or evidence.links >= FEWEST_LINKS
