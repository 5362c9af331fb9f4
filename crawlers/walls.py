"""What stands in a source's place: a wall or an error page, answered as if it were a page. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from crawlers.markup import Unparsable, parse
from crawlers.page import FailureReason, Page, Validators
from crawlers.recognise import PageKind, recognise, recognise_bytes
from crawlers.site import Site

WALLS: Final[Mapping[PageKind, FailureReason]] = {
    "block_page": "blocked",
    "cookie_wall": "blocked",
    "server_error": "server_error",
}


def wall(
    body: bytes, *, url: str, content_type: str, site: Site
) -> tuple[FailureReason, str] | None:
    """Why an answer lists nothing, with one line for people; None when it is no wall.

    To be asked of an answer that had neither links nor further sources.
    """
    page = Page(
        site=site.name,
        url=url,
        final_url=url,
        status=200,
        fetched_at=_ANY,
        body=body,
        content_type=content_type,
        validators=Validators(),
    )
    if recognise_bytes(page) is not None:
        return None
    try:
        found = recognise(page, site, parse(body, content_type))
    except Unparsable:
        return None
    reason = WALLS.get(found.kind)
    return (reason, f"{found.kind.replace('_', ' ')}: {found.reason}") if reason else None


_ANY: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When it was fetched says nothing about what a page is."""
