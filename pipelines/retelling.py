"""A translation in other words: did its original change, or was it only translated again? Pure."""

from dataclasses import dataclass, replace

from pipelines.article import Article
from pipelines.compare import Difference, compare
from pipelines.drift import takes_over
from pipelines.explanation import OriginalState
from pipelines.links import LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The sure original of a text that differs now.

    ``then`` is how it stood when the former wording was made, ``now`` how it stands;
    ``has_changed`` in substance in between. ``is_checked``: it was seen to stand so after the
    new wording had come, and if it ever changed, that was before the former one.
    """

    kind: LinkKind
    then: Article
    now: Article
    has_changed: bool
    is_checked: bool


def compare_retold(before: Article, after: Article, original: Original | None) -> Difference | None:
    """What happened between two readings on a site that translates.

    An edit, where the original had changed and the text follows it. *Retranslated*, where
    nothing but words differs, or the original stands as it did. That is said only if it was
    looked at since: other figures or sentences could follow a change that nobody has seen yet.
    *Reworded* where nothing of that is certain.
    """
    if original is None:
        return compare(before, after, translates=True)
    if original.kind == "copy":
        return compare(before, after)
    found = compare(before, after, translates=True)
    if found is None or found.kind == "corrected":
        return found
    if original.has_changed and takes_over(original.then, original.now, before, after):
        edit = compare(before, after)
        return _explained(edit, "changed") if edit else None
    again = replace(found, kind="retranslated")
    if original.is_checked and not original.has_changed:
        return _explained(again, "same")
    return again if found.weight == "cosmetic" else found


def _explained(found: Difference, state: OriginalState) -> Difference:
    return replace(found, explanation=replace(found.explanation, original=state))
