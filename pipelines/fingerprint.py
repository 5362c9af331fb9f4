"""Fingerprints of an article's reportable fields: equal exactly when there is nothing to tell."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.article import Article, Block
from pipelines.normalise import comparable

FINGERPRINT_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """A hex string per reportable field, "" for an empty field; ``all`` covers the six.

    Address, language, tags and ``modified_at`` are not reportable.
    """

    title: str
    lead: str
    body: str
    captions: str
    author: str
    published_at: str
    all: str


def fingerprints(article: Article) -> Fingerprints:
    """The fingerprints of ``article``.

    The body is one run of text: wrapping it into other blocks is no change. Captions are a
    multiset: their order is none. The time of publication counts to the minute.
    """
    fields = {
        "title": text_fingerprint(article.title),
        "lead": text_fingerprint(article.lead),
        "body": text_fingerprint(_running_text(article.blocks)),
        "captions": _multiset_fingerprint(article.captions),
        "author": text_fingerprint(article.author),
        "published_at": _minute_fingerprint(article.published_at),
    }
    return Fingerprints(**fields, all=_digest("\n".join(fields.values())))


def text_fingerprint(text: str) -> str:
    """The fingerprint of one text, the same under any spacing and encoding of it."""
    return _digest(comparable(text))


def _running_text(blocks: Iterable[Block]) -> str:
    return " ".join(block.text for block in blocks)


def _multiset_fingerprint(texts: Iterable[str]) -> str:
    return _digest("\n".join(sorted(filter(None, map(comparable, texts)))))


def _minute_fingerprint(moment: datetime | None) -> str:
    return _digest(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if moment else "")


def _digest(text: str) -> str:
    if not text:
        return ""
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_LENGTH]
