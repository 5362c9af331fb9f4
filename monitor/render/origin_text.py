"""What is known of an article's origin, as plain lines and as JSON."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from monitor.links import Cited, Named, Since, Tie
from monitor.origin import Origin
from monitor.render.text import safe
from monitor.render.words import local, published
from pipelines.links import Evidence

MOST_EVIDENCE: Final = 8


def as_text(told: Origin) -> str:
    """A head line that says what is known, and indented lines about it."""
    return "\n".join([f"{safe(told.asked)}: {_head(told)}", *(f"  {one}" for one in _lines(told))])


def _head(told: Origin) -> str:
    if told.waits == "reading":
        return "known by its address, not read yet"
    if told.waits == "telling":
        return "known, and nobody was told of it yet"
    names = "; ".join(dict.fromkeys(_wording(one) for one in told.cites if not one.url))
    match told.verdict:
        case "printed":
            return "prints the address of its source"
        case "found":
            return "prints no address; its original was found"
        case "perhaps":
            return "prints no address; its original is not sure"
        case "named":
            return f"names a source ({names}) without an address; no original known"
    if told.known is not None and any(tie.sure for tie in told.known.ties):
        return "names no source; itself the original of others"
    is_known = told.known is not None or not _is_address(told.asked)
    return "names no source; no original known" if is_known else "not known to the store"


def _is_address(asked: str) -> bool:
    return asked.startswith(("http://", "https://"))


def _lines(told: Origin) -> Iterator[str]:
    if told.known is not None:
        yield f"is {_article(told.known.article)}"
    for one in told.cites:
        if one.url or told.verdict != "named":
            yield f"cites {_cited(one)}"
    if told.guess is not None:
        guess = told.guess
        yield _found("", guess.article, sure=guess.sure, score=guess.score)
        yield f"  by {_evidence(guess.evidence)}"
    for tie in told.known.ties if told.known else ():
        yield from _tie(tie)
    tied = {tie.other.article_id for tie in told.known.ties} if told.known else set()
    for article in told.cited_by:
        if article.article_id in tied:
            continue  # a copy or translation names its source: it stands above
        yield f"cited by {_article(article)}"


def _wording(one: Cited) -> str:
    return safe(": ".join(filter(None, (one.label, one.name))))


def _cited(one: Cited) -> str:
    wording = _wording(one)
    told = f"{safe(one.url)} ({wording})" if one.url and wording else safe(one.url) or wording
    return f"{told}: {_article(one.article)}" if one.article else told


def _article(one: Named) -> str:
    day = f", {published(one.published_at)}" if one.published_at else ""
    gone = ", withdrawn" if one.status == "withdrawn" else ""
    return f"{safe(one.title)} ({one.site}{day}{gone}) {safe(one.url)}"


def _found(kind: str, article: Named, *, sure: bool, score: float) -> str:
    belief = "original" if sure else "perhaps its original"
    way = f" (as a {kind})" if kind else ""
    weight = "" if kind == "copy" else f", score {score:.1f}"  # a copy's is a share: see below
    return f"{belief}{way}{weight}: {_article(article)}"


def _tie(tie: Tie) -> Iterator[str]:
    if tie.is_original:
        yield _found(tie.kind, tie.other, sure=tie.sure, score=tie.score)
        yield f"  by {_evidence(tie.evidence)}"
    else:
        belief = "" if tie.sure else "perhaps "
        yield f"{belief}{tie.kind}: {_article(tie.other)}"
    if tie.since is not None:
        whose = "that original" if tie.is_original else "it"
        yield f"  {whose} changed since ({local(tie.since.changed_at)}){_drift(tie.since)}"


def _drift(since: Since) -> str:
    gone = ", ".join(safe(fact.value) for fact in since.drift.gone)
    came = ", ".join(safe(fact.value) for fact in since.drift.came)
    told = [f"no more {gone}"] * bool(gone) + [f"now {came}"] * bool(came)
    return f": {'; '.join(told)}" if told else ", in other words"


def _evidence(found: tuple[Evidence, ...]) -> str:
    strongest = sorted(found, key=lambda one: -one.weight)
    told = ", ".join(map(_one_evidence, strongest[:MOST_EVIDENCE]))
    more = len(found) - MOST_EVIDENCE
    return f"{told}, and {more} more" if more > 0 else told


def _one_evidence(one: Evidence) -> str:
    """Of a copy the share of its sentences."""
    if one.kind == "text":
        return f"{float(one.value):.0%} of its sentences"
    return f"{one.kind} {safe(one.value)}"


def as_json(told: Origin) -> dict[str, Any]:
    """Times as ISO-8601 UTC; an article that is not known is null."""
    ties = told.known.ties if told.known else ()
    return {
        "asked": told.asked,
        "verdict": told.verdict,
        "article": _named(told.known.article) if told.known else None,
        "known": told.known is not None or bool(told.waits),
        "cites": [
            {
                "label": one.label or None,
                "name": one.name or None,
                "url": one.url or None,
                "article": _named(one.article) if one.article else None,
            }
            for one in told.cites
        ],
        "originals": [*_guess(told), *(_tied(tie) for tie in ties if tie.is_original)],
        "made_of_it": [_tied(tie) for tie in ties if not tie.is_original],
        "cited_by": [_named(one) for one in told.cited_by],
    }


def _guess(told: Origin) -> Iterator[dict[str, Any]]:
    if told.guess is not None:
        one = told.guess
        yield _link("translation", one.article, one.sure, one.score, one.evidence, None)


def _tied(tie: Tie) -> dict[str, Any]:
    return _link(tie.kind, tie.other, tie.sure, tie.score, tie.evidence, tie.since)


def _link(
    kind: str,
    other: Named,
    sure: bool,
    score: float,
    evidence: tuple[Evidence, ...],
    since: Since | None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "article": _named(other),
        "sure": sure,
        "score": round(score, 2),
        "evidence": [{"kind": one.kind, "value": one.value} for one in evidence],
        "changed_since": since
        and {
            "at": _iso(since.changed_at),
            "gone": [fact.value for fact in since.drift.gone],
            "came": [fact.value for fact in since.drift.came],
        },
    }


def _named(one: Named) -> dict[str, Any]:
    return {
        "site": one.site,
        "url": one.url,
        "title": one.title,
        "language": one.language or None,
        "published_at": _iso(one.published_at) if one.published_at else None,
        "status": one.status,
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
