"""Edits of what stands about an article: byline and time of publication."""

import json
import random
import re
from datetime import date, timedelta
from typing import Any

from operators_edit import SUBSTANTIVE, Done, tongue_of
from phrases import ENGLISH
from scene import Scene

LONGEST_BYLINE = 120
OLDEST = 1900
"""Years before it are no date: 0001-01-01 stands on pages that know none."""


def byline(scene: Scene, dice: random.Random) -> Done | None:
    told = _told(scene, "author") or scene.tree.xpath("//meta[@name='author']/@content")
    names = [one for one in told if re.fullmatch(r"[^\W\d]+(?:[ .'-]+[^\W\d]+){1,4}", one)]
    shown = [one for one in scene.pieces() if names and names[0] in one.text]
    if not [one for one in shown if len(one.text) < LONGEST_BYLINE]:
        return None
    tongue = tongue_of(scene) or ENGLISH
    new = " ".join(one.split()[-1] for one in dice.sample(tongue.names, 2))
    _replace(scene, names[0], new)
    return Done(right=SUBSTANTIVE)


def publication_date(scene: Scene, dice: random.Random) -> Done | None:
    told = _told(scene, "datePublished") or scene.tree.xpath(
        "//meta[@property='article:published_time']/@content"
    )
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", told[0]) if told else None
    if match is None or int(match[1]) < OLDEST:
        return None
    old = date(*map(int, match.groups()))
    new = old + timedelta(days=dice.choice((-2, -1, 1)))
    for before, after in zip(_written(old), _written(new), strict=True):
        _replace(scene, before, after)
    return Done(right=SUBSTANTIVE)


def _written(day: date) -> list[str]:
    forms = (f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}")
    return [*forms, f"{day:%d-%m-%Y}", f"{day:%B} {day.day}, {day.year}"]


def _replace(scene: Scene, old: str, new: str) -> None:
    """In what stands about the article: short texts, attributes and JSON-LD; not in its text."""
    body = {(one.element, one.tail) for one in scene.body}
    for one in list(scene.pieces()):
        if len(one.text) < LONGEST_BYLINE and (one.element, one.tail) not in body:
            one.write(one.text.replace(old, new))
    for element in scene.tree.iter("meta", "time", "script"):
        for name in ("content", "datetime", "title"):
            if old in (element.get(name) or ""):
                element.set(name, element.get(name).replace(old, new))
        if element.tag == "script" and old in (element.text or ""):
            element.text = element.text.replace(old, new)


def _told(scene: Scene, key: str) -> list[str]:
    """What JSON-LD tells of the article under ``key``."""
    found: list[str] = []
    for script in scene.tree.xpath("//script[@type='application/ld+json']"):
        try:
            told = json.loads(script.text or "", strict=False)
        except ValueError:
            continue
        found += [name for one in _objects(told) for name in _names(one.get(key))]
    return found


def _objects(told: Any) -> list[dict[str, Any]]:
    if isinstance(told, list):
        return [one for part in told for one in _objects(part)]
    if not isinstance(told, dict):
        return []
    kind = str(told.get("@type", ""))
    own = [told] if re.search(r"Article|BlogPosting", kind) else []
    return [*own, *_objects(told.get("@graph", []))]


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for one in value for name in _names(one)]
    if isinstance(value, dict) and value.get("@type") != "Organization":
        return _names(value.get("name"))
    return []
