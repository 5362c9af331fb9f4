"""CPU per page, as a multiple of bare trafilatura's in the same run."""

import hashlib
import time
import warnings
from collections.abc import Callable

from figures import Figure, at_most, print_table
from saved_pages import cases, read_body
from trafilatura import bare_extraction

STEP = 4
"""Every so many pages are enough."""
REPEATS = 3


def measure_cpu() -> list[Figure]:
    warnings.simplefilter("ignore")
    pages = [case for case in cases() if case.kind == "article" and case.gold][::STEP]
    spent: dict[str, list[float]] = {}
    for case in pages:
        body = case.body
        ways: dict[str, Callable[[], object]] = {
            "bare trafilatura": lambda body=body: bare_extraction(
                body, include_comments=False, with_metadata=False
            ),
            "full read": lambda body=body, case=case: read_body(body, case),
            "equal bytes": lambda body=body: hashlib.sha256(body).digest(),
        }
        for name, way in ways.items():
            spent.setdefault(name, []).append(_least(way))
    bare = spent["bare trafilatura"]
    ratios = {name: sum(values) / sum(bare) for name, values in spent.items()}
    worst = {
        name: max(one / other for one, other in zip(values, bare, strict=True))
        for name, values in spent.items()
    }
    rows = [
        [
            name,
            f"{1000 * sum(values) / len(values):.1f}",
            f"{ratios[name]:.3f}",
            f"{worst[name]:.2f}",
        ]
        for name, values in spent.items()
    ]
    print_table((f"CPU on {len(pages)} pages", "ms a page", "ratio", "worst page"), rows)
    return [
        at_most("CPU of a full read, to trafilatura", ratios["full read"], 1.3),
        at_most("CPU of equal bytes, to trafilatura", ratios["equal bytes"], 0.02),
    ]


def _least(way: Callable[[], object]) -> float:
    """Seconds of CPU of the fastest of some repeats."""
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        way()
        times.append(time.process_time() - started)
    return min(times)
