"""Bytes of a page → text → one lxml tree. Pure, bounded, unmoved by lying charsets."""

import codecs
import re
from itertools import islice

import lxml.etree
import lxml.html
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

MAX_BYTES = 3_000_000
MAX_ELEMENTS = 20_000
"""Above these, extraction takes minutes (100,000 paragraphs: 90 s) or half a gigabyte."""
MAX_ATTRIBUTES = 1_000
"""Of one element: libxml2 takes quadratic time over them (60,000: 15 s)."""
LONGEST_TEXT = 5_000

_OPENING_TAG = re.compile(rb"<[A-Za-z]")
_SPACE = rb"[\t\n\f\r ]"
_VALUE = rb"""(?:"[^"]*+"?+|'[^']*+'?+|[^\t\n\f\r >"'][^\t\n\f\r >]*+|)"""
_ATTRIBUTE = (
    rb"(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)"
    rb"(?:" + _SPACE + rb"*+=" + _SPACE + rb"*+" + _VALUE + rb")?+"
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAIL = (
    rb"(?: [a-z-]++=\"[^\"]*+\""  # as most are written
    rb"|[\t\n\f\r /]++"
    rb"|" + _ATTRIBUTE + rb")*+"
)
_PIECE = re.compile(
    rb"<(?:/[a-z]++[1-6]?+>"
    rb"|!--(?:-?>|(?:[^-]++|-(?!-!?>))*+)"
    rb"|((?:(?i:(?=[stxin])(script|style|title|textarea|xmp|iframe|noembed|noframes))"
    rb"(?=[\t\n\f\r />])|/?+[A-Za-z])[^\t\n\f\r />]*+" + _TAIL + rb")"
    rb"(?(2)(?:[^<]++|<(?!/(?i:\2)))*+)"
    rb"|[!?/][^>]*+)"
)
"""A plain end tag, a comment, a tag (group 1, without its brackets) with the raw text that
follows it, or what counts as a comment: in one pass, as HTML has it, so that no quote is taken
for another."""
_ONE_CLASS = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""lxml.html's own look-up asks Python for each element, to tell forms from others."""
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE)
_WRONG_IN_UTF8 = 0.02
"""Share of undecodable pieces among the non-ASCII characters that still passes for UTF-8."""


class Unparsable(ValueError):
    """The bytes give no tree that may be read; ``reason`` is one line for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decoded_text(body: bytes, content_type: str = "") -> str:
    """The text of ``body``, NUL characters removed; never raises.

    A byte order mark decides. Else bytes that read as UTF-8 are UTF-8, whatever header and
    markup claim: other encodings do not form valid UTF-8 by chance. Only then the claims
    count, the header's first, and last the Vietnamese code page.
    """
    marked, mark = read_bom(body)
    if marked:
        return body[len(mark or b"") :].decode(marked, "replace").replace("\x00", "")
    text = body.decode("utf-8", "replace")
    if not _reads_as_utf8(text):
        claims = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
        text = _first_that_decodes(body, *claims, "cp1258") or text
    return text.replace("\x00", "")


def parse(body: bytes, content_type: str = "") -> lxml.html.HtmlElement:
    """The tree of an HTML page, without comments and processing instructions.

    Raises Unparsable for an empty, oversized or too deeply nested one (libxml2 stops at
    256 levels and would silently drop the rest).
    """
    if len(body) > MAX_BYTES:
        raise Unparsable(f"{len(body):,} bytes are more than the {MAX_BYTES:,} that are read")
    markup = _as_utf8(body, content_type)
    # counting brackets first is half the work, and enough for nearly all pages
    elements = markup.count(b"<")
    if elements > MAX_ELEMENTS and (elements := len(_OPENING_TAG.findall(markup))) > MAX_ELEMENTS:
        raise Unparsable(f"{elements:,} elements are more than the {MAX_ELEMENTS:,} that are read")
    long = [tag for tag, _ in _PIECE.findall(markup) if len(tag) > MAX_ATTRIBUTES]
    if any(len(_ATTRIBUTES.findall(tag)) > MAX_ATTRIBUTES for tag in long):
        raise Unparsable(
            f"an element with more than the {MAX_ATTRIBUTES:,} attributes that are read"
        )
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = lxml.html.document_fromstring(markup, parser=parser)
    except lxml.etree.LxmlError as error:
        raise Unparsable(f"no HTML document: {error}") from error
    for entry in parser.error_log.filter_from_fatals():
        if entry.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise Unparsable(f"nested too deeply: {entry.message}")
    return tree


def _as_utf8(body: bytes, content_type: str) -> bytes:
    """``decoded_text`` as UTF-8, without writing anew what is UTF-8 already."""
    if b"\x00" not in body and not body.startswith(_MARKS):
        try:
            body.decode()
        except UnicodeDecodeError:
            pass
        else:
            return body
    return decoded_text(body, content_type).encode("utf-8", "replace")


def text_within(element: lxml.etree._Element) -> str:
    """The first LONGEST_TEXT characters or so of an element's text; a blank piece is one space.

    Bounded, since elements nest: the text of all of them is not.
    """
    pieces, size = [], 0
    for piece in map(str, islice(element.itertext(), LONGEST_TEXT)):
        pieces.append(piece[:LONGEST_TEXT] if piece.strip() else " ")
        size += len(pieces[-1])
        if size >= LONGEST_TEXT:
            break
    return "".join(pieces)


def _reads_as_utf8(text: str) -> bool:
    wrong = text.count("\ufffd")
    return not wrong or wrong <= _WRONG_IN_UTF8 * sum(character > "\x7f" for character in text)


def _first_that_decodes(body: bytes, *encodings: str | None) -> str | None:
    for encoding in encodings:
        if encoding is None:
            continue
        try:
            return body.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return None
