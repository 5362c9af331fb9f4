"""At the end of a run: learn what repeats, rotates or came with a new template.

What was learned is tried at once on all that is not settled: both pages are read again, and
what is equal then was no edit. Nobody was told of it, so nothing need be taken back from people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from pipelines.article import Article
from pipelines.desk import Desk, Seen
from pipelines.memory import (
    BLOCK_ARTICLES,
    POSITION_ARTICLES,
    ROTATING_ARTICLES,
    SLOT_ARTICLES,
    SLOT_LOOKS,
    LearnedKind,
    block_print,
    lasting,
    places,
)
from pipelines.store import articles, cases, findings, memory, versions
from pipelines.store.cases import Case
from pipelines.store.opening import Writer
from pipelines.storm import SHARED_BY, Ruling, newest, rule, shift_between
from pipelines.suspicion import remember_quotable
from pipelines.tokens import sentences
from pipelines.wording import is_correction_note

A_DAY: Final = timedelta(days=1)
LONGEST_SAMPLE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Both sides of a case as today's rules, profile and memory read them."""

    case: Case
    before: Article
    after: Article


def learn(desk: Desk) -> bool:
    """Believe what was seen often enough; True when anything is left out that was not."""
    with desk.store.writing() as db:
        rotating = _learn_seen(
            desk, db, "rotating", ROTATING_ARTICLES, "came and was gone again at the next look"
        )
        positions = _learn_seen(
            desk, db, "position", POSITION_ARTICLES, "where a page shows another text at every look"
        )
        slots = _learn_slots(desk, db)
        if positions or slots:
            memory.forget_bytes(db, desk.site_id)  # from now on it counts what stays there
        return any([_learn_blocks(desk, db), rotating, positions, slots])


def _learn_blocks(desk: Desk, db: Writer) -> bool:
    found = memory.repeated(db, desk.site_id, "block", run_id=desk.run_id, articles=BLOCK_ARTICLES)
    learned = False
    for row in found:
        sample = _sample(db, row["article_id"], row["print"])
        if sample and not is_correction_note(sample):
            learned |= memory.learn(
                db,
                desk.site_id,
                kind="block",
                print_=row["print"],
                place=row["place"],
                sample=sample,
                articles=row["articles"],
                why="stands in several otherwise different articles",
                now=desk.now(),
            )
    return learned


def _sample(db: Writer, article_id: int, key: str) -> str:
    """The text of a block of an article's versions; empty when none has it any more."""
    texts = (
        block.text
        for version in versions.history(db, article_id)
        for block in version.article.blocks
    )
    return next((text[:LONGEST_SAMPLE] for text in texts if block_print(text) == key), "")


def _learn_seen(desk: Desk, db: Writer, kind: LearnedKind, least: int, why: str) -> bool:
    found = memory.repeated(db, desk.site_id, kind, run_id=desk.run_id, articles=least)
    new = [
        memory.learn(
            db,
            desk.site_id,
            kind=kind,
            print_=row["print"],
            place="",
            sample=(row["place"] or row["print"])[:LONGEST_SAMPLE],
            articles=row["articles"],
            why=why,
            now=desk.now(),
        )
        for row in found
    ]
    return any(new)


def learn_rotating(desk: Desk, ruling: Ruling) -> bool:
    """Leave out what came in some articles and went from others on one day."""
    with desk.store.writing() as db:
        new = [
            memory.learn(
                db,
                desk.site_id,
                kind="rotating",
                print_=key,
                place="",
                sample=text,
                articles=SHARED_BY,
                why="came in some articles and went from others on one day",
                now=desk.now(),
            )
            for key, text in ruling.rotating.items()
        ]
    return any(new)


def _learn_slots(desk: Desk, db: Writer) -> bool:
    seen = memory.slot_evidence(db, desk.site_id)
    if seen["looks"] < SLOT_LOOKS or seen["articles"] < SLOT_ARTICLES:
        return False
    return memory.learn(
        db,
        desk.site_id,
        kind="slot",
        print_="",
        place="",
        sample="",
        articles=seen["articles"],
        why="places between two blocks that show another text at every look",
        now=desk.now(),
    )


def read_again(desk: Desk) -> tuple[Pair, ...]:
    """Read both sides of all that is unsettled; take back edits that are none today."""
    db, site_id = desk.store.reader, desk.site_id
    edits = [_pair(desk, case) for case in cases.unreleased(db, site_id)]
    # Only now: a suspicion's text before may have been that of an edit just taken back.
    doubts = [_pair(desk, case) for case in cases.pending(db, site_id)]
    return tuple(pair for pair in (*edits, *doubts) if pair is not None)


