"""What is kept of an article: its row, its versions, its looks, its changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pipelines.article import Article
from pipelines.reasons import Weight

__all__ = ["ArticleRow", "Change", "Kind", "Look", "LookState", "Status", "Version", "Weight"]

Status = Literal["known", "live", "missing", "withdrawn", "moved"]
"""``known``: an address not read yet; ``moved``: this row was merged into another."""

Kind = Literal[
    "new",
    "edited",
    "retitled",
    "corrected",
    "reworded",
    "retranslated",
    "withdrawn",
    "restored",
    "moved",
]
LookState = Literal["pending", "agreed", "refuted", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """What the store knows of an article before a new answer; times are aware UTC.

    ``announced_by`` is the kind of the first source, read in full before, that listed the
    article; None while only sources on their first reading did: then it is no news.
    ``gone_looks`` counts 404 and 410 answers since ``missing_since``. ``moved_from`` is the
    address that was gone when ``url`` was chosen in its place.
    """

    id: int
    site_id: int
    key: str
    url: str
    title: str
    status: Status
    announced_by: str | None
    published_at: datetime | None
    first_seen_at: datetime
    checked_at: datetime | None
    changed_at: datetime | None
    due_at: datetime | None
    current_version_id: int | None
    body_sha256: str
    etag: str
    last_modified: str
    conditional_checks: int
    missing_since: datetime | None
    gone_at: datetime | None
    gone_looks: int
    gone_run_id: int | None
    failures: int
    refutations: int
    moved_from: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text of an article that was accepted; its reading, and the page it was read from."""

    id: int
    article_id: int
    number: int
    snapshot_id: int
    seen_at: datetime
    last_seen_at: datetime
    fingerprint: str
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A suspected change that nobody has been told of yet.

    ``twin_id`` is the article whose text a held look repeats.
    """

    id: int
    article_id: int
    run_id: int
    snapshot_id: int
    looked_at: datetime
    due_at: datetime
    state: LookState
    twin_id: int | None
    fingerprint: str
    recipe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A confirmed change, about to be recorded. ``explanation`` is plain JSON."""

    kind: Kind
    weight: Weight
    fields: tuple[str, ...]
    explanation: Mapping[str, Any]
    before_version_id: int | None
    after_version_id: int | None
    detected_at: datetime
    confirmed_at: datetime
