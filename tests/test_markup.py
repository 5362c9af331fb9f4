"""Bytes become one tree, whatever the charset claims and however the page is built."""

import pytest

from crawlers import markup

SENTENCE = "Tỉnh Ninh Bình đẩy mạnh chuyển đổi số, phấn đấu đạt 95% hồ sơ trực tuyến"


def page(text: str, declared: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("content_type", "declared"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html", ""),
        ("text/html; charset=ISO-8859-1", ""),
        ("text/html; charset=gb2312", "utf-8"),
        ("text/html", "windows-1258"),
        ("text/html; charset=no-such-charset", "neither"),
        ("text/html; charset=utf-16", ""),
    ],
)
def test_utf8_is_read_as_utf8_whatever_is_claimed(content_type: str, declared: str) -> None:
    body = page(SENTENCE, declared).encode()
    assert markup.parse(body, content_type).findtext(".//p") == SENTENCE


@pytest.mark.parametrize("content_type", ["text/html; charset=windows-1258", "text/html"])
def test_a_legacy_page_is_read_although_it_claims_utf8(content_type: str) -> None:
    legacy = "Thành phố".encode("cp1258", "ignore")
    body = page("XX", "utf-8").encode().replace(b"XX", legacy)
    assert "Thành ph" in markup.decoded_text(body, content_type)
    assert "\ufffd" not in markup.decoded_text(body, content_type)


def test_one_broken_byte_does_not_spoil_the_rest() -> None:
    body = page(SENTENCE * 20).encode().replace(b"95%", b"95\xff%", 1)
    text = markup.decoded_text(body, "text/html; charset=utf-8")
    assert text.count(SENTENCE) == 19


def test_a_charset_that_always_fails_is_passed_over() -> None:
    assert markup.decoded_text(b"<p>\xff\xfeok" * 9, "text/html; charset=undefined")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    body = page(SENTENCE).encode(encoding)
    assert markup.parse(body, "text/html; charset=iso-8859-1").findtext(".//p") == SENTENCE


def test_nul_characters_do_not_cut_the_page_short() -> None:
    body = page("trước\0sau").encode()
    assert markup.parse(body, "text/html").findtext(".//p") == "trướcsau"


def test_comments_are_left_out_and_their_surroundings_kept() -> None:
    tree = markup.parse(b"<p>one <!-- no --> two</p>")
    assert tree.findtext(".//p") == "one  two"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "span"])
def test_a_hundred_thousand_nested_tags_are_refused(tag: str) -> None:
    with pytest.raises(markup.Unparsable, match="elements"):
        markup.parse((f"<{tag}>" * 100_000).encode())


@pytest.mark.parametrize("tag", ["div", "b", "ul><li"])
def test_a_tree_that_would_be_cut_off_is_refused(tag: str) -> None:
    with pytest.raises(markup.Unparsable, match="nested too deeply"):
        markup.parse((f"<{tag}>" * 2_000 + "the end").encode())


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + "a1 " * 300_000 + ">",
        "<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">x</p>",
        "<p x=it's " + " ".join(f"a{n}='\"'" for n in range(100_000)),
        '<script>"<p a="</script><p ' + "a1 " * 300_000 + '"">',
        "<p " + "a1/" * 300_000 + ">",
        '<p x="<!--" ' + "a1 " * 300_000 + ">",
        '<title><b a="</title><p x=">" ' + "a1 " * 300_000 + ">",
        '</i a="<b c="><p x=">" ' + "a1 " * 300_000 + ">",
        '<!x <b c="><p x=">" ' + "a1 " * 300_000 + ">",
        '<i ="><p x=">" ' + "a1 " * 300_000 + ">",
        '<script-x a="</script-x"><p x=">" ' + "a1 " * 300_000 + ">",
        '<!--><p x="-->" ' + "a1 " * 300_000 + ">",
    ],
    ids=[
        "bare",
        "quoted",
        "apostrophe",
        "after a script",
        "slashes",
        "comment in quotes",
        "quote in a title",
        "quote in an end tag",
        "quote in a declaration",
        "quote in a name",
        "after an element named like a script",
        "after an empty comment",
    ],
)
def test_an_element_of_very_many_attributes_is_refused(tag: str) -> None:
    with pytest.raises(markup.Unparsable, match="attributes"):
        markup.parse(page(tag).encode())


def test_long_attributes_and_scripts_that_look_like_tags_are_read() -> None:
    image = f'<img alt="{SENTENCE * 900}" src="data:image/png;base64,{"A=" * 90_000}">'
    script = "<script>if (n<max && " + "a == b || " * 9_000 + "c) x()</script>"
    assert markup.parse(page(script + image + "the end").encode()).findtext(".//p") is not None


def test_the_text_of_nested_elements_is_bounded() -> None:
    tree = markup.parse(page("<a href=x><div>" * 100 + "tin " * 300_000).encode())
    texts = [markup.text_within(a) for a in tree.iter("a")]
    assert sum(map(len, texts)) < 100 * 2 * markup.LONGEST_TEXT
    assert texts[0].startswith("tin tin")


def test_a_page_at_a_usual_depth_is_read_to_its_end() -> None:
    tree = markup.parse(("<div>" * 200 + "the end" + "</div>" * 200).encode())
    assert tree.text_content() == "the end"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no HTML document"),
        (b"   \n", "no HTML document"),
        (b"<p>" + b"x" * markup.MAX_BYTES, "bytes"),
        (b"<p>x" * (markup.MAX_ELEMENTS + 1), "elements"),
    ],
)
def test_what_gives_no_tree_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(markup.Unparsable, match=reason):
        markup.parse(body)
