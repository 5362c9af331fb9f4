"""A report as an Atom feed: an entry a change, and one for each thing that became known of
copies and translations; the newest first.
"""

from monitor.render.atom import FeedEntry, change_id, feed, feed_id, link_id
from monitor.render.digest import difference_of
from monitor.render.html import render, shown_html
from monitor.render.language import language_of
from monitor.render.link_items import GROUPS, LinkItem, items_of
from monitor.render.link_text import name_of
from monitor.render.words import KINDS
from monitor.report import Choice, Entry, Report


def render_atom(report: Report, *, language: str = "en", browse_url: str = "") -> str:
    """The feed of everything that a report tells. Raises ValueError for an unknown language."""
    said = language_of(language)
    changes = sorted(
        (entry for site in report.sites for entry in site.entries),
        key=lambda entry: (entry.released_at, entry.change_id),
        reverse=True,
    )
    entries = [_entry(entry, language, browse_url.rstrip("/")) for entry in changes]
    items = [item for group in items_of(report.links).values() for item in group]
    entries += [_item(item, language, browse_url.rstrip("/")) for item in items]
    names = [site.title for site in report.sites]
    return feed(
        f"baowatch: {names[0]}" if len(names) == 1 else said.say("baowatch: changes"),
        feed_id(*_scope(report.choice)),
        browse_url.rstrip("/"),
        sorted(entries, key=lambda entry: entry.updated, reverse=True),
        report.since,
        language=language,
    ).decode("utf-8")


def _scope(choice: Choice) -> list[str]:
    """What a feed tells of: the same names for the same question, whenever it is asked."""
    return [*sorted(choice.sites), "", *sorted(choice.kinds), "", choice.weight]


def _entry(entry: Entry, language: str, browse_url: str) -> FeedEntry:
    said = language_of(language)
    store = f"{browse_url}/change/{entry.change_id}" if browse_url else ""
    return FeedEntry(
        id=change_id(entry.site, entry.change_id, entry.detected_at),
        title=f"{said.say(KINDS[entry.kind])}: {entry.title[:400]}",
        address=entry.url,
        updated=entry.released_at,
        content=entry_content(entry, language),
        categories=(entry.site, entry.kind, entry.weight),
        addresses=(("related", store),),
    )


def _item(item: LinkItem, language: str, browse_url: str) -> FeedEntry:
    subject = item.subject
    store = f"{browse_url}/article/{subject.article_id}" if browse_url else ""
    heading = language_of(language).say(GROUPS[item.group])
    return FeedEntry(
        id=link_id(item.group, *item.key),
        title=f"{heading}: {name_of(subject)}",
        address=subject.url,
        updated=item.at,
        content=str(render("link_entry.html", language, item=item)),
        categories=(subject.site, item.group),
        addresses=(("related", store or item.note.other.url),),
    )


def entry_content(entry: Entry, language: str) -> str:
    """An entry's content as inert HTML: what differs, or what happened."""
    shown = difference_of(entry)
    difference = (
        shown_html(shown, article_language=entry.language, language=language) if shown else ""
    )
    return str(render("entry.html", language, entry=entry, difference=difference))
