"""What was read anew is compared with the rest of the store: copies, and originals."""

from collections.abc import Collection
from typing import Final

from crawlers.site import Site
from pipelines.article import Article
from pipelines.desk import Desk
from pipelines.originals import Found
from pipelines.store import links
from pipelines.store.opening import Reader, Writer

MOST_AT_ONCE: Final = 500
"""Articles of a run; the rest waits for the site's next."""


def link_waiting(desk: Desk) -> int:
    """Compare the site's articles that wait for it with the store; how many were.

    An article a transaction, and done again it comes out the same: so it may be killed.
    """
    waiting = links.waiting(desk.store.reader, desk.site_id, most=MOST_AT_ONCE)
    for article_id in waiting:
        with desk.store.writing() as db:
            _link(desk, db, article_id)
    return len(waiting)


def original_of_text(
    db: Reader,  # noqa: ARG001
    article: Article,  # noqa: ARG001
    sites: Collection[Site],  # noqa: ARG001
) -> Found | None:
    """The original of a text that is not in the store; None where none is known.

    ``sites``: those of the configuration. Look at ``sure`` before you believe it.
    """
    return None


def _link(desk: Desk, db: Writer, article_id: int) -> None:  # noqa: ARG001
    links.compared(db, article_id)
