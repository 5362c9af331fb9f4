"""The times that sources give for their links. Pure."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

LONGEST_MOMENT = 100
_GMT_PLUS = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?$")


def read_moment(text: str, timezone: str) -> datetime | None:
    """An ISO 8601 or RFC 822 time, aware UTC; without a zone it is the site's.

    None for what cannot be read: a source's time is only ever a hint.
    """
    text = _GMT_PLUS.sub(_offset, text[:LONGEST_MOMENT].strip())
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(timezone))
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # a year at the very edge
        return None


def _offset(match: re.Match[str]) -> str:
    """``GMT+7`` as ``+0700``."""
    return f"{match[1]}{int(match[2]):02}{match[3] or '00'}"