def _pair(desk: Desk, case: Case) -> Pair | None:
    with desk.store.writing() as db:
        before = _version_today(desk, db, case.article_id, case.before_version_id)
        if case.after_version_id is not None:
            after = _version_today(desk, db, case.article_id, case.after_version_id)
        else:
            after = _page_today(desk, db, case.article_id, case.snapshot_id)
        if before is None or after is None:
            return None
        known = memory.learned(db, desk.site_id, case.article_id)
        old, new = lasting(before.article, after.article, known)
        shift = shift_between(case.article_id, old, new)
        if shift.fields:
            cases.record_shift(db, case.look_id, shift)
            return Pair(case=case, before=old, after=new)
        if case.change_id is not None:
            cases.retract(db, case)
        else:
            cases.record_shift(db, case.look_id, shift)
        return None


def _page_today(desk: Desk, db: Writer, article_id: int, snapshot_id: int) -> Seen | None:
    page = versions.snapshot_page(db, snapshot_id, site=desk.site.name)
    if page is None:
        return None
    article = desk.read_page(db, page, article_id).article
    return Seen.of(page, article) if article is not None else None


def _version_today(desk: Desk, db: Writer, article_id: int, version_id: int) -> Seen | None:
    version = versions.by_id(db, version_id)
    seen = _page_today(desk, db, article_id, version.snapshot_id)
    if seen is None:
        return None
    if seen.prints.all != version.fingerprint:
        versions.rewrite(db, version.id, seen.article, seen.prints)
        remember_quotable(db, articles.by_id(db, article_id), seen.article)
    return replace(seen, article=replace(seen.article, url=version.article.url))


def weigh(desk: Desk) -> Ruling:
    """Whether the site's articles changed in the last day, or its template."""
    db, since = desk.store.reader, desk.now() - A_DAY
    return rule(
        newest(cases.shifts(db, desk.site_id, since=since)),
        looked_at=cases.looked_at(db, desk.site_id, since=since),
        passing=cases.shifts(db, desk.site_id, since=since, refuted=True),
    )


def record_storm(desk: Desk, ruling: Ruling, pairs: Sequence[Pair]) -> bool:
    """Say that the template changed, and leave out what came or went with it.

    True when anything is left out that was not.
    """
    with desk.store.writing() as db:
        now = desk.now()
        memory.record_storm(
            db,
            desk.site_id,
            memory.open_storm(db, desk.site_id, since=now - A_DAY),
            run_id=desk.run_id,
            articles=ruling.articles,
            came=ruling.came,
            went=ruling.went,
            fields=ruling.fields,
            now=now,
        )
        drifted = findings.close_finding(
            db, desk.site_id, "layout_drift", run_id=desk.run_id, now=now
        )
        findings.open_finding(
            db,
            desk.site_id,
            kind="template_changed" if ruling.is_template else "many_differ",
            detail=_detail(ruling, pairs, drifted=drifted),
            url=desk.site.home,
            run_id=desk.run_id,
            now=now,
        )
        blocks = _template_blocks(ruling, pairs)
        new = [
            memory.learn(
                db,
                desk.site_id,
                kind="block",
                print_=block_print(text),
                place=place,
                sample=text[:LONGEST_SAMPLE],
                articles=ruling.articles,
                why="came or went in many articles at once",
                now=now,
            )
            for text, place in sorted(blocks)
            if not is_correction_note(text)
        ]
        return any(new)


def _template_blocks(ruling: Ruling, pairs: Sequence[Pair]) -> set[tuple[str, str]]:
    """Text and place of the blocks that hold nothing but what came or went in many articles."""
    return {
        (block.text, place)
        for pair in pairs
        for article, shared in ((pair.before, ruling.went), (pair.after, ruling.came))
        for block, place in zip(article.blocks, places(article.blocks), strict=True)
        if all(block_print(one) in shared for one in sentences(block.text))
    }


def _detail(ruling: Ruling, pairs: Sequence[Pair], *, drifted: bool) -> str:
    told = {
        key: text
        for pair in pairs
        for shift in (shift_between(0, pair.before, pair.after),)
        for key, text in {**shift.came, **shift.went}.items()
    }
    parts = [f"{ruling.articles} articles differ at once"]
    for word, found in (("came", ruling.came), ("went", ruling.went)):
        samples = [f"«{told.get(key, '…')}» in {number}" for key, number in found.items()]
        parts += [f"{word}: {', '.join(samples[:3])}"] if samples else []
    if ruling.fields:
        parts.append(
            "shown otherwise: " + ", ".join(f"{name} in {n}" for name, n in ruling.fields.items())
        )
    if drifted:
        parts.append("the layout was learned anew")
    if ruling.holds:
        parts.append("what is left over is held until it was looked at once more")
    return "; ".join(parts)
