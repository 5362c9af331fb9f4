"""From an answer to versions, looks and changes."""

from dataclasses import replace
from pathlib import Path

import pytest
from desks import BODY, Newsroom, read_plainly

from crawlers.page import Page, Validators
from crawlers.site import Site
from pipelines.article import Block
from pipelines.changes import Status
from pipelines.desk import KnownArticles
from pipelines.noise import Memory
from pipelines.profile import Profile
from pipelines.reading import Reading
from pipelines.store import articles, versions

A, B = "/tin/mot", "/tin/hai"
OLD, NEW = "/tua-cu-1234567.html", "/tua-moi-1234567.html"
ANOTHER = (
    "Đội bóng đá nữ của huyện vừa giành chức vô địch giải trẻ toàn quốc sau loạt luân lưu nghẹt "
    "thở trên sân nhà, trước hơn ba nghìn khán giả cổ vũ suốt một trăm hai mươi phút.",
    "Huấn luyện viên trưởng nói các cô gái đã tập luyện từ mùa hè năm ngoái, nhiều em đi học xa.",
)
"""A text that shares no more with BODY than any two articles do."""


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "store.db")


def status_of(room: Newsroom, url: str) -> Status:
    row = articles.resolve(room.store.reader, room.desk.site_id, f"bao.example{url}")
    assert row is not None
    return row.status


def test_first_run_is_a_baseline_that_tells_nothing(room: Newsroom) -> None:
    room.baseline(A, B)
    assert room.released() == []
    assert room.count("versions") == 2


