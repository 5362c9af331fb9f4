"""Writes noise into a scene, where portals put it."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement
from phrases import Voice
from scene import Scene

TIGHT = frozenset(["body", "td", "tr", "table", "tbody", "ul", "ol", "html"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """The places: among the paragraphs, before the first, after the last, around the article."""

    scene: Scene
    voice: Voice
    dice: random.Random

    def name(self) -> str:
        """A class or address that says nothing."""
        return "".join(self.dice.choices("bcdfghklmnpqrstvwxz", k=self.dice.randint(4, 8)))

    def link(self, text: str | None = None) -> str:
        address = f"/{self.name()}-{self.dice.randint(10**6, 10**7)}.html"
        return f'<a href="{address}">{text or self.voice.headline()}</a>'

    def several(self, form: Callable[[], str], least: int, most: int) -> str:
        return "".join(form() for _ in range(self.dice.randint(least, most)))

    def among(self, markup: str) -> None:
        """Between two paragraphs."""
        place = self.dice.randrange(len(self.scene.paragraphs) - 1)
        self._behind(self.scene.paragraphs[place], markup)

    def before(self, markup: str) -> None:
        """Between the headline and the text."""
        first = self.scene.paragraphs[0]
        self._put(first.getparent(), first.getparent().index(first), markup)

    def after(self, markup: str) -> None:
        """Behind the last paragraph."""
        self._behind(self.scene.paragraphs[-1], markup)

    def outside(self, markup: str) -> None:
        """Behind what holds the article's text."""
        last = self.scene.paragraphs[-1]
        container = last.getparent()
        self._behind(last if container.tag in TIGHT else container, markup)

    def top(self, markup: str) -> None:
        self._put(self.scene.tree.find(".//body"), 0, markup)

    def bottom(self, markup: str) -> None:
        body = self.scene.tree.find(".//body")
        self._put(body, len(body), markup)

    def anywhere(self, markup: str) -> None:
        """Somewhere in or around the text."""
        self.dice.choice((self.among, self.after, self.outside))(markup)

    def _behind(self, element: HtmlElement, markup: str) -> None:
        parent = element.getparent()
        self._put(parent, parent.index(element) + 1, markup)

    def _put(self, parent: HtmlElement, place: int, markup: str) -> None:
        new = lxml.html.fragment_fromstring(f'<div class="{self.name()}">{markup}</div>')
        before = parent[place - 1] if place else None
        if before is not None:
            new.tail, before.tail = before.tail, None
        else:
            new.tail, parent.text = parent.text, None
        parent.insert(place, new)
