"""Tables of the trials: noise that was told, edits that were not."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from figures import Figure, at_least, at_most, print_table, share
from operators_edits import EDITS
from operators_noise import OPERATORS, ROTATING
from saved_pages import cases
from tools import TOOLS
from trials import OURS, Task, Trial, try_page

from monitor.apart import Broken, call_apart

LONGEST = 900.0
"""Seconds for all trials on one page."""
OTHERS_STEP = 12
"""Other tools are slow: they try every so many pages."""
TOGETHER = ("two of them", "all of them", "all")
ORDER = tuple(
    dict.fromkeys([*(one.__name__ for one in (*OPERATORS, *ROTATING, *EDITS)), *TOGETHER])
)


def run_trials(
    sections: Sequence[str], *, operators: frozenset[str], share_of: float, others: bool
) -> list[Trial]:
    """All trials of these sections over all article pages, in order."""
    articles = [case for case in cases() if case.kind == "article"]
    tasks = [
        Task(
            case=case,
            sections=tuple(sections),
            operators=operators,
            share=share_of,
            others=others and number % OTHERS_STEP == 0,
        )
        for number, case in enumerate(articles)
    ]
    trials: list[Trial] = []
    for task, found in zip(tasks, call_apart(try_page, tasks, seconds=LONGEST), strict=True):
        if isinstance(found, Broken):
            raise SystemExit(f"trying {task.case.file} {found.reason}")
        trials += found
    return trials


def tell_noise(trials: Iterable[Trial], section: str, *, verbose: bool) -> list[Figure]:
    mine = [trial for trial in trials if trial.section == section]
    title = "noise: false alarms" if section == "noise" else "link-free rotating text (apart)"
    _print(title, mine, lambda trial: trial.told)
    _tell_failures(mine, verbose=verbose)
    ours = [trial for trial in mine if trial.tool == OURS]
    if section != "noise" or not ours:
        return []
    alarms: dict[str, list[bool]] = defaultdict(list)
    for trial in ours:
        alarms[trial.operator].append(trial.told)
    worst = max(alarms, key=lambda name: sum(alarms[name]) / len(alarms[name]))
    overall = at_most("noise told", sum(trial.told for trial in ours) / len(ours), 0.01)
    told, tried = sum(alarms[worst]), len(alarms[worst])
    if tried < FEWEST_JUDGED:
        print(f"worst noise ({worst}): {told} of {tried}, too few to judge one operator by")
        return [overall]
    return [overall, at_most(f"worst noise ({worst})", told / tried, 0.05)]


FEWEST_JUDGED = 60
"""Pages from which one operator's share of false alarms is judged: a sample has fewer."""


def tell_edits(trials: Iterable[Trial], *, verbose: bool) -> list[Figure]:
    figures = []
    for section, limit in (("alone", 0.99), ("under noise", 0.98)):
        mine = [trial for trial in trials if trial.section == section]
        _print(f"edits found, {section}", mine, lambda trial: trial.right)
        _tell_failures(mine, verbose=verbose)
        ours = [trial for trial in mine if trial.tool == OURS]
        weighed = [trial.weight for trial in ours if trial.weight is not None]
        if ours and weighed:
            found = sum(trial.right for trial in ours) / len(ours)
            figures.append(at_least(f"edits found {section}", found, limit))
            right = sum(weighed) / len(weighed)
            figures.append(at_least(f"weights right {section}", right, 0.95))
        if ours and section == "alone":
            tones = [one for one in ours if one.operator == "tone_placement"]
            heavy = sum(one.weight is False for one in tones)
            figures.append(at_most("tone placement above cosmetic", heavy, 0))
    _tell_weights(trials)
    return figures


def _print(title: str, trials: Sequence[Trial], counts: Callable[[Trial], bool]) -> None:
    tried: Counter[tuple[str, str]] = Counter()
    counted: Counter[tuple[str, str]] = Counter()
    for trial in trials:
        for operator in (trial.operator, "all"):
            tried[operator, trial.tool] += 1
            counted[operator, trial.tool] += counts(trial)
    tools = [OURS, *(tool for tool in TOOLS if tried["all", tool])]
    operators = [name for name in ORDER if tried[name, OURS]]
    rows = [
        [
            name,
            str(tried[name, OURS]),
            *(share(counted[name, one], tried[name, one]) for one in tools),
        ]
        for name in operators
    ]
    print_table((title, "tried", *tools), rows)


def _tell_weights(trials: Iterable[Trial]) -> None:
    weighed: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for trial in trials:
        if trial.tool == OURS and trial.weight is not None:
            weighed[trial.operator] += 1
            right[trial.operator] += trial.weight
    rows = [
        [name, str(weighed[name]), share(right[name], weighed[name])]
        for name in ORDER
        if weighed[name]
    ]
    print_table(("weights right", "weighed", OURS), rows)


def _tell_failures(trials: Iterable[Trial], *, verbose: bool) -> None:
    for trial in trials:
        wrong = not trial.right or trial.weight is False
        if verbose and wrong and trial.tool == OURS:
            what = "weight" if trial.right else "told" if trial.told else "unseen"
            print(f"  {trial.section}, {trial.operator}, {trial.file[:34]}: {what}")
            for line in trial.failure.splitlines():
                print(f"      {line}")
