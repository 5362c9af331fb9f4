"""The words that stand before a source, in many languages, from ``source_labels.yml``. Pure."""

from importlib.resources import files
from typing import Any, Final

import yaml

from pipelines.normalise import fold

_FILE: Final = "source_labels.yml"


def _words(kind: str, told: dict[str, Any]) -> frozenset[str]:
    return frozenset(fold(word) for words in told[kind].values() for word in words)


_TOLD: Final = yaml.safe_load((files("pipelines") / _FILE).read_text("utf-8"))

LABELS: Final = _words("labels", _TOLD) | _words("reporting", _TOLD)
"""Folded: what names a source with a colon or an address after it."""
ALONE: Final = _words("labels", _TOLD)
"""Folded: what names a source also where nothing stands beside it."""
REPORTING: Final = _words("reporting", _TOLD)
"""Folded: "according to" words, which name a source only at the end of a text."""
SENTENCES: Final = tuple(sorted(_words("sentences", _TOLD), key=len, reverse=True))
"""Folded: how a short line begins that says where a text first stood."""
NOT_NAMES: Final = tuple(word for words in _TOLD["not_names"].values() for word in words)
"""As written, lower case: how what follows a reporting word begins where it is no name."""
BUTTONS: Final = tuple(_TOLD["buttons"])
"""As written, lower case: what stands beside a source and is no part of its name."""
FIRST_WORDS: Final = frozenset(words.split()[0] for words in (*LABELS, *SENTENCES))
"""A line that begins with none of these names nothing, unless in brackets at its end."""
LONGEST: Final = max(map(len, LABELS)) * 2
"""Characters, unfolded, within which a label ends."""
MOST_WORDS: Final = max(len(word.split()) for word in REPORTING)
