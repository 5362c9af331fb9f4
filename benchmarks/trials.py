"""Trials on one page: noise that must not be told, edits that must; for every tool alike."""

import random
import warnings
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from operators_edit import Done
from operators_edits import EDITS
from operators_noise import OPERATORS, ROTATING, Noise, noisy, written
from saved_pages import Case, read_body, site_of
from scene import Scene, scene_bytes, stage
from tools import TOOLS, text_of

from monitor.comparison import Comparison, compare_readings
from pipelines.article import Article
from pipelines.reading import Reading

OURS = "baowatch"
TWO_DRAWINGS = 0.25
"""Share of the pages on which two drawings of a noise are compared too."""
UNDER_NOISE = 4
"""Noise operators at work on either side of an edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A page to try. ``sections`` of noise, rotating, edits; ``others``: other tools too.

    Only ``operators`` if any are named; a ``share`` of them, drawn by page and operator.
    """

    case: Case
    sections: tuple[str, ...]
    operators: frozenset[str]
    share: float
    others: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """``told``: something was called changed. ``right``: that it was, or was not, is right.

    ``weight`` is whether an edit's weight is right, None where nobody weighs. ``failure``
    says for people what went wrong.
    """

    section: str
    operator: str
    tool: str
    file: str
    told: bool
    right: bool
    weight: bool | None = None
    failure: str = ""


def try_page(task: Task) -> list[Trial]:
    warnings.simplefilter("ignore")
    scene = stage(task.case)
    if scene is None:
        return []
    page = _Tried(scene, task)
    sections = {"noise": page.noise, "rotating": page.rotating, "edits": page.edits}
    return list(chain.from_iterable(sections[name]() for name in task.sections))


class _Tried:
    def __init__(self, scene: Scene, task: Task) -> None:
        self.scene = scene
        self.case = task.case
        self.task = task
        self.tools = tuple(TOOLS) if task.others else ()
        self.clean = self._seen(scene_bytes(scene))

    def noise(self) -> Iterator[Trial]:
        for operator in OPERATORS:
            yield from self._quiet("noise", operator.__name__, (operator,))
        dice = random.Random(self.case.file)
        yield from self._quiet("noise", "two of them", tuple(dice.sample(OPERATORS, 2)))
        yield from self._quiet("noise", "all of them", OPERATORS)

    def rotating(self) -> Iterator[Trial]:
        for operator in ROTATING:
            yield from self._quiet("rotating", operator.__name__, (operator,))

    def _quiet(self, section: str, name: str, operators: tuple[Noise, ...]) -> Iterator[Trial]:
        """Noise against the clean page, and two drawings of it against each other."""
        if not self._is_wanted(section, name):
            return
        seeds = [f"{self.case.file} {name} {number}" for number in range(2)]
        if random.Random(seeds[0]).random() > TWO_DRAWINGS:
            seeds.pop()
        seen = [self.clean, *(self._seen(noisy(self.scene, operators, one)) for one in seeds)]
        for before, after in pairwise(seen):
            found = self._compare(before, after)
            told = not found.comparable or found.difference is not None
            yield self._trial(
                section, name, OURS, told, not told, failure=_difference(found) if told else ""
            )
            for tool in self.tools:
                told = before.text(tool) != after.text(tool)
                yield self._trial(section, name, tool, told, not told)

    def edits(self) -> Iterator[Trial]:
        for edit in EDITS:
            name, seed = edit.__name__, f"{self.case.file} {edit.__name__}"
            scene = self.scene.copy()
            if not self._is_wanted("edits", name) or not (done := edit(scene, random.Random(seed))):
                continue
            edited = self._seen(scene_bytes(scene))
            fields = yield from self._found(name, "alone", done, self.clean, edited)
            noise = tuple(random.Random(seed).sample(OPERATORS, UNDER_NOISE))
            before = self._seen(noisy(self.scene, noise, f"{seed} before"))
            after = self._seen(scene_bytes(written(scene, noise, f"{seed} after")))
            yield from self._found(name, "under noise", done, before, after, fields)

    def _found(
        self,
        name: str,
        section: str,
        done: Done,
        before: "_Seen",
        after: "_Seen",
        fields: frozenset[str] = frozenset(),
    ) -> Generator[Trial, None, frozenset[str]]:
        """The fields that are told; without ``fields`` among them, noise is told, not the edit."""
        found = self._compare(before, after)
        named = frozenset(found.difference.fields if found.difference else ())
        told, weight = bool(named), _weight(found, done)
        right = (told and fields <= named) or (done.may_be_unseen and found.comparable)
        failure = "" if right and weight is not False else _difference(found)
        yield self._trial(section, name, OURS, told, right, weight=weight, failure=failure)
        for tool in self.tools:
            told = before.text(tool) != after.text(tool)
            yield self._trial(section, name, tool, told, told or done.may_be_unseen)
        return named

    def _is_wanted(self, section: str, name: str) -> bool:
        named = not self.task.operators or name in self.task.operators
        return (
            named and random.Random(f"{self.case.file} {section} {name}").random() < self.task.share
        )

    def _compare(self, before: "_Seen", after: "_Seen") -> Comparison:
        return compare_readings(before.reading, after.reading, site_of(self.case))

    def _seen(self, body: bytes) -> "_Seen":
        return _Seen(body, read_body(body, self.case))

    def _trial(
        self,
        section: str,
        operator: str,
        tool: str,
        told: bool,
        right: bool,
        *,
        weight: bool | None = None,
        failure: str = "",
    ) -> Trial:
        return Trial(
            section=section,
            operator=operator,
            tool=tool,
            file=self.case.file,
            told=told,
            right=right,
            weight=weight,
            failure=failure,
        )


class _Seen:
    """A page as the tools see it, each asked once."""

    def __init__(self, body: bytes, reading: Reading) -> None:
        self.reading = reading
        self._body = body
        self._texts: dict[str, str] = {}

    def text(self, tool: str) -> str:
        if tool not in self._texts:
            self._texts[tool] = text_of(tool, self._body)
        return self._texts[tool]


def _weight(found: Comparison, done: Done) -> bool | None:
    if found.difference is None:
        return None
    named = not done.note or bool(found.difference.explanation.correction_notes)
    return found.difference.weight in done.right and named


def _difference(found: Comparison) -> str:
    """What a comparison says, and the lines that differ."""
    if not found.comparable:
        return f"not comparable: {found.reason}"
    if found.difference is None or found.before is None or found.after is None:
        return "nothing is told"
    told = [f"{found.difference.weight}: {', '.join(found.difference.fields)}"]
    changes = found.difference.explanation.fields
    told += [f"  {one.field}: {', '.join(one.reasons)}" for one in changes]
    for name in found.difference.fields:
        old, new = _lines(found.before, name), _lines(found.after, name)
        told += [f"    - {line[:160]}" for line in old if line not in new][:4]
        told += [f"    + {line[:160]}" for line in new if line not in old][:4]
    return "\n".join(told)


def _lines(article: Article, name: str) -> list[str]:
    if name == "body":
        return [block.text for block in article.blocks]
    value = getattr(article, name)
    return list(value) if isinstance(value, tuple) else [str(value)]
