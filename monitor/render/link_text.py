"""Links between articles in plain words, for a terminal and wherever nothing is a link."""

from collections.abc import Iterator

from monitor.links import Named
from monitor.notes import Note
from monitor.render.bounds import headline
from monitor.render.language import Language
from monitor.render.link_words import FOLLOWED, NOTES, drift_words, facts_text
from monitor.render.text import safe
from monitor.render.words import local, published


def note_lines(note: Note, said: Language) -> Iterator[str]:
    """What a note says, the figures that differ, and when it was followed: inert lines."""
    words = said.say(
        NOTES[note.role],
        site=note.other.site,
        title=name_of(note.other),
        time=published(note.at) if note.at else "",
    )
    yield safe(words)
    differing = drift_words(note.drift)
    if differing:
        gone, came = (facts_text(side, said) for side in (note.drift.gone, note.drift.came))
        yield safe(said.say(differing, gone=gone, came=came))
    if note.follows_at:
        yield said.say(FOLLOWED, time=local(note.follows_at))


def name_of(article: Named) -> str:
    """A title as long as anybody reads one; the address where there is none."""
    return headline(article.title or article.url)
