"""All noise operators, and how a noisy page is made of a scene."""

import random
from collections.abc import Callable, Sequence

from operators_boxes import BOXES
from operators_lines import LINES
from operators_markup import MARKUP
from pen import Pen
from scene import Scene, scene_bytes

Noise = Callable[[Pen], None]

OPERATORS: tuple[Noise, ...] = (*BOXES, *LINES, *MARKUP)
"""Nothing of them is the article's: a difference they make is a false alarm."""


def advertisement_among(pen: Pen) -> None:
    pen.among(f"<p>{pen.voice.headline()}: {pen.voice.label('buy')} {pen.voice.number()}.000.</p>")


def sentence_among(pen: Pen) -> None:
    pen.among(f"<p>{pen.voice.sentences(1, 2)}</p>")


def text_box_among(pen: Pen) -> None:
    pen.among(
        f"<div><strong>{pen.voice.headline()}</strong><p>{pen.voice.sentences(1, 1)}</p></div>"
    )


ROTATING: tuple[Noise, ...] = (advertisement_among, sentence_among, text_box_among)
"""Text without a link among the paragraphs: one pair of pages cannot tell it from an edit."""


def noisy(scene: Scene, operators: Sequence[Noise], seed: str) -> bytes:
    """The page with noise of these kinds, drawn by ``seed``; the scene stays as it is."""
    return scene_bytes(written(scene.copy(), operators, seed))


def written(scene: Scene, operators: Sequence[Noise], seed: str) -> Scene:
    """Writes into ``scene`` itself."""
    dice = random.Random(seed)
    voice = scene.voice(dice)
    for operator in operators:
        operator(Pen(scene=scene, voice=voice, dice=dice))
    return scene
