"""Pairs of saved pages, listed in a CSV file → what changed in each."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from crawlers.site import Site
from monitor.apart import Broken, call_apart
from monitor.comparison import Comparison, compare_pages
from monitor.saved import SavedPageError, saved_page, site_for

COLUMNS = ("file_a", "file_b", "url")
LONGEST_COMPARISON = 60.0
"""Seconds for a pair."""


class PairsError(ValueError):
    """The list cannot be used as a whole; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row: the files as they are written there, and the address that both were saved from."""

    file_a: str
    file_b: str
    url: str

    def as_json(self) -> dict[str, Any]:
        return {"file_a": self.file_a, "file_b": self.file_b, "url": self.url}


def read_pairs(path: Path) -> list[Pair]:
    """The rows of a CSV file with the columns file_a, file_b and url. Raises PairsError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, restval="")
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise PairsError(
                    f"{path}: no column {', '.join(missing)}; the first line must name "
                    f"{', '.join(COLUMNS)}"
                )
            return [Pair(**{name: row[name].strip() for name in COLUMNS}) for row in table]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        told = getattr(error, "strerror", None) or error
        raise PairsError(f"{path}: {told}. Give a CSV file in UTF-8.") from error


def compare_pairs(
    pairs: Sequence[Pair],
    *,
    folder: Path,
    sites: Mapping[str, Site],
    site: str | None,
    fetched_at: datetime,
) -> Iterator[Comparison]:
    """What changed in each pair, in order, as it is known; files are relative to ``folder``.

    A row that cannot be used, or takes longer than LONGEST_COMPARISON, is not comparable
    and says why.
    """
    one = partial(compare_pair, folder=folder, sites=sites, site=site, fetched_at=fetched_at)
    for found in call_apart(one, pairs, seconds=LONGEST_COMPARISON):
        yield Comparison(reason=f"comparing {found.reason}") if isinstance(found, Broken) else found


def compare_pair(
    pair: Pair,
    *,
    folder: Path,
    sites: Mapping[str, Site],
    site: str | None,
    fetched_at: datetime,
) -> Comparison:
    """What changed in one pair."""
    empty = [name for name, value in pair.as_json().items() if not value]
    if empty:
        return Comparison(reason=f"the row has no {', '.join(empty)}")
    try:
        chosen = site_for(pair.url, name=site, sites=sites)
        before, after = (
            saved_page(folder / name, url=pair.url, site=chosen, fetched_at=fetched_at)
            for name in (pair.file_a, pair.file_b)
        )
    except SavedPageError as error:
        return Comparison(reason=str(error))
    return compare_pages(before, after, chosen)
