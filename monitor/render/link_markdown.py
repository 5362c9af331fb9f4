"""Links between articles as Markdown: titles are links, and what a page wrote is no markup."""

from collections.abc import Iterator

from monitor.link_news import LinkNews
from monitor.links import Named
from monitor.notes import Note
from monitor.render.language import Language
from monitor.render.link_items import (
    GROUPS,
    HEADING,
    MOST_ITEMS,
    LinkItem,
    item_lines,
    items_of,
    left_line,
    older_line,
)
from monitor.render.link_words import FOLLOWED, NOTES, drift_words, facts_text
from monitor.render.marked_down import escaped, isolated, link


def note_markdown(note: Note, said: Language) -> str:
    """What a note says, the figures that differ, and when it was followed, on one line."""
    words = said.say(
        NOTES[note.role],
        site=escaped(note.other.site),
        title=_linked(note.other),
        time=said.published(note.at) if note.at else "",
    )
    told = [words]
    differing = drift_words(note.drift)
    if differing:
        gone, came = (
            isolated(escaped(facts_text(side, said))) for side in (note.drift.gone, note.drift.came)
        )
        told.append(f"**{said.say(differing, gone=gone, came=came)}**")
    if note.follows_at:
        told.append(said.say(FOLLOWED, time=said.time(note.follows_at)))
    return "; ".join(told)


def links_markdown(news: LinkNews, said: Language) -> Iterator[str]:
    """The section; nothing where there is nothing to tell."""
    if not news:
        return
    yield from ("", f"## {said.say(HEADING)}")
    for group, items in items_of(news).items():
        yield from ("", f"### {said.say(GROUPS[group])}", "")
        yield from (_item(item, said) for item in items[:MOST_ITEMS])
        left = left_line(items, MOST_ITEMS, said)
        yield from ([f"- *{left}*"] if left else [])
    older = older_line(news, said)
    yield from (["", f"{older}."] if older else [])


def _item(item: LinkItem, said: Language) -> str:
    told = (note_markdown(item.note, said), *item_lines(item, said, said.time))
    subject = f"{_linked(item.subject)} ({escaped(item.subject.site)})"
    return f"- {subject}: {'; '.join(told)}"


def _linked(article: Named) -> str:
    return link(article.title, article.url)