def test_what_a_known_source_lists_later_is_new(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.listed(A, B)
    room.answer(B, title="Mới", body=["khác hẳn"])
    assert room.released() == []
    room.end()
    assert room.released() == [("new", B)]


def test_an_old_article_found_late_is_not_new(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.listed(B)
    verdict = room.answer(B, body=["khác"], published_at="2026-01-05T00:00:00+00:00")
    room.end()
    assert verdict.name == "older"
    assert room.released() == []


def test_an_undated_article_is_new_only_from_a_source_that_tells_news(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.listed(A, kind="sitemap", source="https://bao.example/sitemap.xml")
    room.end()
    room.begin()
    room.listed(B, "/tin/ba", kind="sitemap", source="https://bao.example/sitemap.xml")
    room.listed("/tin/ba")
    assert room.answer(B, body=["khác"], published_at=None).name == "older"
    assert room.answer("/tin/ba", body=["lạ"], published_at=None).name == "older"
    room.listed("/tin/tu")
    assert room.answer("/tin/tu", body=["xa"], published_at=None).name == "new"


def test_a_new_source_is_a_baseline_of_its_own(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.listed(B, kind="feed", source="https://bao.example/rss")
    assert room.answer(B, body=["khác"]).name == "older"
    room.end()
    assert room.released() == []


def test_same_text_again_makes_nothing(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    spaced = ["0", *(line.replace(" ", "\u00a0 ") for line in BODY)]
    verdict = room.answer(A, title="Hội\u200b nghị số 0", body=spaced)
    room.end()
    assert verdict.name == "unchanged"
    assert (room.count("versions"), room.count("looks"), room.count("changes")) == (1, 0, 0)


def test_an_edit_needs_two_looks_that_agree(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    edited = {"title": "Hội nghị số 0", "body": ["0", BODY[0], BODY[1].replace("4,7", "47")]}
    assert room.answer(A, **edited).name == "suspected"
    assert room.count("changes") == 0
    assert room.answer(A, **edited).name == "suspected", "too soon for a second look"
    room.clock.pass_by(minutes=3)
    verdict = room.answer(A, **edited)
    assert (verdict.name, verdict.kind) == ("changed", "edited")
    assert room.released() == []
    room.end()
    assert room.released() == [("edited", A)]
    assert room.count("versions") == 2


def test_a_second_look_at_the_accepted_text_refutes(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.answer(A, title="Hội nghị số 0", body=["0", "nhầm"])
    room.clock.pass_by(minutes=3)
    assert room.answer(A, title="Hội nghị số 0", body=["0", *BODY]).name == "refuted"
    room.end()
    assert room.count("versions") == 1
    assert room.released() == []
    row = articles.resolve(room.store.reader, room.desk.site_id, f"bao.example{A}")
    assert row is not None
    assert row.due_at is not None
    assert (row.due_at - room.clock.now()).total_seconds() < 3600, "a stale cache may have spoken"


def test_a_text_that_differs_at_every_look_is_never_told(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    for number in range(5):
        assert room.answer(A, body=[f"xoay {number}"]).name == "suspected"
        room.clock.pass_by(days=3)
    room.end()
    assert room.count("versions") == 1
    assert room.count("looks", "state = 'pending'") == 1


def test_there_and_back_again_is_three_versions(room: Newsroom) -> None:
    room.baseline(A, body=["một", *BODY])
    for body in (["hai", *BODY], ["một", *BODY]):
        room.begin()
        room.answer(A, body=body)
        room.clock.pass_by(minutes=3)
        room.answer(A, body=body)
        room.end()
        room.clock.pass_by(hours=2)
    assert room.count("versions") == 3
    assert room.count("texts") == 2, "each text is kept once"
    assert room.released() == [("edited", A), ("edited", A)]


def test_withdrawn_needs_two_looks_six_hours_and_a_witness(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.answer(A, status=404)
    room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
    room.end()
    room.clock.pass_by(hours=1)
    room.begin()
    room.answer(A, status=404)
    room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
    room.end()
    assert room.released() == [], "gone for an hour only"
    room.clock.pass_by(hours=6)
    room.begin()
    room.listed(B)
    room.answer(A, status=410)
    room.end()
    assert room.released() == [], "the whole site may be gone"
    room.begin()
    room.answer(A, status=410)
    room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
    room.end()
    assert room.released() == [("withdrawn", A)]
    assert status_of(room, A) == "withdrawn"


def asked_next(room: Newsroom) -> str:
    """The path that the one article with the id 1234567 would be asked for at."""
    row = articles.resolve(room.store.reader, room.desk.site_id, "id:1234567")
    assert row is not None
    return row.url.removeprefix("https://bao.example")


def gone_for_good(room: Newsroom, url: str, witness: str) -> None:
    for _ in range(2):
        room.begin()
        room.listed(witness)
        room.answer(url, status=404)
        room.answer(witness, title="Hội nghị số 1", body=["1", *BODY])
        room.end()
        room.clock.pass_by(hours=7)


def test_restored_with_the_same_bytes(room: Newsroom) -> None:
    room.baseline(A, B)
    gone_for_good(room, A, B)
    room.begin()
    room.answer(A, title="Hội nghị số 0", body=["0", *BODY])
    room.end()
    assert room.released() == [("withdrawn", A), ("restored", A)]
    assert room.count("versions") == 2
    assert status_of(room, A) == "live"


def test_another_text_under_a_withdrawn_address_restores_nothing(room: Newsroom) -> None:
    room.baseline(A, B)
    gone_for_good(room, A, B)
    room.begin()
    verdict = room.answer(A, title="Đội bóng", body=ANOTHER)
    room.end()
    assert (verdict.name, verdict.kind) == ("suspect", "another_page")
    assert room.released() == [("withdrawn", A)]


def test_missing_and_back_is_never_told(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.answer(A, status=404)
    room.end()
    room.begin()
    room.answer(A, title="Hội nghị số 0", body=["0", *BODY])
    room.end()
    assert room.released() == []
    assert status_of(room, A) == "live"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("block_page", "page_blocked"),
        ("cookie_wall", "page_blocked"),
        ("empty", "empty"),
        ("not_html", "not_html"),
        ("listing", "listing"),
    ],
)
def test_what_is_no_article_is_a_finding_and_never_an_edit(
    room: Newsroom, kind: str, told: str
) -> None:
    room.baseline(A)
    room.begin()
    verdict = room.answer(A, fields={"not": kind})
    room.end()
    assert (verdict.name, verdict.kind) == ("not_an_article", kind)
    assert status_of(room, A) == "live"
    assert room.count("findings", f"kind = '{told}' AND closed_at IS NULL") == 1
    assert room.count("looks") == 0


@pytest.mark.parametrize("kind", ["soft_404", "front_page"])
def test_a_soft_404_is_missing_but_never_withdrawn(room: Newsroom, kind: str) -> None:
    room.baseline(A, B)
    for _ in range(4):
        room.begin()
        room.answer(A, fields={"not": kind})
        room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
        room.end()
        room.clock.pass_by(hours=8)
    assert status_of(room, A) == "missing"
    assert room.released() == []


def test_a_failure_is_a_finding_that_the_next_good_run_closes(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.fail(A)
    room.fail(A)
    room.end()
    assert room.count("findings", "closed_at IS NULL AND times = 2") == 1
    room.begin()
    room.answer(A, title="Hội nghị số 0", body=["0", *BODY])
    room.end()
    assert room.count("findings", "closed_at IS NULL") == 0
    assert room.released() == []


def test_a_finding_stays_open_while_nothing_answers(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.fail(A)
    room.end()
    room.begin()
    room.end()
    assert room.count("findings", "closed_at IS NULL") == 1


def test_not_modified_is_unchanged_only_while_nothing_is_open(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    assert room.answer(A, status=304, conditional=True).name == "unchanged"
    room.answer(A, body=["khác"])
    verdict = room.answer(A, status=304, conditional=True)
    assert (verdict.name, verdict.kind) == ("not_an_article", "unexpected_304")
    assert room.count("looks", "state = 'pending'") == 1


def test_validators_belong_to_the_accepted_look(room: Newsroom) -> None:
    room.baseline(A)

    def etag() -> str:
        row = articles.resolve(room.store.reader, room.desk.site_id, f"bao.example{A}")
        assert row is not None
        return row.etag

    room.begin()
    room.answer(A, title="Hội nghị số 0", body=["0", *BODY], validators=Validators(etag='"1"'))
    assert etag() == ""  # the same bytes: nothing was read
    room.answer(A, title="Hội nghị số 0 ", body=["0", *BODY], validators=Validators(etag='"2"'))
    assert etag() == '"2"'
    room.answer(A, body=["khác"], validators=Validators(etag='"3"'))
    assert etag() == '"2"', "a pending look stores none"
    room.answer(A, fields={"not": "block_page"}, validators=Validators(etag='"4"'))
    assert etag() == '"2"', "a block page stores none"
    room.clock.pass_by(minutes=3)
    room.answer(A, body=["khác"], validators=Validators(etag='"5"'))
    assert etag() == '"5"'


def test_a_redirect_to_the_same_text_is_a_move(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.answer(A, final="/tin/moi", title="Hội nghị số 0", body=["0", *BODY])
    room.end()
    assert room.released() == [("moved", "/tin/moi")]
    assert room.count("versions") == 2
    room.begin()
    assert room.listed("/tin/moi", A) == 0, "both addresses name the one article"


@pytest.mark.parametrize("first", ["old", "new"])
def test_a_move_is_the_same_in_whatever_order_it_is_seen(room: Newsroom, first: str) -> None:
    room.baseline(A, B)
    text = {"title": "Hội nghị số 0", "body": ["0", *BODY]}
    room.begin()
    room.listed("/tin/moi")
    if first == "old":
        room.answer(A, final="/tin/moi", **text)
    else:
        assert room.answer("/tin/moi", **text).name == "held"
        room.answer(A, final="/tin/moi", **text)
    room.end()
    assert room.released() == [("moved", "/tin/moi")]
    assert room.count("versions") == 2
    assert room.count("looks", "state IN ('pending', 'held')") == 0


def test_the_old_address_gone_and_the_text_elsewhere_is_a_move(room: Newsroom) -> None:
    room.baseline(A, B)
    text = {"title": "Hội nghị số 0", "body": ["0", *BODY]}
    room.begin()
    room.listed("/tin/moi")
    assert room.answer("/tin/moi", **text).name == "held"
    room.answer(A, status=404)
    room.end()
    assert room.released() == [], "one 404 may be a glitch"
    room.clock.pass_by(hours=7)
    room.begin()
    room.answer(A, status=404)
    room.end()
    assert room.released() == [("moved", "/tin/moi")]
    assert status_of(room, A) == "live"


def test_both_alive_is_a_copy(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.listed("/tin/chep")
    copy = {"title": "Tựa khác", "body": ["0", *BODY]}
    assert room.answer("/tin/chep", **copy).name == "held"
    room.answer(A, title="Hội nghị số 0", body=["0", *BODY])
    room.end()
    assert room.released() == [("new", "/tin/chep")]
    assert room.count("texts") == 2


def test_equal_body_title_and_minute_is_one_article(room: Newsroom) -> None:
    room.baseline(A, B)
    text = {"title": "Hội nghị số 0", "body": ["0", *BODY]}
    room.begin()
    room.listed("/tin/cu")
    room.answer(A, **text)
    assert room.answer("/tin/cu", **text).name == "same"
    room.end()
    assert room.released() == []
    row = articles.resolve(room.store.reader, room.desk.site_id, "bao.example/tin/cu")
    assert row is not None
    assert articles.addresses(room.store.reader, row.id) == [
        "https://bao.example/tin/mot",
        "https://bao.example/tin/cu",
    ]


def test_one_canonical_on_every_page_merges_nothing(room: Newsroom) -> None:
    canonical = "https://bao.example/tin/mot"
    room.begin()
    room.listed(A, B)
    room.answer(A, body=["một", *BODY], canonical=canonical)
    room.answer(B, body=["hai", *BODY], canonical=canonical)
    room.end()
    assert room.count("articles", "merged_into IS NULL") == 2


@pytest.mark.parametrize("canonical", ["javascript:alert(1)", "http://[", "https://xau.example/a"])
def test_a_hostile_canonical_is_only_a_claim(room: Newsroom, canonical: str) -> None:
    room.begin()
    room.listed(A, B)
    for url in (A, B):
        room.answer(url, title=url, canonical=canonical)
    room.end()
    assert room.count("articles", "merged_into IS NULL") == 2


def test_a_redirect_to_another_article_is_a_finding(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.answer(A, final=B, title="Đội bóng", body=ANOTHER)
    room.end()
    assert room.released() == []
    assert status_of(room, A) == "missing"
    assert room.count("findings", "kind = 'redirects_elsewhere'") == 1


def test_a_slug_that_changes_under_one_id_is_a_move(room: Newsroom) -> None:
    text = {"title": "Tựa", "body": BODY}
    room.baseline(OLD, **text)
    room.begin()
    assert room.listed(NEW) == 0
    room.answer(OLD, status=404)
    room.end()
    assert asked_next(room) == OLD, "one 404 may be a glitch"
    room.clock.pass_by(hours=7)
    room.begin()
    room.answer(OLD, status=404)
    assert asked_next(room) == NEW
    room.answer(NEW, **text)
    room.end()
    assert room.released() == [("moved", NEW)]


def test_a_second_address_that_is_dead_too_is_no_move(room: Newsroom) -> None:
    room.baseline(OLD, B)
    for _ in range(3):
        room.begin()
        room.listed(NEW)
        room.answer(OLD, status=404)
        if asked_next(room) == NEW:
            room.answer(NEW, status=404)
        room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
        room.end()
        room.clock.pass_by(hours=7)
    assert room.released() == [("withdrawn", OLD)]


def test_todays_memory_reads_the_stored_page_again(room: Newsroom) -> None:
    """A teaser nobody knew for one yesterday is no edit when it goes."""
    teaser = "Khánh thành cầu vượt sông Đáy nối hai bờ"
    room.baseline(A, B)
    room.begin()
    room.listed("/tin/cu-ky")
    room.answer("/tin/cu-ky", title="Chuyện cũ", body=["cũ", *BODY, teaser])
    room.end()
    room.begin()
    room.listed("/tin/cau")
    room.answer("/tin/cau", title=teaser, body=["cầu"])
    assert room.answer("/tin/cu-ky", title="Chuyện cũ", body=["cũ", *BODY]).name == "unchanged"
    assert room.count("looks") == 0
    history = versions.history(
        room.store.reader,
        articles.resolve(room.store.reader, room.desk.site_id, "bao.example/tin/cu-ky").id,  # type: ignore[union-attr]
    )
    assert [len(version.article.blocks) for version in history] == [3]


def test_short_bodies_are_no_evidence_of_identity(room: Newsroom) -> None:
    room.begin()
    room.listed(A, B)
    for url in (A, B):
        room.answer(url, body=["Xem video."])
    room.end()
    assert room.count("articles", "merged_into IS NULL") == 2


def test_a_404_before_the_first_reading_counts_for_nothing_later(room: Newsroom) -> None:
    room.baseline(B)
    witness = {"title": "Hội nghị số 0", "body": ["0", *BODY]}
    room.begin()
    room.listed(A)
    room.answer(A, status=404)  # under embargo
    room.answer(B, **witness)
    room.end()
    room.clock.pass_by(hours=1)
    room.begin()
    room.answer(A, body=ANOTHER)
    room.end()
    room.clock.pass_by(days=3)
    room.begin()
    room.answer(A, status=404)
    room.answer(B, **witness)
    room.end()
    assert room.released() == [("new", A)]


def test_a_live_second_address_keeps_an_article_from_being_withdrawn(room: Newsroom) -> None:
    text = {"title": "Tựa", "body": BODY}
    room.baseline(OLD, **text)
    room.begin()
    room.listed(NEW)
    room.answer(OLD, **text)  # both alive
    room.end()
    room.clock.pass_by(days=2)
    for _ in range(2):
        room.begin()
        room.answer(OLD, status=404)
        if asked_next(room) == NEW:
            room.answer(NEW, **text)
        room.end()
        room.clock.pass_by(hours=7)
    assert room.released() == [("moved", NEW)]


def test_another_text_under_the_same_id_is_neither_an_edit_nor_a_move(room: Newsroom) -> None:
    room.baseline(OLD, title="Tựa", body=BODY)
    room.begin()
    for _ in range(2):
        verdict = room.answer(OLD, final=NEW, title="Đội bóng", body=ANOTHER)
        room.clock.pass_by(minutes=3)
    room.end()
    assert (verdict.name, verdict.kind) == ("suspect", "another_page")
    assert room.released() == []
    assert room.count("findings", "kind = 'another_page' AND closed_at IS NULL") == 1


def test_a_dead_second_address_does_not_hold_the_article(room: Newsroom) -> None:
    room.baseline(OLD, B)
    for _ in range(2):
        room.begin()
        room.listed(NEW)
        room.answer(OLD, status=404)
        room.end()
        room.clock.pass_by(hours=7)
    assert asked_next(room) == NEW
    room.begin()
    room.answer(NEW, fields={"not": "soft_404"})
    assert asked_next(room) == OLD
    room.end()


def test_an_unread_article_is_looked_for_under_its_other_address(room: Newsroom) -> None:
    room.begin()
    room.listed(NEW, OLD)
    room.answer(NEW, status=404)
    assert asked_next(room) == OLD
    assert room.answer(OLD).name == "baseline"


def test_a_list_of_named_addresses_is_no_source_of_news(room: Newsroom) -> None:
    for url in (A, B):
        room.begin()
        room.listed(url, kind="argument", source="argument")
        room.answer(url, title=url, body=[url, *BODY])
        room.end()
        room.clock.pass_by(hours=1)
    assert room.released() == []
    assert room.count("sites", "baseline_at IS NULL") == 1


def test_a_final_slash_makes_no_second_article(room: Newsroom) -> None:
    room.baseline(A, title="Hội nghị", body=BODY, published_at=None)
    room.begin()
    room.listed(f"{A}/")
    room.answer(A, published_at=None)
    assert room.answer(f"{A}/", published_at=None).name == "same"
    room.end()
    assert room.released() == []


def test_the_hint_of_a_source_dates_an_undated_page(room: Newsroom) -> None:
    from datetime import UTC, datetime

    room.baseline(A)
    room.begin()
    room.listed(B, published_at=datetime(2019, 1, 1, tzinfo=UTC))
    assert room.answer(B, body=ANOTHER, published_at=None).name == "older"


def test_an_unasked_304_says_nothing(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    verdict = room.answer(A, status=304, conditional=False)
    assert (verdict.name, verdict.kind) == ("not_an_article", "unexpected_304")


def test_the_baseline_ends_with_a_run_that_spent_its_budget(room: Newsroom) -> None:
    room.begin()
    room.listed(A, B)
    room.answer(A)
    room.end(thorough=False)
    assert room.count("sites", "baseline_at IS NOT NULL") == 1
    room.begin()
    room.listed("/tin/ba")
    room.answer(B, body=ANOTHER)
    room.answer("/tin/ba", title="Mới", body=["ba", *ANOTHER])
    room.end()
    assert room.released() == [("new", "/tin/ba")], "what was only unread is no news"


def test_a_refuted_look_is_tried_again_at_growing_intervals(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.answer(A, title="Hội nghị số 0", body=["0", "nhầm"])
    gaps = []
    for _ in range(4):
        room.clock.pass_by(minutes=3)
        room.answer(A, title="Hội nghị số 0", body=["0", *BODY])
        row = articles.resolve(room.store.reader, room.desk.site_id, f"bao.example{A}")
        assert row is not None
        assert row.due_at is not None
        gaps.append(round((row.due_at - room.clock.now()).total_seconds() / 60))
    assert gaps[:3] == [30, 120, 480]


def test_a_dead_run_does_not_release_what_the_rest_of_it_may_explain(room: Newsroom) -> None:
    text = {"title": "Hội nghị số 0", "body": ["0", *BODY]}
    edited = {"title": "Hội nghị số 0", "body": ["0", *BODY, "Thêm một câu ở cuối bài."]}
    room.baseline(A, B)
    room.begin()
    room.listed("/tin/moi")
    room.answer("/tin/moi", **edited)
    room.end(complete=False)  # killed: the next run buries it
    room.begin()
    room.answer(A, final="/tin/moi", **edited)
    room.clock.pass_by(minutes=3)
    room.answer(A, final="/tin/moi", **edited)
    room.end()
    assert room.released() == [("moved", "/tin/moi"), ("edited", "/tin/moi")]
    assert text != edited


def test_a_finding_without_an_address_is_kept(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.fail("", reason="crashed")
    assert room.count("findings", "kind = 'crashed'") == 1


def test_a_teaser_of_yesterday_is_known_after_its_title_was_corrected(room: Newsroom) -> None:
    before, after = "Khánh thành cầu dài 287 mét ở huyện", "Khánh thành cầu dài 284 mét ở huyện"
    room.baseline(A, title=before, body=ANOTHER)
    room.begin()
    room.listed(B)
    room.answer(B, body=[*BODY, before])
    room.end()
    room.clock.pass_by(hours=1)
    room.begin()
    for _ in range(2):
        room.answer(A, title=after, body=ANOTHER)
        room.clock.pass_by(minutes=3)
    assert room.answer(B, body=[*BODY, after]).name == "unchanged"
    room.end()
    assert room.released() == [("new", B), ("retitled", A)]


def test_a_lead_that_only_todays_rules_find_is_known_for_one(room: Newsroom) -> None:
    """Read yesterday as the first paragraph: other pages that quote it show a teaser."""
    lead = "Cây cầu dài 287 mét nối hai bờ sông Đáy được thông xe sáng nay."
    room.begin()
    room.listed(A)
    room.desk = replace(room.desk, read=lead_in_the_text)
    room.answer(A, lead=lead)
    other = KnownArticles(room.store.reader, room.desk.site_id, article_id=0)
    assert not other.is_known_lead(lead)
    room.desk = replace(room.desk, read=read_plainly)
    assert room.answer(A, lead=lead, other="bytes").name == "unchanged"
    assert other.is_known_lead(lead)


def lead_in_the_text(page: Page, site: Site, memory: Memory, profile: Profile) -> Reading:
    reading = read_plainly(page, site, memory, profile)
    assert reading.article is not None
    blocks = (Block(text=reading.article.lead), *reading.article.blocks)
    return replace(reading, article=replace(reading.article, lead="", blocks=blocks))


def with_ad(*ad: str) -> list[str]:
    more = (
        "Các sở, ngành báo cáo tiến độ giải ngân vốn đầu tư công và kế hoạch sáu tháng cuối năm.",
        "Lãnh đạo các xã, phường nêu khó khăn về mặt bằng, nguồn vật liệu và nhân lực tại chỗ.",
    )
    return [*BODY, *ad, *more]


def test_an_article_moved_although_other_advertisements_stand_in_it(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.listed(OLD)
    room.answer(OLD, title="Tựa", body=with_ad("Vay tiêu dùng lãi suất 0,8%."))
    room.end()
    room.begin()
    room.listed("/tin/noi-moi")
    room.answer("/tin/noi-moi", title="Tựa", body=with_ad("Nệm cao su bảo hành."))
    for hours in (0, 7):
        room.clock.pass_by(hours=hours)
        room.answer(OLD, status=404)
        room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
        room.end()
        room.begin()
    room.end()
    assert ("moved", "/tin/noi-moi") in room.released()
    assert not any(kind == "withdrawn" for kind, _ in room.released())


def test_two_of_a_series_that_are_there_at_once_are_two(room: Newsroom) -> None:
    room.baseline(A, B)
    room.begin()
    room.listed(OLD, "/tin/noi-moi")
    room.answer(OLD, title="Tựa", body=with_ad("Kỳ một của loạt bài."))
    room.answer("/tin/noi-moi", title="Tựa", body=with_ad("Kỳ hai của loạt bài."))
    room.end()
    room.begin()
    room.answer(OLD, title="Tựa", body=with_ad("Kỳ một của loạt bài."))
    room.end()
    assert sorted(room.released()) == [("new", "/tin/noi-moi"), ("new", OLD)]
