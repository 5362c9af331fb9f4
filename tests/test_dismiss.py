"""``baowatch dismiss``: a false alarm is told no more, and says how to keep the next one quiet."""

import json
import re
from pathlib import Path

import pytest
import yaml
from commandline import Told, baowatch, configure
from desks import BODY, START, Newsroom
from hypothesis import given
from hypothesis import strategies as st

from crawlers.site import NoiseRule
from monitor.proposal import NO_LINES, advise, pattern
from pipelines.article import Article, Block
from pipelines.noise import site_rule
from pipelines.store import changes

A, B = "/tin/mot", "/tin/hai"
ADVERT = "Đặt báo [dài hạn] năm 2026: gọi 0229.3871.234 (ext. 12) để được giảm 10 %!"
SPAN = ("--since", START.isoformat(), "--until", "2027-01-01")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A store that told an advertisement in one article as an edit of it."""
    made = Newsroom(configure(tmp_path, monkeypatch))
    made.baseline(A, B)
    edit(made, body=["0", *BODY, ADVERT])
    return made


def edit(room: Newsroom, url: str = A, **article: object) -> None:
    room.begin()
    for _ in range(2):
        room.answer(url, **{"title": "Hội nghị số 0", **article})
        room.clock.pass_by(minutes=5)
    room.end()
    room.clock.pass_by(hours=1)


def number(room: Newsroom) -> str:
    """The latest change's."""
    (found,) = room.store.reader.execute("SELECT max(id) FROM changes").fetchone()
    return str(found)


def report(*words: str) -> Told:
    return baowatch("report", *SPAN, *words)


def test_the_report_tells_a_changes_number_and_then_no_more_of_it(room: Newsroom) -> None:
    change = number(room)
    assert report().out.rstrip().endswith(f"change {change}")
    told = baowatch("dismiss", change, "--why", "an advert")
    assert (told.status, told.said) == (0, "")
    assert f"Dismissed change {change} (bao, edited) «Hội nghị số 0»." in told.out
    assert ADVERT[:20] not in report().out
    apart = report("--all").out
    assert "dismissed  edited: Hội nghị số 0" in apart
    assert "an advert (20" in apart


def test_json_and_history_keep_it_with_the_reason(room: Newsroom) -> None:
    baowatch("dismiss", number(room), "--why", "an \x1b[31madvert")
    (site,) = json.loads(report("--format", "json").out)["sites"]
    assert site["changes"] == []
    (one,) = site["dismissed"]
    assert (one["id"], one["why"], one["fields"]) == (
        int(number(room)),
        "an \x1b[31madvert",
        ["body"],
    )
    told = baowatch("history", f"https://bao.example{A}").out
    assert re.search(
        rf"edited, told 2026.*, dismissed 20.*: an \[31madvert \(change {one['id']}\)", told
    )


def test_undo_tells_it_again_where_it_was_told(room: Newsroom) -> None:
    before = report().out
    baowatch("dismiss", number(room), "--why", "an advert")
    told = baowatch("dismiss", number(room), "--undo")
    assert told.status == 0, told.said
    assert report().out == before


def test_a_dismissed_change_teaches_the_planner_nothing(room: Newsroom) -> None:
    def edits() -> float:
        (found,) = room.store.reader.execute(
            "SELECT edits FROM articles WHERE url LIKE '%' || ?", [A]
        ).fetchone()
        return float(found)

    taught = edits()
    assert taught > 0
    baowatch("dismiss", number(room), "--why", "an advertisement")
    assert edits() == 0
    baowatch("dismiss", number(room), "--undo")
    assert edits() == pytest.approx(taught)


def test_undo_of_an_automatic_dismissal_releases_it(room: Newsroom) -> None:
    change = int(number(room))
    with room.store.writing() as db:
        changes.dismiss(db, change, room.clock.now(), why="only the site's template changed")
        db.execute("UPDATE changes SET released_at = NULL")
    assert room.released() == []
    assert "template changed" in report("--all").out
    assert baowatch("dismiss", str(change), "--undo").status == 0
    assert room.released() == [("edited", A)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("71", "--why", "noise"), "there is no change 71"),
        (("NUMBER",), "say what it was with --why"),
        (("NUMBER", "--why", "  "), "say what it was with --why"),
        (("NUMBER", "--why", "noise", "--undo"), "one of them"),
        (("NUMBER", "--undo"), "is not dismissed"),
        (("mot", "--why", "noise"), "integer"),
    ],
)
def test_what_cannot_be_done_is_one_clean_message(
    room: Newsroom, words: tuple[str, ...], said: str
) -> None:
    told = baowatch("dismiss", *(word.replace("NUMBER", number(room)) for word in words))
    assert (told.status, told.out) == (2, "")
    assert said in told.said
    assert room.released() == [("edited", A)]


