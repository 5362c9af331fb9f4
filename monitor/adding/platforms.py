"""Which platform's article forms fit a portal's addresses. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crawlers.platformfile import Platform
from monitor.adding.forms import Forms, Seen

MOST_FORMS: Final = 3
"""A platform with more forms is for portals that nobody looked at: it fits nearly all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A platform that knows ``known`` addresses, all that have the forms ``covers``."""

    name: str
    forms: int
    known: int
    covers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """``chosen``: the platform to name, where one alone fits; ``others`` fit too."""

    chosen: Fit | None
    others: tuple[str, ...] = ()


def fitting(
    platforms: Mapping[str, Platform], forms: Forms, seen: Sequence[Seen], listings: Sequence[str]
) -> Fits:
    """Platforms that know the form that most links have. ``listings``: paths that were fetched."""
    if not forms.taken:
        return Fits(chosen=None)
    most = max(forms.taken, key=lambda form: form.number)
    fits = [
        fit
        for name, platform in sorted(platforms.items())
        if (fit := _fit(name, platform, forms, seen, listings)) and most.pattern in fit.covers
    ]
    narrow = [fit for fit in fits if fit.forms <= MOST_FORMS]
    chosen = narrow[0] if len(narrow) == 1 else None
    others = tuple(fit.name for fit in fits if fit is not chosen)
    return Fits(chosen=chosen, others=others)


def _fit(
    name: str, platform: Platform, forms: Forms, seen: Sequence[Seen], listings: Sequence[str]
) -> Fit | None:
    """None for a platform that takes a listing for an article."""
    if any(_matches(platform, one) for one in listings):
        return None
    covers, known = set(), 0
    for form in forms.taken:
        paths = [one.path for one in seen if re.fullmatch(form.pattern, one.path)]
        if paths and all(_matches(platform, path) for path in paths):
            covers.add(form.pattern)
            known += len(paths)
    return Fit(name=name, forms=len(platform.articles), known=known, covers=frozenset(covers))


def _matches(platform: Platform, path: str) -> bool:
    bare = path.partition("?")[0]
    if any(re.fullmatch(pattern, bare) for pattern in platform.not_articles):
        return False
    return any(
        re.fullmatch(form.path, path if r"\?" in form.path else bare) for form in platform.articles
    )
