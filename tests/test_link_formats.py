"""From two portals that are crawled to a report in every form: what links them is found, the
original that changes is told with its figures, and what is translated again is no edit.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category

import feedparser
import hostile
import jsonschema
import pytest
from lxml import html
from markdown_it import MarkdownIt
from reports import NOON, entry, report, site
from two_portals import ORIGINAL, SITES, TOLD_AGAIN, TRANSLATION, Portals, translated, written

from monitor.browse.cells import published_cell
from monitor.link_news import FoundLink, GoneSource, LinkNews, Outdated
from monitor.links import Named
from monitor.notes import ROLES, Note
from monitor.render.as_json import render_json
from monitor.render.markdown import render_markdown
from monitor.render.report_atom import render_atom
from monitor.render.report_html import render_html
from monitor.render.report_schema import report_schema
from monitor.render.report_text import render_text
from monitor.report import Choice, Report, make_report
from pipelines.drift import Drift, Fact
from pipelines.store import links

HEADING = "Originals that changed after they were translated or copied"
FIGURES = "the original said 4.7 % before, and says 47 % since"


def told(portals: Portals, weight: str = "minor") -> Report:
    choice = Choice(weight=weight)  # type: ignore[arg-type]
    until = portals.clock.now()
    since = NOON.replace(year=2025)
    return make_report(portals.bao.store.reader, SITES, since=since, until=until, choice=choice)


@pytest.mark.parametrize("how", ["printed", "found"])
def test_an_original_that_changes_is_reported_and_a_retranslation_is_no_edit(
    tmp_path: Path, how: str
) -> None:
    portals = Portals(tmp_path / "store.db")
    portals.dich.sites = SITES
    cites = {"cites": [f"https://bao.example{ORIGINAL}"]} if how == "printed" else {}
    portals.baseline(**cites)
    (link,) = links.of_article(portals.bao.store.reader, portals.article_id(TRANSLATION))
    assert link.sure
    assert ("address" in {one.kind for one in link.evidence}) == (how == "printed")
    portals.retell(**translated("4.7", TOLD_AGAIN, **cites))
    portals.look(portals.bao, ORIGINAL, **written("47"))
    quiet, everything = told(portals), told(portals, "cosmetic")
    assert [one.kind for site in quiet.sites for one in site.entries] == ["edited"]
    assert [one.kind for site in everything.sites for one in site.entries] == [
        "edited",
        "retranslated",
    ]
    for name, form in forms(quiet).items():
        is_feed = name == "atom"
        assert form.count(FIGURES) == 1 + is_feed, "once, at the change; a feed has an item more"
        assert (HEADING in form) == is_feed or name == "html", "of what no change tells"
        assert "translated again" not in form
    for name, form in forms(everything).items():
        assert "translated again" in form, name
        assert "its original is as it was" in form, name
    page = html.document_fromstring(render_html(everything))
    assert [one.get("id") for one in page.find_class("change")] == ["change-2", "change-1"]


def test_who_reads_of_the_translating_portal_alone_is_told_in_a_section(tmp_path: Path) -> None:
    portals = Portals(tmp_path / "store.db")
    portals.baseline()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    since, until = NOON.replace(year=2025), portals.clock.now()
    made = make_report(
        portals.bao.store.reader, SITES, since=since, until=until, choice=Choice(sites=("dich",))
    )
    for name, form in forms(made).items():
        assert HEADING in form, name
        assert form.count(FIGURES) == 1, name


def forms(made: Report) -> dict[str, str]:
    """What a reader sees, without markup."""
    page = html.document_fromstring(render_html(made))
    markdown = html.document_fromstring(MarkdownIt().render(render_markdown(made)))
    feed = feedparser.parse(render_atom(made))
    assert not feed.bozo
    entries = (f"{one.title} {one.content[0].value}" for one in feed.entries)
    return {
        "html": page.find("body").text_content(),
        "md": markdown.text_content(),
        "atom": html.document_fromstring(" ".join(entries)).text_content(),
        "text": render_text(made, colour=False),
    }


def test_json_says_which_figures_differ(tmp_path: Path) -> None:
    portals = Portals(tmp_path / "store.db")
    portals.baseline()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    written_down = json.loads(render_json(told(portals)))
    valid(written_down)
    (one,) = written_down["links"]["outdated"]
    assert (one["original"]["site"], one["made"]["site"]) == ("bao", "dich")
    assert one["gone"] == [{"kind": "figure", "value": "4.7 %"}]
    assert one["came"] == [{"kind": "figure", "value": "47 %"}]
    (note,) = written_down["sites"][0]["changes"][0]["notes"]
    assert note["role"] == "translated_before"


def valid(written_down: object) -> None:
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(report_schema(), format_checker=checker).validate(written_down)


def named(number: int, url: str) -> Named:
    return Named(
        article_id=number,
        site="bao",
        url=url,
        title=f"{number} {hostile.EVERYTHING}",
        language="'><script>",
        published_at=NOON,
        status="live",
    )


def poisoned() -> Report:
    """Everything that can be told of links, in words and addresses of an attacker."""
    drift = Drift(
        gone=(Fact(kind="document", value=hostile.EVERYTHING), Fact(kind="figure", value="x %")),
        came=(Fact(kind="date", value=hostile.LINES),),
    )
    articles = [named(number, url) for number, url in enumerate(hostile.ADDRESSES)]
    first, second = articles[0], articles[-1]
    news = LinkNews(
        outdated=tuple(
            Outdated(
                kind="translation",
                original=one,
                made=second,
                change_id=number,
                changed_at=NOON,
                made_at=NOON,
                follows_at=NOON,
                drift=drift,
                known_at=NOON,
            )
            for number, one in enumerate(articles)
        ),
        gone=(
            GoneSource(
                how="citation",
                source=first,
                by=second,
                change_id=1,
                withdrawn_at=NOON,
                known_at=NOON,
            ),
        ),
        found=tuple(
            FoundLink(kind="copy", original=one, made=second, known_at=NOON) for one in articles * 3
        ),
        older=1,
    )
    noted = tuple(Note(role=role, other=first, at=NOON, drift=drift) for role in ROLES)
    made = report(site(entry("withdrawn", notes=noted), entry("new", notes=noted, number=2)))
    return replace(made, links=news)


@pytest.mark.parametrize("language", ["en", "vi", "ar", "fa"])
def test_whatever_a_portal_wrote_stays_inert(language: str) -> None:
    made = poisoned()
    hostile.assert_plain(render_text(made, colour=False, language=language))
    page = html.document_fromstring(render_html(made, language=language))
    shown = MarkdownIt("commonmark", {"html": True}).render(
        render_markdown(made, language=language)
    )
    feed = feedparser.parse(render_atom(made, language=language), sanitize_html=False)
    assert not feed.bozo
    contents = "".join(one.content[0].value for one in feed.entries)
    for root in (page, *map(html.document_fromstring, (shown, contents))):
        names = {str(element.tag) for element in root.iter() if isinstance(element.tag, str)}
        assert not names & {"script", "iframe", "form", "base", "img", "svg", "link"} - {"svg"}
        for element in root.iter("a"):
            assert element.get("href").startswith(("http://", "https://", "#"))
        loud = [
            name for element in root.iter() for name in dict(element.attrib) if name[:2] == "on"
        ]
        assert loud == []
    plain = render_json(made)
    valid(json.loads(plain))
    assert {one for one in plain if category(one) in ("Cc", "Cf")} <= set("\n\u200c\u200d")


def test_a_page_that_prints_a_day_is_given_no_hour() -> None:
    """Read as midnight, it would stand before the original of that morning."""
    midnight = datetime(2026, 3, 1, 17, tzinfo=UTC)
    note = Note(role="translated_before", other=named(1, "https://dich.example/a"), at=midnight)
    new = entry("new", notes=(note,), published_at=midnight)
    for told_as, said in forms(report(site(new))).items():
        assert any(day in said for day in ("on 2026-03-02 from", "on 2 Mar 2026 from")), told_as
        assert "00:00" not in said, told_as
    assert html.fromstring(published_cell(midnight)).text == "2 Mar 2026"
    assert html.fromstring(published_cell(NOON)).text != "2 Mar 2026"


def test_each_thing_has_one_id_in_the_feed_for_ever() -> None:
    ids = [[one.id for one in feedparser.parse(render_atom(poisoned())).entries] for _ in "12"]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2 + 8 + 1 + 8


def test_many_are_counted_where_they_would_fill_a_page() -> None:
    both = [replace(named(number, ""), title="Một tin") for number in (1, 2)]
    one = FoundLink(kind="copy", original=both[0], made=both[1], known_at=NOON)
    full = replace(report(site()), links=LinkNews(found=(one,) * 140))
    shown = forms(full)
    for form in ("html", "md", "text"):
        assert "40 more are not shown here" in shown[form]
    assert len(json.loads(render_json(full))["links"]["found"]) == 140
