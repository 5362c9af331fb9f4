"""What is learned of a site: where the parts of its articles stand. Pure, and JSON both ways."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pipelines.shapes import DEEPEST, MARK, MOST_MARKS, TAG, Shape

MOST_LAYOUTS = 4
"""Article, photo essay, video, and the template before the last redesign."""
LONGEST_JSON = 50_000

Part = Literal["title", "body"]
"""What every page of a layout has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One template of a site."""

    title: Shape
    body: Shape
    lead: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The layouts of a site, the one that most pages have first; ``number`` counts learnings."""

    number: int = 0
    layouts: tuple[Layout, ...] = ()


NO_PROFILE = Profile()


class BrokenProfile(ValueError):
    """Stored text that is no profile."""


def as_json(profile: Profile) -> str:
    layouts = [
        {
            "title": _shape_as_json(layout.title),
            "body": _shape_as_json(layout.body),
            "lead": _shape_as_json(layout.lead) if layout.lead else None,
        }
        for layout in profile.layouts
    ]
    return json.dumps({"number": profile.number, "layouts": layouts}, ensure_ascii=False)


@lru_cache(maxsize=64)
def from_json(text: str) -> Profile:
    """The profile that ``as_json`` wrote. Raises BrokenProfile for anything else."""
    if len(text) > LONGEST_JSON:
        raise BrokenProfile(f"{len(text):,} characters are more than any profile has")
    try:
        fields = _fields(json.loads(text), {"number", "layouts"})
    except (ValueError, RecursionError) as error:
        raise BrokenProfile(f"no profile: {error}") from error
    number, layouts = fields["number"], fields["layouts"]
    if type(number) is not int or not 0 < number < 2**31:
        raise BrokenProfile(f"{number!r} is no profile's number")
    if not isinstance(layouts, list) or not 0 < len(layouts) <= MOST_LAYOUTS:
        raise BrokenProfile(f"a profile has 1 to {MOST_LAYOUTS} layouts")
    return Profile(number=number, layouts=tuple(map(_layout, layouts)))


def _layout(value: object) -> Layout:
    fields = _fields(value, {"title", "body", "lead"})
    lead = None if fields["lead"] is None else _shape(fields["lead"])
    return Layout(title=_shape(fields["title"]), body=_shape(fields["body"]), lead=lead)


def _shape(value: object) -> Shape:
    fields = _fields(value, {"path", "marks"})
    path, marks = fields["path"], fields["marks"]
    if not _are(path, TAG) or not 0 < len(path) <= DEEPEST:
        raise BrokenProfile("a path is a list of tags")
    if not _are(marks, MARK) or len(marks) > MOST_MARKS:
        raise BrokenProfile("marks are a list of names with their level")
    return Shape(path=tuple(path), marks=frozenset(marks))


def _shape_as_json(shape: Shape) -> dict[str, list[str]]:
    return {"path": list(shape.path), "marks": sorted(shape.marks)}


def _are(values: object, pattern: Any) -> bool:
    return isinstance(values, list) and all(
        isinstance(value, str) and pattern.fullmatch(value) for value in values
    )


def _fields(value: object, names: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise BrokenProfile(f"an object with {', '.join(sorted(names))} is wanted")
    return value
