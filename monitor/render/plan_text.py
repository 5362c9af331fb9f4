"""What ``baowatch plan`` prints: rows of tables, and one article's plan in words."""

from collections.abc import Iterable, Iterator

from monitor.budgets import Learned
from monitor.render.text import safe
from monitor.render.words import local
from pipelines.hazard import AGES
from pipelines.store.explaining import Explanation
from pipelines.store.overview import NextSource, Overview


def site_row(name: str, seen: Overview, budget: float) -> tuple[str, ...]:
    return (
        name,
        str(seen.known),
        str(seen.unread),
        str(seen.overdue),
        str(seen.sources),
        local(seen.next_at) if seen.next_at else "at once",
        f"{seen.price:.2f}",
        f"{seen.planned:.1f}",
        f"{seen.made:.1f}",
        f"{budget:.0f}",
    )


def source_rows(sources: Iterable[NextSource]) -> Iterator[tuple[str, ...]]:
    for one in sources:
        due = local(one.due_at) if one.due_at else "at once"
        yield due, one.source.kind, one.source.url, f"{one.found:.1f}", f"{one.hours:.0f}"


def page_rows(pages: Iterable[Explanation]) -> Iterator[tuple[str, ...]]:
    for one in pages:
        daily = (one.usual * one.liveliness + one.burst) * 24
        due = local(one.due_at) if one.due_at else "at once"
        yield due, span(one.gap), f"{daily:.2g}", one.url, one.why


def explained(one: Explanation) -> str:
    """One article's plan, a fact a line."""
    facts = [
        ("due", local(one.due_at) if one.due_at else "at once"),
        ("why", one.why),
        ("last looked at", local(one.looked_at) if one.looked_at else "never"),
        ("age", span(one.age)),
        ("an average article's edits", f"{one.usual * 24:.2g} a day at this age"),
        (
            "liveliness",
            f"{one.liveliness:.2f} times that: {one.edits:.1f} edits seen where an average "
            f"article had {one.mass:.1f}" + (", but changing at every look" if one.stuck else ""),
        ),
        ("after its last edit", f"{one.burst * 24:.2g} more a day"),
        ("edits to be expected", f"{one.expected:.2g} since the last look"),
        ("gap", f"{span(one.gap)} at the price {one.price:.3g}"),
    ]
    if one.watched_every is not None:
        facts.append(("watched", f"looked at every {span(one.watched_every)} at least"))
    return "\n".join([safe(one.url), *(f"  {name}: {told}" for name, told in facts)])


def learned_table(learned: Learned) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Headings and rows: by age the hours observed, the edits found, edits in 1,000 hours."""
    seen = learned.seen
    found = zip(AGES, seen.hours, seen.edits, strict=True)
    return ("from age", "hours observed", "edits found", "per 1,000 hours"), (
        (span(age), f"{hours:.0f}", f"{edits:.1f}", f"{1000 * edits / hours:.2f}" if hours else "")
        for age, hours, edits in found
    )


def span(hours: float) -> str:
    """A span of hours as people say it: ``40 min``, ``3.5 h``, ``12 d``."""
    if hours < 1:
        return f"{hours * 60:.0f} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.0f} d"
