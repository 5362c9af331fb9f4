"""What is wrong with a strict file, in one line: the key, the value, the remedy."""

import difflib
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_UNION_TAGS = frozenset({"date", "literal[False]"})


def explained(
    error: ValidationError, model: type[BaseModel], nested: Mapping[str, type[BaseModel]]
) -> str:
    """Every error of a file that is a ``model``; ``nested`` are the models under its keys."""
    return "; ".join(_explained(one, model, nested) for one in error.errors())


def _explained(
    error: ErrorDetails, model: type[BaseModel], nested: Mapping[str, type[BaseModel]]
) -> str:
    place = [part for part in error["loc"] if not isinstance(part, str) or part not in _UNION_TAGS]
    key = ".".join(str(part) for part in place)
    if error["type"] == "extra_forbidden":
        parents = [part for part in place[:-1] if isinstance(part, str)]
        holder = nested[parents[-1]] if parents else model
        return f"unknown key {key!r}. {_nearest(str(place[-1]), holder)}"
    if error["type"] == "missing":
        return f"key {key!r} is missing. Add it."
    problem = error["msg"].removeprefix("Value error, ")
    given = "" if error["type"] == "value_error" else f" (given: {error['input']!r})"
    return f"key {key!r}: {problem}{given}" if key else problem


def _nearest(word: str, model: type[BaseModel]) -> str:
    known = sorted(set(model.model_fields) - {"name"})
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(known)}."
