"""The types of a script: what a portal serves at an edition, what happened, what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import unquote, urlsplit

from monitor.replica.faults import Fault
from monitor.replica.writing import Draft, Language, paragraph_text, said

EventKind = Literal[
    "appeared",
    "appeared_late",  # first served now, but published more than seven days ago
    "copied",  # appeared, with the text of another article that lives on
    "translated",  # appeared on the translating portal
    "edited",
    "reverted",  # edited, back to the text before the last edit
    "retranslated",  # worded anew, its original unchanged
    "followed",  # translated anew, because its original was edited
    "cosmetic",  # nothing that a reader would call a change
    "touched",  # a new modification time and nothing else
    "withdrawn",
    "restored",
    "moved",
]
ExpectedKind = Literal[
    "new", "edited", "retitled", "corrected", "withdrawn", "restored", "moved", "retranslated"
]
Field = Literal["title", "lead", "body", "captions", "author", "published_at"]
FIELDS: tuple[Field, ...] = ("title", "lead", "body", "captions", "author", "published_at")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Story:
    """An article as its portal serves it at an edition.

    ``ident`` is the script's own name of it and survives a move. ``url`` is the real
    address. Times are aware UTC, on the minute; where ``day_only`` the page shows no more
    than the day. ``author`` is empty where the page names none; ``source_name`` and
    ``source_url`` stand on the translating portal (the address is sometimes missing);
    ``original`` is the ident of what a translation or copy repeats.
    ``first_edition`` is when this address was first served; what is not ``listed`` no
    feed, sitemap or listing names.
    """

    ident: str
    site: str
    url: str
    section: str
    language: Language
    wording: int = 0
    draft: Draft
    author: str
    published_at: datetime
    modified_at: datetime
    day_only: bool = False
    source_name: str = ""
    source_url: str = ""
    original: str = ""
    first_edition: int = 0
    listed: bool = True

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.url).path)

    @property
    def title(self) -> str:
        return said(self.draft.title, self.language, self.wording)

    @property
    def lead(self) -> str:
        return " ".join(said(one, self.language, self.wording) for one in self.draft.lead)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(
            paragraph_text(one, self.language, self.wording) for one in self.draft.paragraphs
        )

    @property
    def captions(self) -> tuple[str, ...]:
        return tuple(said(one, self.language, self.wording) for one in self.draft.captions)

    def __repr__(self) -> str:
        return f"<Story {self.ident} {self.url}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An address that serves no article: 404, 410, or 301 to ``to_url``."""

    url: str
    status: Literal[301, 404, 410]
    to_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One portal at an edition; the stories newest first, as its listings have them."""

    stories: tuple[Story, ...]
    gone: tuple[Gone, ...]

    @property
    def listed(self) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if story.listed)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Event:
    """What happened to one story; the snippets are the exact words that changed."""

    kind: EventKind
    site: str
    before: Story | None = None
    after: Story | None = None
    status: Literal[301, 404, 410] | None = None
    text_before: str = ""
    text_after: str = ""

    def __repr__(self) -> str:
        return f"<Event {self.kind} {(self.after or self.before)!r}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A change that a true monitor finds once it has crawled the edition.

    ``delayed`` ones need a second look six hours later or more (an address that is gone).
    ``reported`` is False for what is recorded but told to nobody by default.
    """

    site: str
    kind: ExpectedKind
    url: str
    fields: tuple[Field, ...] = ()
    to_url: str = ""
    reported: bool = True
    delayed: bool = False
    text_before: str = ""
    text_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Edition:
    """All portals at one time; ``faults`` are what the server does badly meanwhile."""

    number: int
    begins_at: datetime
    portals: Mapping[str, Served]
    events: tuple[Event, ...]
    faults: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        return f"<Edition {self.number} {self.begins_at:%Y-%m-%d %H:%M} {len(self.events)} events>"


def changed_fields(before: Story, after: Story) -> tuple[Field, ...]:
    """The fields in which the two differ, in the order of ``FIELDS``."""
    pairs = {
        "title": (before.title, after.title),
        "lead": (before.lead, after.lead),
        "body": (before.paragraphs, after.paragraphs),
        "captions": (before.captions, after.captions),
        "author": (before.author, after.author),
        "published_at": (before.published_at, after.published_at),
    }
    return tuple(field for field in FIELDS if pairs[field][0] != pairs[field][1])


def expectation(event: Event) -> Expected | None:
    """What a true monitor says of ``event``; None where it says nothing."""
    if event.kind in ("appeared_late", "touched"):
        return None
    story = event.before or event.after
    assert story is not None
    plain = Expected(site=event.site, kind="new", url=story.url)
    if event.kind == "withdrawn":
        return replace(plain, kind="withdrawn", delayed=True)
    if event.kind == "restored":
        return replace(plain, kind="restored")
    if event.before is None or event.after is None:
        return plain
    if event.kind == "moved":
        return replace(plain, kind="moved", to_url=event.after.url, delayed=event.status != 301)
    return _edit(event, event.before, event.after)


def _edit(event: Event, before: Story, after: Story) -> Expected:
    fields = changed_fields(before, after)
    kind: ExpectedKind = "edited"
    if event.kind == "retranslated":
        kind = "retranslated"
    elif fields == ("title",):
        kind = "retitled"
    elif set(fields) <= {"author", "published_at"}:
        kind = "corrected"
    return Expected(
        site=event.site,
        kind=kind,
        url=after.url,
        fields=fields,
        reported=event.kind not in ("cosmetic", "retranslated"),
        text_before=event.text_before,
        text_after=event.text_after,
    )
