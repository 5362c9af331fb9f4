"""Markdown, JSON, Atom and the terminal: the same changes, each as its readers expect it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from reports import (
    FIRST,
    NOON,
    article,
    dismissed,
    edited,
    entry,
    letters,
    problem,
    report,
    sides,
    site,
)

from monitor.render.as_json import render_json
from monitor.render.atom import FeedEntry, change_id, feed, feed_id
from monitor.render.markdown import escaped, link, render_markdown
from monitor.render.report_atom import render_atom
from monitor.render.report_schema import report_schema, schema_text
from monitor.render.report_text import render_text
from monitor.report import Archived, Choice

ROOT = Path(__file__).parents[1]
EDIT = edited("Thu hoạch được 4,7 tấn mỗi héc-ta.", "Thu hoạch được 47 tấn mỗi héc-ta.")
NEW = entry("new", after=article(title="Khánh thành cầu", lead="Sáng nay."), number=2)
GONE = entry("withdrawn", before=article(title="Tin bị gỡ"), number=3)
MOVED = entry(
    "moved", before=article(), after=article(), number=4, explanation={"from": "https://a.b/c"}
)
BYLINE = entry(
    before=article(author="Mai Lan"), after=article(author="Đức Lam"), number=5, kind="corrected"
)
ALL = report(
    site(
        EDIT,
        NEW,
        GONE,
        MOVED,
        replace(BYLINE, archived=Archived(file="a.warc.gz", offset=7)),
        problems=(problem(),),
        dismissed=(dismissed(),),
    ),
    site(name="khac", looked_at=None, hidden=1),
)


def test_json_is_what_its_schema_says():
    told = json.loads(render_json(ALL))
    jsonschema.Draft202012Validator(
        report_schema(), format_checker=jsonschema.FormatChecker()
    ).validate(told)
    assert told["schema_version"] == 3
    assert told["choice"] == {"sites": [], "kinds": [], "weight": "minor"}
    assert told["sites"][1]["was_looked_at"] is False
    change = told["sites"][0]["changes"][0]
    (field,) = change["difference"]["fields"]
    pieces = [piece for block in field["blocks"] for piece in block["pieces"]]
    assert [(p["op"], p["text"], p.get("figures")) for p in pieces if p["op"] != "equal"] == [
        ("delete", "4,7", ["4,7"]),
        ("insert", "47", ["47"]),
    ]
    for side, op in (("before", "delete"), ("after", "insert")):
        shown = "".join(piece["text"] for piece in pieces if piece["op"] in ("equal", op))
        assert letters([shown]) == letters([change[side]["text"]])


def test_the_schema_refuses_what_it_does_not_name():
    told = json.loads(render_json(ALL))
    told["sites"][0]["changes"][0]["extra"] = 1
    with pytest.raises(jsonschema.ValidationError, match="extra"):
        jsonschema.validate(told, report_schema())


def test_the_schema_file_is_what_the_code_says():
    assert (ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8") == schema_text()
    jsonschema.Draft202012Validator.check_schema(report_schema())


def test_markdown_marks_the_words_that_changed():
    told = render_markdown(ALL, browse_url="http://127.0.0.1:8001")
    assert "- Thu hoạch được <del>4,7</del><ins>47</ins> tấn mỗi héc-ta." in told
    assert "### edited: [Hội nghị](<https://bao.example/tin/mot>)" in told
    assert "[in the store](<http://127.0.0.1:8001/article/101>)" in told
    assert "**Problem: does not answer, or with server errors only**" in told
    assert "khac: no crawl of it ever ended well" in told
    assert "một dòng quảng cáo" not in told
    assert "một dòng quảng cáo" in render_markdown(ALL, dismissed=True)


def test_sites_that_were_never_crawled_share_one_line():
    never = [site(name=f"bao{n}", looked_at=None) for n in range(30)]
    told = render_text(report(site(EDIT), *never), colour=False)
    (line,) = [line for line in told.splitlines() if "ever ended well" in line]
    assert line.startswith("No crawl of these sites ever ended well")
    assert "(30): bao0, bao1, " in line
    assert line.endswith("bao29")
    assert "not crawled to the end" not in told


NASTY = st.text(
    st.sampled_from("a1 `*_#[]()<>|~!&;:/.-+=$^\\\n\thwtpsđ会"), min_size=1, max_size=40
)


@given(NASTY)
@settings(max_examples=300)
@example("<a>x</a> &amp; <!-- x --> <script>")
@example("*a* _b_ **c** ~~d~~ `e` | f |")
@example("[a](https://a.b) ![c](d) [e]: f https://g.h www.i.j")
@example("1. a")
@example("# a")
@example("+ a")
@example("---")
def test_markdown_shows_scraped_text_as_it_is(text):
    shown = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").enable("table")
    made = html.fromstring(f"<div>{shown.render(f'- {escaped(text)}')}</div>")
    assert {element.tag for element in made.iter()} <= {"div", "ul", "li"}
    assert " ".join(made.text_content().split()) == " ".join(text.split())


@given(NASTY, NASTY)
def test_markdown_links_lead_where_they_say_or_nowhere(title, rest):
    made = html.fromstring(
        f"<div>{MarkdownIt('commonmark', {'html': True}).render(link(title, f'https://a.b/{rest}'))}</div>"
    )
    hrefs = made.xpath(".//@href")
    assert all(href.startswith("https://a.b/") for href in hrefs)
    assert not MarkdownIt().render(link("x", "javascript:alert(1)")).count("href")


def test_markdown_isolates_what_runs_from_right_to_left():
    arabic = edited("صرفت القرية 14", "صرفت القرية 15")
    assert '- <span dir="auto">صرفت القرية <del>14</del><ins>15</ins></span>' in render_markdown(
        report(site(arabic))
    )


def test_the_feed_is_valid_for_a_parser_that_is_not_ours():
    written = render_atom(ALL, browse_url="http://127.0.0.1:8001").encode()
    etree.fromstring(written)
    read = feedparser.parse(written)
    assert not read.bozo
    assert read.version == "atom10"
    assert [e.id for e in read.entries] == list(dict.fromkeys(e.id for e in read.entries))
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", e.id) for e in read.entries)
    assert read.feed.id.startswith("urn:uuid:")
    newest, *_, first = read.entries
    assert newest.title == "corrected: Hội nghị"
    assert first.title == "edited: Hội nghị"
    assert first.updated == "2026-03-02T06:01:00Z", "when it was told"
    assert first.link == "https://bao.example/tin/mot"
    assert {link.href for link in first.links if link.rel == "related"} == {
        "http://127.0.0.1:8001/change/1"
    }
    (content,) = first.content
    assert content.type == "text/html"
    raw = etree.fromstring(written).xpath("//*[local-name()='content']/text()")[-1]
    body = sides(raw)["body"]
    assert "Thu hoạch được 4,7 tấn mỗi héc-ta." in body[0]
    assert "Thu hoạch được 47 tấn mỗi héc-ta." in body[1]


def test_the_feed_made_again_is_the_same_and_a_longer_one_keeps_its_entries():
    assert render_atom(ALL) == render_atom(ALL)
    more = report(site(EDIT, edited("một hai", "một ba", number=8)))
    ids = {
        e.title: e.id for e in feedparser.parse(render_atom(report(site(EDIT))).encode()).entries
    }
    later = feedparser.parse(render_atom(more).encode())
    assert later.entries[-1].id in ids.values()
    assert later.feed.id == feedparser.parse(render_atom(ALL).encode()).feed.id


def test_each_question_has_a_feed_of_its_own():
    names = [
        feedparser.parse(render_atom(report(choice=choice)).encode()).feed.id
        for choice in (
            Choice(),
            Choice(sites=("a",)),
            Choice(sites=("a", "b")),
            Choice(kinds=("new",)),
        )
    ]
    assert len(set(names)) == 4


def test_an_id_depends_on_the_change_alone():
    at = datetime(2026, 3, 2, 5, 0, 0, 123456, tzinfo=UTC)
    assert change_id("bao", 7, at) == change_id("bao", 7, at.astimezone())
    others = {change_id("bao", 7, at), change_id("bao", 8, at), change_id("khac", 7, at)}
    assert len(others) == 3
    assert change_id("bao", 1, NOON) == "urn:uuid:7db9b0c5-91cd-5a55-a942-6ca022d80b53"


@given(st.text(), st.text())
def test_any_text_makes_a_feed_that_can_be_read(title, content):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    one = FeedEntry(
        id=change_id("bao", 1, at), title=title, address="https://a.b/", updated=at, content=content
    )
    written = feed(title, feed_id("x"), "https://a.b/", [one], at)
    read = etree.fromstring(written)
    assert len(read.findall("{*}entry")) == 1
    assert not feedparser.parse(written).bozo


def test_the_terminal_and_the_pipe_say_the_same_words():
    plain = render_text(ALL, colour=False, dismissed=True)
    coloured = render_text(ALL, colour=True, dismissed=True, width=500)
    assert "\x1b" not in plain
    assert "Thu hoạch được [-4,7-]{+47+} tấn mỗi héc-ta." in plain
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    words = plain.replace("[-", "").replace("-]", "").replace("{+", "").replace("+}", "")
    assert bare.split() == words.split()
    assert "archived: a.warc.gz @ 7" in plain


def test_the_terminal_wraps_at_its_width_and_keeps_the_indentation():
    long = edited(f"{'dài ' * 60}4", f"{'dài ' * 60}5")
    told = render_text(report(site(long, baseline_articles=None)), colour=True, width=60)
    rows = re.sub(r"\x1b\[[0-9;]*m", "", told).splitlines()
    assert max(map(len, rows)) <= 60


def test_a_report_of_many_begins_with_a_digest():
    many = report(
        site(*(edited(f"{n} tấn lúa", f"{n}5 tấn lúa", number=n) for n in range(1, 8))),
        site(GONE, name="khac", problems=(problem(),)),
    )
    head = render_text(many, colour=False).partition("Báo bao (bao)")[0]
    assert "bao   7 edited" in head
    assert "khac  1 withdrawn, 1 problem" in head
    assert "The weightiest changes:" in head
    assert "[-1-]{+15+} tấn lúa" in head


@pytest.mark.parametrize("language", ["vi", "ar", "fa"])
def test_every_format_speaks(language):
    said = {"vi": "đã gỡ", "ar": "مسحوب", "fa": "برداشته‌شده"}[language]
    assert said in render_text(ALL, colour=False, language=language)
    assert said in render_markdown(ALL, language=language)
    assert said in render_atom(ALL, language=language)


def test_what_became_noise_is_said_in_every_format():
    told = entry(before=article(FIRST, "Quảng cáo: giảm 50 %."), after=article(FIRST))
    made = report(site(replace(told, before=told.after)))
    for written in (render_text(made, colour=False), render_markdown(made), render_atom(made)):
        assert "What differed then is left out as noise today. It was told as:" in written
        assert "Quảng cáo: giảm 50 %." in written
    (change,) = json.loads(render_json(made))["sites"][0]["changes"]
    assert change["difference"]["fields"] == []
    assert change["difference"]["left_out"][0]["field"] == "body"
