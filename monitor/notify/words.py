"""A route as a sentence. Pure."""

from monitor.notify.routes import Route
from monitor.render.text import safe


def told_route(route: Route) -> str:
    """What goes where, and when."""
    kinds = f" {_any_of(route.kinds)}" if route.kinds else ""
    what = [f"every change{kinds} of at least {route.weight} weight"]
    if route.weight == "cosmetic":
        what = [f"every change{kinds}, cosmetic ones too"]
    what.append(f"of {_any_of(route.sites)}" if route.sites else "of any site")
    if route.words:
        what.append(f"with the words {_any_of(route.words)}")
    if route.search:
        what.append(f"found by a search for «{route.search}»")
    if route.watched:
        what.append("of an article that is watched")
    when = f"as a digest at '{route.digest.line}'" if route.digest else "at once"
    return safe(f"{route.name}: {' '.join(what)} → {', '.join(route.channels)}, {when}")


def _any_of(names: frozenset[str] | tuple[str, ...]) -> str:
    return " or ".join(sorted(names))
