"""Which edits may be told now: those that no template, no rotation and no storm explains."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Final

from pipelines.compare import TEXT_FIELDS, Difference, changed_fields, compare
from pipelines.desk import Desk
from pipelines.former import original_of
from pipelines.learning import Pair, learn, learn_rotating, read_again, record_storm, weigh
from pipelines.memory import block_print, block_prints, has_whole_blocks
from pipelines.retelling import compare_retold
from pipelines.sides import own_sides, shared
from pipelines.store import cases, changes, memory, runs
from pipelines.store.opening import Writer
from pipelines.store.rows import Row
from pipelines.storm import Ruling, only_moved, own_part, shift_between
from pipelines.wording import is_correction_note

ECHOES: Final = 2
"""Other articles with the same block, from which it may be the template's."""
WITNESSES: Final = 3
"""Other pages of the site that must have been seen about when a block or byline came or went,
or since."""
LONG_ENOUGH: Final = timedelta(hours=1)
"""How long a text must have stood, looks included, to be no passing one."""
RESTLESS: Final = timedelta(hours=20)
"""The same for whole blocks on a site where lines come and go."""
TEMPLATE: Final = "only the site's template changed"
Shown = Mapping[int, Collection[str]]
"""By article, the prints of the blocks that its open look showed."""


def settle_edits(desk: Desk) -> frozenset[int]:
    """Try what was learned on all that is unsettled; give the changes that must still wait."""
    ruling = weigh(desk)
    pairs = read_again(desk)
    rotating = learn_rotating(desk, ruling)
    grown = ruling.is_storm and record_storm(desk, ruling, pairs)
    if learn(desk) or rotating or grown:
        pairs = read_again(desk)
        ruling = weigh(desk)
        _hasten(desk, pairs)
    return _held(desk, ruling, pairs)


def _hasten(desk: Desk, pairs: Sequence[Pair]) -> None:
    """What was learned may settle the suspicions that are left: the next run looks at them."""
    with desk.store.writing() as db:
        cases.forgive(db, desk.site_id)
        for pair in pairs:
            if pair.case.change_id is None:
                cases.hasten(db, pair.case, desk.now())


def _held(desk: Desk, ruling: Ruling, pairs: Sequence[Pair]) -> frozenset[int]:
    held: set[int] = set()
    shown = {
        pair.case.article_id: block_prints(pair.after)
        for pair in pairs
        if pair.case.change_id is None
    }
    for pair in pairs:
        change_id = pair.case.change_id
        if change_id is None:
            continue
        with desk.store.writing() as db:
            runs.beat(db, desk.run_id, desk.now())
            if _weigh_pair(desk, db, pair) and _must_wait(desk, db, ruling, pair, shown):
                held.add(change_id)
                cases.look_soon(db, [pair.case.article_id], desk.now() + LONG_ENOUGH)
    return frozenset(held)


def _weigh_pair(desk: Desk, db: Writer, pair: Pair) -> bool:
    """Let the change say what is the article's own; False when nothing is, and it is dismissed."""
    assert pair.case.change_id is not None
    storms = memory.storms_since(db, desk.site_id, pair.case.before_seen_at)
    difference = _own_difference(desk, db, pair, storms)
    if difference is None:
        changes.dismiss(db, pair.case.change_id, desk.now(), why=TEMPLATE)
        return False
    cases.rewrite(db, pair.case.change_id, difference)
    return True


def _own_difference(desk: Desk, db: Writer, pair: Pair, storms: Sequence[Row]) -> Difference | None:
    case = pair.case
    shift = shift_between(case.article_id, pair.before, pair.after)
    told = (shared(storms, name) for name in ("came", "went", "fields"))
    if storms and not own_part(shift, *told):
        return None
    before, after = own_sides(
        db,
        desk.site_id,
        case.article_id,
        pair.before,
        pair.after,
        before_seen_at=case.before_seen_at,
    )
    moved = storms and only_moved(before, after)
    if moved and set(changed_fields(before, after)) <= set(TEXT_FIELDS):
        return None
    if not desk.site.translates:
        return compare(before, after)
    original = original_of(db, case.article_id, case.before_version_id, seen_at=case.detected_at)
    return compare_retold(before, after, original)


def _must_wait(desk: Desk, db: Writer, ruling: Ruling, pair: Pair, shown: Shown) -> bool:
    """Until it was looked at once more in another run, some hours later.

    In a storm, or with an echo in other articles. For most of a day: where hardly another page
    was seen since, whole blocks where lines come and go on the site, and an echo that no page
    which came whole since then speaks against. For after a redesign an article that was not
    edited answers 304, and too few show the template's lines for these to be learned.
    """
    case = pair.case
    echoes = _echoes(desk, db, pair)
    if case.stood < RESTLESS:
        if has_whole_blocks(pair.before, pair.after) and memory.is_restless(db, desk.site_id):
            return True
        if _lacks_witnesses(desk, db, pair) or _is_undecided(desk, db, pair, echoes, shown):
            return True
    if case.stood >= LONG_ENOUGH and case.run_id != desk.run_id:
        return False
    return ruling.holds or bool(echoes)


def _lacks_witnesses(desk: Desk, db: Writer, pair: Pair) -> bool:
    """Whether too few other pages were seen since to tell the article's from the template's.

    A site with fewer articles than that has no witnesses to wait for.
    """
    facts = {"author", "published_at"} & set(changed_fields(pair.before, pair.after))
    if not facts and not has_whole_blocks(pair.before, pair.after):
        return False
    case = pair.case
    since = case.detected_at - LONG_ENOUGH  # a run's own pages are witnesses of one another
    seen, others = cases.witnesses(
        db, desk.site_id, besides=case.article_id, since=since, most=WITNESSES
    )
    return seen < WITNESSES <= others


def _echoes(desk: Desk, db: Writer, pair: Pair) -> dict[str, bool]:
    """Prints of blocks that came (True) or went, and stand in other articles too."""
    old = {block_print(block.text): block.text for block in pair.before.blocks}
    new = {block_print(block.text): block.text for block in pair.after.blocks}
    return {
        key: key in new
        for key in old.keys() ^ new.keys()
        if not is_correction_note((old | new)[key])
        and memory.has_echo(db, desk.site_id, key, besides=pair.case.article_id, articles=ECHOES)
    }


def _is_undecided(
    desk: Desk, db: Writer, pair: Pair, echoes: dict[str, bool], shown: Shown
) -> bool:
    """Whether every page that came whole since then did as this one, and the template may have."""
    since = pair.case.detected_at - LONG_ENOUGH
    for key, came in echoes.items():
        having, lacking = cases.read_with_block(
            db, desk.site_id, key, besides=pair.case.article_id, since=since, shown=shown
        )
        if (lacking if came else having) == 0:
            return True
    return False
