"""Are baowatch's alarms true? Noise that must not be told, edits that must, and at what price.

    python benchmarks/truth.py [--gate] [--sample N] [--only NAME] [-v] [SECTION…]

Sections: recaptures, noise, edits, extraction, cpu; all without one. Every tool is measured in
the same run, on the saved pages beside the repository (../shared/pages). ``--gate`` ends with
status 1 where a figure is missed, and leaves out the other tools; ``--sample N`` tries one in N
of noise and edits, and judges no single operator; ``--only`` tries the operators of these names;
``-v`` prints each failure.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

from figures import Figure
from saved_pages import PAGES
from truth_cpu import measure_cpu
from truth_extraction import measure_extraction
from truth_recaptures import measure_recaptures
from truth_trials import run_trials, tell_edits, tell_noise

SECTIONS = ("recaptures", "noise", "edits", "extraction", "cpu")


def main() -> int:
    raw = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("sections", nargs="*", metavar="SECTION", choices=[[], *SECTIONS])
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("-v", "--verbose", action="store_true")
    chosen = parser.parse_args()
    if not (PAGES / "pages.csv").exists():
        print(f"skipped: the saved pages are not there (../{PAGES.parent.name}/{PAGES.name})")
        return 0
    figures = list(_figures(chosen, chosen.sections or SECTIONS))
    print("\nmust show")
    print(*figures, sep="\n")
    missed = [one for one in figures if not one.met]
    print(f"{len(figures) - len(missed)} of {len(figures)} met")
    return 1 if missed and chosen.gate else 0


def _figures(chosen: argparse.Namespace, sections: Sequence[str]) -> Iterator[Figure]:
    others, verbose = not chosen.gate, chosen.verbose
    if "cpu" in sections:  # first, while no other process of ours is at work
        yield from measure_cpu()
    if "recaptures" in sections:
        yield from measure_recaptures(others=others, verbose=verbose)
    if "extraction" in sections:
        yield from measure_extraction(verbose=verbose)
    tried = {"noise": ("noise", "rotating"), "edits": ("edits",)}
    trials = run_trials(
        [one for section in sections for one in tried.get(section, ())],
        operators=frozenset(chosen.only),
        share_of=1 / chosen.sample,
        others=others,
    )
    if "noise" in sections:
        yield from tell_noise(trials, "noise", verbose=verbose)
        tell_noise(trials, "rotating", verbose=False)
    if "edits" in sections:
        yield from tell_edits(trials, verbose=verbose)


if __name__ == "__main__":
    sys.exit(main())
