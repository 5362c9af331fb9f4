"""A source as a page names it. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

How = Literal["link", "printed", "named"]
"""The address was a link's, or printed as text; ``named``: no address was given."""

LONGEST_NAME: Final = 120
LONGEST_LABEL: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source as a page names it.

    ``label`` is the word before it as written (empty where none is), ``name`` what the page
    calls the source, ``url`` its address, http(s) or empty. Never all three are empty.
    """

    label: str = ""
    name: str = ""
    url: str = ""
    how: How = "named"
