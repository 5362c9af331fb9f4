"""How many originals are found: ``python -m benchmarks.originals [SEED…]`` prints a table.

Each seed (1 if none is given; ``101-110`` is ten of them) makes a world of 80 translated articles
among 1,000 others: see ``translated_world``. Everything arrives in a drawn order and is linked as
runs do. A sure link to the article that was translated is right, any other sure link is wrong.
Exit status 1 where precision is below 0.99 or recall below 0.95.
"""

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.linked_store import LinkedStore
from benchmarks.translated_world import CLASSES, Story, World
from pipelines.links import Link
from pipelines.store import links

PRECISION: Final = 0.99
RECALL: Final = 0.95
NOW: Final = datetime(2026, 6, 1, tzinfo=UTC)
BATCHES: Final = 3


@dataclass
class Outcome:
    """``counts``: (class, outcome) → stories; ``copies``: found and all."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    copies: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Outcome") -> None:
        self.counts += other.counts
        self.copies += other.copies

    def total(self, outcome: str, *, known: bool = False) -> int:
        return sum(
            count
            for (name, got), count in self.counts.items()
            if got == outcome and (name in CLASSES or not known)
        )

    @property
    def precision(self) -> float:
        right, wrong = self.total("right"), self.total("wrong")
        return right / (right + wrong) if right + wrong else 1.0

    @property
    def recall(self) -> float:
        pairs = sum(count for (name, _), count in self.counts.items() if name in CLASSES)
        return self.total("right", known=True) / pairs


def main() -> None:
    told = Outcome()
    print(f"{'seed':>6} {'pairs':>6} {'others':>7} {'precision':>10} {'recall':>8} "
          f"{'right':>6} {'wrong':>6} {'unsure':>7} {'none':>6}")  # fmt: skip
    for seed in _seeds(sys.argv[1:] or ["1"]):
        world = World(seed)
        outcome = judged(world, tell="-v" in sys.argv)
        told.add(outcome)
        _row(str(seed), outcome, len(world.stories))
    print(
        "\nclass".ljust(40) + f"{'right':>8} {'wrong':>8} {'unsure':>8} {'none':>8} {'recall':>8}"
    )
    for name in dict.fromkeys(name for name, _ in sorted(told.counts)):
        got = [told.counts[name, each] for each in ("right", "wrong", "unsure", "none")]
        share = f"{got[0] / sum(got):8.3f}" if name in CLASSES else ""
        print(f"{name:39}" + " ".join(f"{each:8}" for each in got) + f" {share}")
    print(f"\nprecision {told.precision:.4f}, recall {told.recall:.4f} over the pairs; copies in "
          f"one language found: {told.copies['found']} of {told.copies['all']}, "
          f"false ones {told.copies['false']}")  # fmt: skip
    sys.exit(told.precision < PRECISION or told.recall < RECALL)


def _seeds(words: list[str]) -> list[int]:
    found: list[int] = []
    for word in words:
        if word != "-v":
            first, _, last = word.partition("-")
            found += range(int(first), int(last or first) + 1)
    return found


def _row(name: str, outcome: Outcome, stories: int) -> None:
    pairs = sum(count for (each, _), count in outcome.counts.items() if each in CLASSES)
    got = [outcome.total(each) for each in ("right", "wrong", "unsure", "none")]
    shares = f"{outcome.precision:10.4f} {outcome.recall:8.4f}"
    counts = f"{got[0]:6} {got[1]:6} {got[2]:7} {got[3]:6}"
    print(f"{name:>6} {pairs:6} {stories - pairs * 2:7} {shares} {counts}", flush=True)


def judged(world: World, *, tell: bool = False) -> Outcome:
    """Let a world arrive in a store, and compare its links with what is true."""
    with tempfile.TemporaryDirectory(prefix="originals") as folder:
        linked = LinkedStore(Path(folder) / "store.db")
        for number, story in enumerate(world.arrivals(), 1):
            linked.add(story)
            if number % (len(world.stories) // BATCHES) == 0:
                linked.link_all(NOW)
        linked.link_all(NOW)
        outcome = Outcome()
        for story in world.stories:
            _judge(linked, story, outcome, tell=tell)
        linked.store.close()
    return outcome


def _judge(linked: LinkedStore, story: Story, outcome: Outcome, *, tell: bool) -> None:
    known = links.of_article(linked.store.reader, linked.ids[story.url])
    true = linked.ids.get(story.original.url) if story.original else None
    copies = [link for link in known if link.kind == "copy" and link.sure]
    if story.role == "copy":
        outcome.copies["all"] += 1
        outcome.copies["found"] += any(link.to_article_id == true for link in copies)
    outcome.copies["false"] += any(
        story.role != "copy" or link.to_article_id != true for link in copies
    )
    found = [link for link in known if link.kind == "translation"]
    if story.role != "translation" and not found:
        return
    name = story.pair_class if story.pair_class and true else "original unknown"
    got = _outcome(found, true)
    if story.role != "translation":
        name, got = "no translation", "wrong"
    outcome.counts[str(name), got] += 1
    is_bad = got == "wrong" or (name in CLASSES and got != "right")
    if tell and is_bad:
        _tell(story, name, got, true, found)


def _outcome(found: list[Link], true: int | None) -> str:
    if not found:
        return "none"
    if not found[0].sure:
        return "unsure"
    return "right" if found[0].to_article_id == true else "wrong"


def _tell(
    story: Story,
    name: str,
    got: str,
    true: int | None,
    found: list[Link],
) -> None:
    print(f"   {got}: {name}, {story.language}, {len(story.facts)} facts, {story.url[:60]}")
    for link in found:
        told = ", ".join(f"{each.kind} {each.value} {each.weight:g}" for each in link.evidence)
        is_true = "the true one" if link.to_article_id == true else "another"
        print(f"      {link.score:g} to {is_true}: {told[:300]}")


if __name__ == "__main__":
    main()
