"""Other articles under a page's template, made up: what a site's profile is learned from."""

import random

from scene import Piece, Scene, scene_bytes

PAGES = 4
"""Siblings; enough to learn from together with the page itself."""


def siblings(scene: Scene) -> list[bytes]:
    """Pages of the same template with other titles and texts."""
    return [scene_bytes(_sibling(scene.copy(), number)) for number in range(PAGES)]


def _sibling(scene: Scene, number: int) -> Scene:
    voice = scene.voice(random.Random(f"{scene.case.file} sibling {number}"))
    described = [voice.headline() for _ in scene.title]
    for piece, text in zip(scene.title, described, strict=True):
        _everywhere(scene, piece, text)
    for piece in dict.fromkeys((*scene.lead, *scene.body, *scene.captions)):
        length = len(piece.text) // len(voice.headline()) + 1
        _everywhere(scene, piece, " ".join(voice.sentences(1, 1) for _ in range(length)))
    return scene


def _everywhere(scene: Scene, piece: Piece, text: str) -> None:
    """In the page's text and in what it tells machines."""
    old = piece.text.strip()
    piece.write(text)
    for element in scene.tree.iter("meta", "title", "script"):
        if old in (element.get("content") or ""):
            element.set("content", element.get("content").replace(old, text))
        if element.text and old in element.text:
            element.text = element.text.replace(old, text)
