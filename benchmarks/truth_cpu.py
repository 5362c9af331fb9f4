"""CPU per page, as a multiple of bare trafilatura's in the same run."""

import hashlib
import time
import warnings
from collections.abc import Callable
from dataclasses import replace

from figures import Figure, at_most, print_table
from operators_noise import OPERATORS, noisy
from saved_pages import Case, cases, page, read_body, site_of
from scene import stage
from siblings import siblings
from trafilatura import bare_extraction

from pipelines.induction import learn
from pipelines.profile import Profile
from pipelines.reading import read

STEP = 4
"""Every so many pages are enough."""
REPEATS = 3
NOISE = OPERATORS[::9]
LIMITS = {"full read": 1.3, "known layout, noise": 0.3, "equal bytes": 0.02}


def measure_cpu() -> list[Figure]:
    """Ways to meet a page again; a layout is timed where one can be learned."""
    warnings.simplefilter("ignore")
    pages = [case for case in cases() if case.kind == "article" and case.gold][::STEP]
    spent = [_timed(case) for case in pages]
    rows, figures = [], []
    for name in ("bare trafilatura", *LIMITS):
        both = [(one[name], one["bare trafilatura"]) for one in spent if name in one]
        mine, bare = (sum(values) for values in zip(*both, strict=True))
        worst = max(one / other for one, other in both)
        milliseconds = f"{1000 * mine / len(both):.1f}"
        rows.append([name, str(len(both)), milliseconds, f"{mine / bare:.3f}", f"{worst:.2f}"])
        if name in LIMITS:
            figures.append(at_most(f"CPU, {name}", mine / bare, LIMITS[name]))
    print_table(("CPU, to bare trafilatura", "pages", "ms a page", "ratio", "worst page"), rows)
    return figures


def _timed(case: Case) -> dict[str, float]:
    """Seconds of CPU by way."""
    body = case.body
    ways: dict[str, Callable[[], object]] = {
        "bare trafilatura": lambda: bare_extraction(
            body, include_comments=False, with_metadata=False
        ),
        "full read": lambda: read_body(body, case),
        "equal bytes": lambda: hashlib.sha256(body).digest(),
    }
    if known := _known(case):
        again, profile = known
        site = site_of(case)
        ways["known layout, noise"] = lambda: read(page(again, case.url), site, profile=profile)
    return {name: _least(way) for name, way in ways.items()}


def _known(case: Case) -> tuple[bytes, Profile] | None:
    """The page with other noise, and the profile of its site; None where no layout fits."""
    scene = stage(case)
    if scene is None:
        return None
    pages = [page(body, case.url) for body in (*siblings(scene), case.body)]
    pages = [replace(one, url=f"{case.url}?{number}") for number, one in enumerate(pages)]
    profile = learn(pages, site_of(case))
    again = noisy(scene, NOISE, case.file)
    if (
        profile is None
        or read(page(again, case.url), site_of(case), profile=profile).layout is None
    ):
        return None
    return again, profile


def _least(way: Callable[[], object]) -> float:
    """Seconds of CPU of the fastest of some repeats."""
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        way()
        times.append(time.process_time() - started)
    return min(times)
