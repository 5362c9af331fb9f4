"""Pure: class names and depth of a portal's markup, drawn anew from a layout seed."""

import random
from dataclasses import dataclass

_FIRST = ("box", "c", "u", "main", "blk", "v2", "wrap", "js", "l", "grid")
_SECOND = ("a", "in", "x", "row", "col", "pad", "m", "cell", "t", "zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a portal's pages are built where nothing is known of them.

    ``redesigned``: the template that came over night, with lines of its own in every text.
    """

    site: str
    seed: int
    redesigned: bool = False

    def name(self, part: str) -> str:
        """The class of ``part``: says nothing to a reader, differs from part to part."""
        rng = self._rng(part)
        return f"{rng.choice(_FIRST)}-{rng.choice(_SECOND)}{rng.randint(10, 999)}"

    def depth(self, part: str, most: int = 4) -> int:
        """How many elements wrap ``part``."""
        return self._rng(f"{part} depth").randint(0, most)

    def choice(self, part: str, *options: str) -> str:
        """One of the options, always the same with this layout."""
        return self._rng(f"{part} choice").choice(options)

    def wrap(self, part: str, html: str) -> str:
        """``html`` in as many nested elements as the layout has."""
        for level in range(self.depth(part)):
            tag = self.choice(f"{part} {level}", "div", "div", "section")
            html = f'<{tag} class="{self.name(f"{part} {level}")}">\n{html}\n</{tag}>'
        return html

    def _rng(self, part: str) -> random.Random:
        return random.Random(f"{self.seed} {self.site} {part}")
