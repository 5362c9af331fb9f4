"""What came of a try, in words of our own: never what a library or a receiver said. Pure."""

from dataclasses import dataclass
from typing import Any, Final, Literal

Answer = Literal["accepted", "refused", "failed"]

OTHER_TIMES: Final = frozenset({408, 425, 429})
"""Answers in the 400s that ask for another try."""
ABOUT_THE_MESSAGE: Final = frozenset({400, 413, 415, 422})
"""Answers that say something of this message, and nothing of the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a try ended.

    ``refused``: the receiver will not have it, or not so; ``failed``: another time maybe.
    ``reached``: the receiver may have taken it. ``is_of_channel``: the next message would
    fare no better. ``retry_after``: what the receiver asked for, as it stands in the header.
    """

    answer: Answer
    why: str = ""
    reached: bool = True
    is_of_channel: bool = True
    retry_after: str = ""


def answered(status: int, retry_after: str = "") -> Outcome:
    """What an HTTP status says."""
    if 200 <= status < 300:
        return Outcome(answer="accepted")
    why = f"the receiver answered {status}"
    if 300 <= status < 400:
        why += ", another address; no redirect is followed"
    is_refusal = 300 <= status < 500 and status not in OTHER_TIMES
    return Outcome(
        answer="refused" if is_refusal else "failed",
        why=why,
        is_of_channel=status not in ABOUT_THE_MESSAGE,
        retry_after=retry_after[:64],
    )


def unreached(why: str) -> Outcome:
    """The receiver cannot have it."""
    return Outcome(answer="failed", why=why, reached=False)


def unanswered(why: str) -> Outcome:
    """The receiver may have it."""
    return Outcome(answer="failed", why=why)


def from_line(told: dict[str, Any]) -> Outcome:
    """What a courier wrote."""
    return Outcome(**told)
