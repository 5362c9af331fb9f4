"""CPU per page, as a multiple of bare trafilatura's on the same bytes, in the same run.

Ours includes the fingerprints, by which a crawl tells that nothing changed. Each way takes
the fastest of some repeats; ratios are of the sums over all pages.
"""

import hashlib
import time
import warnings
from collections.abc import Callable
from dataclasses import replace

from figures import Figure, at_most, print_table
from operators_noise import OPERATORS, noisy
from saved_pages import Case, cases, page, site_of
from scene import stage
from siblings import siblings
from trafilatura import bare_extraction

from crawlers.page import Page
from crawlers.site import Site
from pipelines.fingerprint import Fingerprints, fingerprints
from pipelines.induction import learn
from pipelines.profile import NO_PROFILE, Profile
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
    for name, limit in LIMITS.items():
        both = [one[name] for one in spent if name in one]
        mine, bare = (sum(values) for values in zip(*both, strict=True))
        ratios = [one / other for one, other in both]
        times = (f"{1000 * seconds / len(both):.1f}" for seconds in (mine, bare))
        shares = (mine / bare, sum(ratios) / len(ratios), max(ratios))
        rows.append([name, str(len(both)), *times, *(f"{share:.3f}" for share in shares)])
        figures.append(at_most(f"CPU, {name}", mine / bare, limit))
    print_table(("CPU", "pages", "ms a page", "trafilatura", "ratio", "mean", "worst page"), rows)
    return figures


def _timed(case: Case) -> dict[str, tuple[float, float]]:
    """Seconds of CPU by way: ours and bare trafilatura's on the same bytes."""
    body, site = case.body, site_of(case)
    bare = _bare(body)
    spent = {
        "full read": (_least(lambda: _looked_at(page(body, case.url), site)), bare),
        "equal bytes": (_least(lambda: hashlib.sha256(body).digest()), bare),
    }
    if known := _known(case):
        again, profile = known
        mine = _least(lambda: _looked_at(page(again, case.url), site, profile))
        spent["known layout, noise"] = (mine, _bare(again))
    return spent


def _looked_at(seen: Page, site: Site, profile: Profile = NO_PROFILE) -> Fingerprints | None:
    """What a crawl makes of a page before it says that nothing changed."""
    article = read(seen, site, profile=profile).article
    return fingerprints(article) if article else None


def _bare(body: bytes) -> float:
    return _least(lambda: bare_extraction(body, include_comments=False, with_metadata=False))


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