def test_a_second_dismissal_names_the_first(room: Newsroom) -> None:
    baowatch("dismiss", number(room), "--why", "an advert")
    told = baowatch("dismiss", number(room), "--why", "something else")
    assert told.status == 2
    assert told.said.startswith(f"baowatch: change {number(room)} was dismissed 20")
    assert "an advert" in told.said


def proposed(told: Told) -> list[NoiseRule]:
    snippet = told.out[told.out.index("noise:") :]
    return [NoiseRule.model_validate(rule) for rule in yaml.safe_load(snippet)["noise"]]


def test_the_proposed_rule_can_be_put_into_the_sites_file(room: Newsroom) -> None:
    told = baowatch("dismiss", number(room), "--why", "an advert: drawn anew, every day")
    assert "config/sites/bao.yml" in told.out
    assert "# this article only" in told.out
    rules = proposed(told)
    assert [rule.why for rule in rules] == ["an advert: drawn anew, every day"]
    tomorrow = ADVERT.replace("10 %", "25 %").replace("0229", "0912")
    for text in (ADVERT, tomorrow):
        assert site_rule(text, rules) == "site: an advert: drawn anew, every day"
    assert site_rule(f"{ADVERT} Và thêm nữa.", rules) == ""


def test_the_proposal_counts_what_it_would_take_out_elsewhere(room: Newsroom) -> None:
    edit(room, B, title="Hội nghị số 1", body=["1", *BODY, ADVERT.replace("10 %", "15 %")])
    told = baowatch("dismiss", number(room), "--why", "an advert")
    assert "# takes out lines of other articles too, 1 today" in told.out


def test_no_rule_where_every_paragraph_stayed(room: Newsroom) -> None:
    edit(room, body=["0", BODY[0], BODY[1].replace("4,7", "47"), ADVERT])
    told = baowatch("dismiss", number(room), "--why", "a glitch")
    assert "noise:" not in told.out
    assert NO_LINES in told.out


def article(*lines: str) -> Article:
    blocks = tuple(Block(text=line) for line in lines)
    return Article(site="bao", url="", title="", lead="", blocks=blocks)


@pytest.mark.parametrize(
    ("line", "stored", "reason"),
    [
        ("Đính chính: Số đúng là 4,7 %.", (), "correction note"),
        ("47", (), "any figure"),
        (BODY[1], (Block(text=BODY[1]), Block(text="Ngắn.")), "more than half of an article"),
    ],
)
def test_a_dangerous_rule_is_not_proposed(
    line: str, stored: tuple[Block, ...], reason: str
) -> None:
    before = article(*BODY, BODY[0], BODY[0])
    after = article(*BODY, BODY[0], BODY[0], line)
    if line == BODY[1]:
        before = article(BODY[0], BODY[0], BODY[0])
    told = advise(before, after, article_id=1, stored=[(2, stored)])
    assert not told.rules
    assert reason in told.refusals[0]


def test_at_most_three_rules_and_none_twice() -> None:
    before = article(*BODY * 4)
    lines = [f"Quảng cáo {name} chỉ {n} đồng" for n, name in enumerate("abcde")]
    told = advise(
        before, article(*BODY * 4, *lines, "Quảng cáo a chỉ 9 đồng"), article_id=1, stored=[]
    )
    assert [rule.line for rule in told.rules] == [
        rf"Quảng cáo {name} chỉ \d+ đồng" for name in "abc"
    ]


def test_news_has_no_rule() -> None:
    assert "no two texts" in advise(None, article("a"), article_id=1, stored=[]).refusals[0]


@given(st.text())
def test_a_rule_matches_its_line_whatever_the_figures(text: str) -> None:
    line = pattern(text)
    assert re.fullmatch(line, text)
    assert re.fullmatch(line, re.sub(r"\d+", "7", text))
