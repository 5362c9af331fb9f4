"""How soon are edits found? The planner against other rules, in a simulated world of news.

``python benchmarks/freshness.py [--hosts 24] [--days 90] [--seeds 101-110] [--budgets 6,12,24,48]
[--rules …] [--second] [--processes 2] [--results FILE]``. The worlds are calibrated, not
observed (:mod:`news_world`). The planner is the real one: its pure functions in memory
(:mod:`pure_rule`), or, as ``planner+store``, with the store's columns, queries and nightly
learning (:mod:`stored_rule`). Every rule gets the same requests per hour and host, 25 % of them for
listings, and spends one on each new article and each second look. Seeds below 100 are for
tuning. With ``--results`` what was done is kept, and a second call goes on.

Ten seeds of 24 hosts take some 20 minutes on two free cores; 60 hosts, or the store, more.
An edit that is found after more than a week, or never, counts as found after a week.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from freshness_run import LISTINGS, Host, Outcome
from news_world import RESTLESS_SHARE, Kind, Story, make
from pure_rule import Memory
from recheck_rules import Fixed, FixedWeek, Newsdiffs, Nutch, Oracle, Rule, SinceChange, Tiers
from stored_rule import Planner, Stored

PEERS: Mapping[str, Callable[[], Rule]] = {
    "fixed": Fixed,
    "fixed-7-days": FixedWeek,
    "tiers": Tiers,
    "newsdiffs": Newsdiffs,
    "nutch": Nutch,
    "since change": SinceChange,
}
RULES = (*PEERS, "planner", "oracle")
KINDS = {
    "plain": Kind(),
    "restless": Kind(restless=RESTLESS_SHARE),
    "quiet": Kind(quiet=True),
    "wrong": Kind(),
    "wrong down": Kind(),
}
WRONG = {"wrong": 5.0, "wrong down": 0.2}
STUDENT = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14)

Task = tuple[str, str, float, int, int, float]
"""World, rule, requests per hour, seed, hosts, days."""


def play(task: Task) -> dict[str, Any]:
    """One rule in one world."""
    world, rule, budget, seed, hosts, days = task
    began = time.process_time()
    stories = make(seed, hosts=hosts, days=days, kind=KINDS[world])
    looks = budget * (1 - LISTINGS)
    if rule == "planner":
        memory = Memory(hosts, looks, wrong=WRONG.get(world, 1.0))
        pairs = zip(stories, memory.rules, strict=True)
        outcomes = _played([Host(*each, budget, days) for each in pairs], days, memory.night)
    elif rule == "planner+store":
        outcomes = _stored(stories, looks, budget, days, WRONG.get(world, 1.0))
    elif rule == "oracle":
        outcomes = _played(
            [Host(each, Oracle(each, looks, days), budget, days) for each in stories], days
        )
    else:
        outcomes = _played([Host(each, PEERS[rule](), budget, days) for each in stories], days)
    cpu = time.process_time() - began
    return {"task": task, "cpu": cpu, **_figures(outcomes, len(stories) * days * 24)}


def _stored(
    stories: Sequence[Sequence[Story]], looks: float, budget: float, days: float, wrong: float
) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as folder:
        planner = Planner(Path(folder) / "store.db", len(stories), looks, wrong=wrong)
        rules = [Stored(planner, each) for each in planner.site_ids]
        hosts = [Host(*each, budget, days) for each in zip(stories, rules, strict=True)]
        outcomes = _played(hosts, days, planner.night)
        planner.close()
    return outcomes


def _played(
    hosts: Sequence[Host], days: float, night: Callable[[float], None] | None = None
) -> list[Outcome]:
    for day in range(1, int(days) + 1):
        for host in hosts:
            host.until(day * 24)
        if night:
            night(day * 24.0)
    return [host.close() for host in hosts]


def _figures(outcomes: Sequence[Outcome], host_hours: float) -> dict[str, float]:
    delays = sorted(delay for each in outcomes for delay in each.delays)
    withdrawals = [delay for each in outcomes for delay in each.withdrawals]
    news = [delay for each in outcomes for delay in each.news]
    return {
        "mean": statistics.fmean(delays),
        "p95": delays[int(len(delays) * 0.95)],
        "missed": sum(each.missed for each in outcomes) / len(delays),
        "overwritten": sum(each.overwritten for each in outcomes) / len(delays),
        "withdrawals": statistics.fmean(withdrawals or [0.0]),
        "news": statistics.fmean(news),
        "requests": sum(each.requests for each in outcomes) / host_hours,
    }


def tasks(chosen: argparse.Namespace) -> Iterator[Task]:
    for seed in chosen.seeds:
        for budget in chosen.budgets:
            for rule in chosen.rules:
                yield ("plain", rule, budget, seed, chosen.hosts, chosen.days)
        for world in ("restless", "wrong", "wrong down", "quiet") if chosen.second else ():
            for rule in ("planner",) if world.startswith("wrong") else ("planner", "since change"):
                yield (world, rule, 24.0, seed, chosen.hosts, chosen.days)


def main() -> None:
    chosen = _arguments()
    done = _kept(chosen.results)
    wanted = [task for task in tasks(chosen) if task not in done]
    with Pool(chosen.processes) as pool:
        for result in pool.imap_unordered(play, wanted):
            done[tuple(result["task"])] = result
            print(f"{result['task']} mean {result['mean']:.2f} h", file=sys.stderr, flush=True)
            if chosen.results:
                with chosen.results.open("a") as file:
                    file.write(json.dumps(result) + "\n")
    for line in table(chosen, done):
        print(line)


def _kept(results: Path | None) -> dict[Task, dict[str, Any]]:
    lines = results.read_text().splitlines() if results and results.exists() else []
    found = [json.loads(line) for line in lines]
    return {tuple(each["task"]): each for each in found}


def table(chosen: argparse.Namespace, done: Mapping[Task, Mapping[str, Any]]) -> Iterator[str]:
    """Each rule's figures over the seeds, and the planner's ratios seed by seed."""

    def over(world: str, rule: str, budget: float, figure: str) -> list[float]:
        where = [(world, rule, budget, seed, chosen.hosts, chosen.days) for seed in chosen.seeds]
        return [done[task][figure] for task in where if task in done]

    yield (
        f"{chosen.hosts} hosts, {chosen.days:g} days, seeds {chosen.seeds[0]} to "
        f"{chosen.seeds[-1]}; hours, mean over seeds ± half of the 95 % interval"
    )
    yield (
        f"{'per hour':8} {'rule':13} {'mean delay':>14} {'p95':>7} {'missed':>7} {'overwr.':>7} "
        f"{'withdrawn':>9} {'news':>5} {'requests':>8} {'planner is better':>18}"
    )
    pairs = [("plain", rule, budget) for budget in chosen.budgets for rule in chosen.rules]
    second = [(world, rule, 24.0) for world in KINDS if world != "plain" for rule in RULES]
    for world, rule, budget in pairs + second * chosen.second:
        means = over(world, rule, budget, "mean")
        if not means:
            continue
        own = over("plain" if world != "quiet" else world, "planner", budget, "mean")
        ratios = [each / ours for each, ours in zip(means, own, strict=False)]
        rest = {name: statistics.fmean(over(world, rule, budget, name)) for name in FIGURES}
        name = rule if world == "plain" else f"{rule}, {world}"
        yield (
            f"{budget:<8g} {name:13} {_interval(means):>14} {rest['p95']:7.1f} "
            f"{rest['missed']:7.2%} {rest['overwritten']:7.1%} {rest['withdrawals']:9.1f} "
            f"{rest['news']:5.2f} {rest['requests']:8.2f} {_interval(ratios):>18}"
        )


FIGURES = ("p95", "missed", "overwritten", "withdrawals", "news", "requests")


def _interval(values: Sequence[float]) -> str:
    if not values:
        return ""
    if len(values) == 1:
        return f"{values[0]:.2f}"
    student = STUDENT[min(len(values) - 2, len(STUDENT) - 1)]
    half = student * statistics.stdev(values) / len(values) ** 0.5
    return f"{statistics.fmean(values):.2f} ± {half:.2f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=24)
    parser.add_argument("--days", type=float, default=90.0)
    parser.add_argument("--seeds", type=_seeds, default="101-110")
    parser.add_argument("--budgets", type=_numbers, default="6,12,24,48")
    parser.add_argument("--rules", type=lambda text: text.split(","), default=",".join(RULES))
    parser.add_argument("--second", action="store_true", help="the second table's worlds too")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--results", type=Path)
    return parser.parse_args()


def _seeds(text: str) -> list[int]:
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def _numbers(text: str) -> list[float]:
    return [float(each) for each in text.split(",")]


if __name__ == "__main__":
    main()
