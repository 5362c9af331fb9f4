"""What linking an article costs: ``python -m benchmarks.linking [ARTICLES…]`` prints a table.

Stores of so many articles (1,000 to 1,000,000) with their traits and bands, from a printed seed,
published over three months or, the largest, at 2,000 a day: common figures, days and names are
those of other articles too. In each, 200 new articles are linked one by one, as the end of a run
does: half of them translations of articles in the store, half other papers' articles. CPU time of
all that stands between begin and commit of the transaction, the writing of traits and bands
included; and how many of the translations were linked to their originals.
"""

import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.linked_store import LinkedStore, article_of
from benchmarks.translated_world import AGGREGATOR, FIRST_DAY, SPAN, Story, World
from pipelines.likeness import bands, sentence_prints
from pipelines.store import links
from pipelines.store.opening import Writer
from pipelines.traits import EVERY, day_number, grade_of, kind_of, numbers, traits_of

SEED: Final = 5
MEASURED: Final = 200
A_DAY: Final = 2_000
"""Articles of a day, as 34 papers write, in the largest stores; the smaller ones have fewer."""
POOL: Final = 4_000
"""Stories that are drawn; a larger store holds them again with rare traits of their own."""
AT_ONCE: Final = 5_000


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000, 1_000_000]
    print(f"seed {SEED}, {MEASURED} new articles each\n")
    print(f"{'articles':>10} {'median ms':>10} {'p95 ms':>8} {'worst ms':>9} {'file MB':>8} "
          f"{'rows':>12} {'found':>9}")  # fmt: skip
    for size in sizes:
        print(_measured(size), flush=True)


def _measured(size: int) -> str:
    world = World(SEED, pairs=MEASURED // 2, others=MEASURED // 2 + 400)
    with tempfile.TemporaryDirectory(prefix="linking") as folder:
        path = Path(folder) / "store.db"
        linked = LinkedStore(path)
        _fill(linked, size)
        new = _arrived(linked, world)
        spent = sorted(_spent(linked, story) for story in new)
        found = sum(_is_found(linked, story) for story in new if story.role == "translation")
        all_found = sum(story.role == "translation" for story in new)
        count = linked.store.reader.execute(
            "SELECT (SELECT count(*) FROM traits) + (SELECT count(*) FROM bands)"
        ).fetchone()[0]
        linked.store.close()
        return (
            f"{size:10,} {statistics.median(spent):10.2f} {spent[int(len(spent) * 0.95)]:8.2f} "
            f"{spent[-1]:9.2f} {path.stat().st_size / 1e6:8.0f} {count:12,} "
            f"{found:5}/{all_found}"
        )


def _arrived(linked: LinkedStore, world: World) -> list[Story]:
    """Originals and other articles first, and linked; then what is measured."""
    late = [story for story in world.stories if story.role == "translation" and story.original]
    known = {id(story) for story in world.stories}
    late = [story for story in late if id(story.original) in known]
    others = [story for story in world.stories if story.role == "unrelated"]
    late += others[: MEASURED - len(late)]
    chosen = {id(story) for story in late}
    for story in world.stories:
        if id(story) not in chosen:
            linked.add(story)
    linked.link_all(datetime(2026, 6, 1, tzinfo=UTC))
    for story in late:
        story.prints_address = False
        linked.add(story)
    return late


def _spent(linked: LinkedStore, story: Story) -> float:
    """Milliseconds of CPU."""
    began = time.process_time()
    linked.link(linked.ids[story.url], story.site, datetime(2026, 6, 1, tzinfo=UTC))
    return (time.process_time() - began) * 1000


def _is_found(linked: LinkedStore, story: Story) -> bool:
    assert story.original is not None
    true = linked.ids[story.original.url]
    found = links.of_article(linked.store.reader, linked.ids[story.url])
    return any(each.to_article_id == true and each.sure for each in found)


def _fill(linked: LinkedStore, size: int) -> None:
    """Articles with traits and bands, by bulk insert; each is a row of its own, its text is not.

    Traits and bands come in the order of their keys, or a million articles would take hours.
    """
    draw = random.Random(SEED)
    pool = World(SEED + 1, pairs=40, others=min(size, POOL)).stories
    made = [_rows_of(story) for story in pool if story.site != AGGREGATOR]
    first = day_number(datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC))
    text_article = linked.add(pool[0])
    with linked.store.writing() as db:
        indexes = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            "AND tbl_name IN ('traits', 'bands')"
        ).fetchall()
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        for table in ("traits", "bands"):
            db.execute(f"CREATE TABLE new_{table} AS SELECT * FROM {table} WHERE 0")
    for start in range(0, size, AT_ONCE):
        with linked.store.writing() as db:
            for number in range(start, min(start + AT_ONCE, size)):
                held, prints = made[number % len(made)]
                day = first + SPAN - draw.randrange(max(size // A_DAY, SPAN))
                sample = [draw.getrandbits(63) for _ in range(prints)]
                _insert(db, 10_000_000 + number, day, _varied(held, draw), sample, text_article)
    with linked.store.writing() as db:
        for table, keys in (("traits", "trait, day, article_id"), ("bands", "band, article_id")):
            db.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM new_{table} ORDER BY {keys}")
            db.execute(f"DROP TABLE new_{table}")
        for _, sql in indexes:
            db.execute(sql)


def _rows_of(story: Story) -> tuple[list[int], int]:
    article = article_of(story)
    held = numbers(traits_of(article, story.published_at.date()))
    return sorted(held), len(bands(sentence_prints(article)))


def _varied(held: list[int], draw: random.Random) -> list[int]:
    """What many articles have stays; what is one's own becomes another of its kind."""
    return [
        number - number % 2**57 + draw.getrandbits(57) if _is_rare(number) else number
        for number in held
    ]


def _is_rare(number: int) -> bool:
    return kind_of(number) != "date" and grade_of(number) == 0


def _insert(
    db: Writer, article_id: int, day: int, held: list[int], sample: list[int], read_as: int
) -> None:
    seen = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).isoformat()
    db.execute(
        "INSERT INTO articles (id, site_id, key, url, status, first_seen_at, published_at, "
        "current_version_id) VALUES (?, 1, ?, ?, 'live', ?, ?, "
        "(SELECT current_version_id FROM articles WHERE id = ?))",
        [article_id, f"id:{article_id}", f"https://bao0.example/{article_id}", seen, seen, read_as],
    )
    db.conn.executemany(
        "INSERT INTO new_traits VALUES (?, ?, ?)",
        [(number, day, article_id) for number in (*held, EVERY)],
    )
    db.conn.executemany(
        "INSERT INTO new_bands VALUES (?, ?)",
        [(band, article_id) for band in sample],
    )


if __name__ == "__main__":
    main()
