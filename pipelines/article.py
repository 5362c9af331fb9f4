"""An article as it was read from one page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BlockKind = Literal["paragraph", "heading", "list_item", "quote", "cell", "preformatted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph-like piece of an article's text, cleaned (see ``normalise.clean``)."""

    text: str
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Article:
    """The fields of an article, cleaned; times are aware UTC.

    ``lead`` is the sapo; it is not repeated in ``blocks``. ``language`` is an ISO 639-1
    code or empty. ``canonical`` is the page's own ``rel=canonical``, absolute, or empty:
    a claim, not a fact. ``recipe`` names the rules and library versions that read it.
    """

    site: str
    url: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    captions: tuple[str, ...] = ()
    author: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    canonical: str = ""
    recipe: str = ""

    @property
    def text(self) -> str:
        """The body: a line per block."""
        return "\n".join(block.text for block in self.blocks)

    def __repr__(self) -> str:
        return f"<Article {self.url} {self.title[:60]!r} {len(self.blocks)} blocks>"
