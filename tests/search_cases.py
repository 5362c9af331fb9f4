"""Articles in many spellings and what each query must find: ``search_cases.yml``."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from desks import HOME, Newsroom

_CASES = yaml.safe_load((Path(__file__).parent / "search_cases.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class SearchCase:
    query: str
    note: str
    expects: tuple[str, ...]


CASES = tuple(
    SearchCase(one["query"], one["note"], tuple(sorted(one["expects"])))
    for one in _CASES["queries"]
)


def fill(path: Path) -> Newsroom:
    """A store at ``path`` that holds the articles; each one's address ends with its name."""
    room = Newsroom(path)
    room.begin()
    room.listed(*(f"/tin/{name}" for name in _CASES["articles"]))
    for name, told in _CASES["articles"].items():
        rest = {field: told[field] for field in ("lead", "captions", "author") if field in told}
        room.answer(f"/tin/{name}", title=told["title"], body=told["text"], **rest)
    room.end()
    return room


def name_of(url: str) -> str:
    """Which of the articles an address is."""
    return url.removeprefix(f"{HOME}/tin/")
