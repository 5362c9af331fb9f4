"""Pages made to be read slowly: what is read of them, and that patterns do not explode."""

import pytest
from lxml import html

from crawlers.outline import outline
from crawlers.structured import Structured, read_structured
from pipelines.body import MOST_ELEMENTS, find_body
from pipelines.captions import MOST_PIECES, Surroundings
from pipelines.headline import MOST_HEADINGS, find_title
from pipelines.metadata import MOST_TAGS, marked, read_author, read_tags, start_of
from pipelines.noise import line_rule

SENTENCE = "Hôm nay tỉnh tổ chức lễ hội mùa xuân tại thành phố với nhiều hoạt động."


@pytest.mark.parametrize("line", ["x " * 100 + "!", "a+" + " a" * 100 + "!", "a+" * 100 + "!"])
def test_a_line_that_nearly_matches_a_rule_is_told_apart(line):
    assert line_rule(line) == ""


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Zalo | Facebook, Twitter Email", "share label"),
        ("FacebookZalo", "share label"),
        ("A+ A A-", "font size"),
        ("a++ a -", "font size"),
    ],
)
def test_such_rules_still_match_what_portals_print(line, rule):
    assert line_rule(line) == rule


def test_an_author_is_read_from_the_start_of_an_element():
    tree = html.document_fromstring(f"<p itemprop=author>\n Lan  Anh <i>x</i>{'y ' * 9000}</p>")
    start = start_of(tree.find(".//p"))
    assert start.startswith("Lan Anh xy y")
    assert len(start) < 20_000
    assert read_author(Structured(things=(), meta={}), (), (), marked(tree)) == ""


def test_of_endless_tags_the_first_are_kept():
    content = ",".join(f"t{i}" for i in range(5 * MOST_TAGS))[:1999]
    tree = html.document_fromstring(f'<meta name="keywords" content="{content}"><p>x</p>')
    tags = read_tags(read_structured(tree))
    assert tags == tuple(f"t{i}" for i in range(MOST_TAGS))


def test_a_title_is_looked_for_among_the_first_headings():
    told = "<title>Khai mạc lễ hội mùa xuân ở tỉnh</title>"
    other = "<h2>Một tin khác</h2>"
    title = "<h1>Khai mạc lễ hội mùa xuân ở tỉnh</h1>"

    def place(before):
        tree = html.document_fromstring(f"{told}{other * before}{title}")
        return find_title(outline(tree), Structured(things=(), meta={}), tree, ()).place

    assert place(MOST_HEADINGS - 1) == MOST_HEADINGS - 1


def test_a_page_too_large_for_trafilatura_is_read_by_structure():
    paragraphs = f"<p>{SENTENCE}</p>" * MOST_ELEMENTS
    tree = html.document_fromstring(f"<h1>Tiêu đề</h1><div>{paragraphs}</div>")
    body = find_body(tree, outline(tree), 0)
    assert len(body.places) == MOST_ELEMENTS


@pytest.mark.parametrize("pieces", [1, MOST_PIECES + 1])
def test_text_in_many_pieces_beside_a_picture_is_no_caption(pieces):
    tree = html.document_fromstring(
        f"<div><div><img><p>Ảnh: Lan Anh {'<i>x</i>' * pieces}</p></div><p>{SENTENCE}</p></div>"
    )
    (line, *_) = outline(tree)
    assert Surroundings(tree).is_caption(line, inside=True) is (pieces == 1)
