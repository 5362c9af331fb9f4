"""Links between articles: which is a copy or translation of which, and what tells. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

LinkKind = Literal["copy", "translation"]
EvidenceKind = Literal["address", "slug", "document", "date", "figure", "name", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that both articles have.

    ``value`` is for people, as it is compared: "57-kl/tw", "2023-10-11", "2500000", "4.7 %",
    "nguyen trong nghia", words of an address; for a copy ("text") the share of its sentences,
    0 to 1. ``weight`` is the logarithm (natural) of how much it speaks for one origin.
    """

    kind: EvidenceKind
    value: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """``from_article_id`` is the copy or translation, ``to_article_id`` the original.

    ``from_version_id`` is its text of today, ``to_version_id`` how the original stood when
    that text was first seen. ``score``: the sum of what speaks for it less what speaks against
    it; a copy's is the share of common sentences. A link that is not ``sure`` is a guess: never
    tell it as a fact.
    """

    kind: LinkKind
    from_article_id: int
    to_article_id: int
    from_version_id: int
    to_version_id: int
    sure: bool
    score: float
    evidence: tuple[Evidence, ...]
    found_at: datetime
