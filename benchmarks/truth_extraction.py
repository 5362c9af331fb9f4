"""How much of an article's text is read, and how little else: F1 against gold texts."""

import re
import unicodedata
import warnings
from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from figures import Figure, at_least, print_table
from saved_pages import Case, cases, read_body, site_of
from tools import SETTINGS, extracted

from monitor.apart import Broken, call_apart
from pipelines.dates import read_moment
from pipelines.normalise import comparable

OURS = ("lead and text", "with captions")
MEASURES = ("words", "shingles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """F1 by (text, measure), and what of the page's facts was read wrongly."""

    file: str
    language: str
    scores: dict[tuple[str, str], float]
    wrong: tuple[str, ...]


def measure_extraction(*, verbose: bool) -> list[Figure]:
    pages = []
    for found in call_apart(_measure, list(cases()), seconds=120):
        if isinstance(found, Broken):
            raise SystemExit(f"a page {found.reason}")
        pages.append(found)
    scored = [one for one in pages if one.scores]
    local = [one for one in scored if one.language == "vi"]
    rows, means = [], {}
    for text in (*OURS, *SETTINGS):
        means[text] = [_mean(scored, text, measure) for measure in MEASURES]
        more = [f"{_mean(local, text, one):.4f}" for one in MEASURES]
        least = [f"{min(page.scores[text, one] for page in local):.3f}" for one in MEASURES]
        rows.append([text, *(f"{value:.4f}" for value in means[text]), *more, *least])
    head = [f"{where}{one}" for where in ("", "vi ", "vi least ") for one in MEASURES]
    print_table((f"F1 on {len(scored)} pages", *head), rows)
    _tell_pages(pages, local, verbose=verbose)
    return _figures(means, local)


def _figures(means: dict[str, list[float]], local: list[Measured]) -> list[Figure]:
    figures = []
    for place, measure in enumerate(MEASURES):
        best = max(means[setting][place] for setting in SETTINGS)
        mine = means[OURS[0]][place]
        figures.append(at_least(f"F1 ({measure}), to trafilatura's best", mine, round(best, 4)))
    least = min(page.scores[OURS[0], "words"] for page in local)
    average = _mean(local, OURS[0], "words")
    return [
        *figures,
        at_least("F1 of the worst Vietnamese page", least, 0.95),
        at_least("F1 of Vietnamese pages", average, 0.98),
    ]


def _tell_pages(pages: list[Measured], local: list[Measured], *, verbose: bool) -> None:
    for page in local:
        told = " ".join(f"{page.scores[text, 'words']:.3f}" for text in (*OURS, *SETTINGS))
        print(f"  {told} {page.file}")
    if verbose:
        for page in pages:
            if page.scores and page.scores[OURS[0], "words"] < 0.95:
                told = " ".join(f"{page.scores[text, 'words']:.3f}" for text in (*OURS, *SETTINGS))
                print(f"  {told} {page.file[:34]}")
    wrong = [f"{page.file[:34]}: {told}" for page in pages for told in page.wrong]
    print(f"{len(wrong)} facts wrong", *wrong, sep="\n  ")


def _mean(pages: list[Measured], text: str, measure: str) -> float:
    return sum(page.scores[text, measure] for page in pages) / len(pages)


def _measure(case: Case) -> Measured:
    warnings.simplefilter("ignore")
    reading = read_body(case.body, case)
    article = reading.article
    wrong = [] if reading.kind == case.kind else [f"{reading.kind} ({reading.reason})"]
    texts = dict.fromkeys(OURS, "")
    if article is not None:
        texts[OURS[0]] = f"{article.lead}\n{article.text}"
        texts[OURS[1]] = "\n".join((article.lead, article.text, *article.captions))
        if case.title and comparable(article.title) != comparable(case.title):
            wrong.append(f"title {article.title!r}, not {case.title!r}")
        moment = read_moment(case.published, ZoneInfo(site_of(case).timezone))
        if case.published and (moment is None or moment.at != article.published_at):
            wrong.append(f"published {article.published_at}, not {case.published}")
    if not case.gold:
        return Measured(file=case.file, language=case.language, scores={}, wrong=tuple(wrong))
    texts |= {setting: extracted(setting, case.body) for setting in SETTINGS}
    scores = {
        (name, measure): f1(_pieces(text, measure), _pieces(case.gold, measure))
        for name, text in texts.items()
        for measure in MEASURES
    }
    return Measured(file=case.file, language=case.language, scores=scores, wrong=tuple(wrong))


def _pieces(text: str, measure: str) -> Counter[tuple[str, ...]]:
    """Words, or the runs of four words that scrapinghub's benchmark counts."""
    found = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    size = 1 if measure == "words" else min(4, max(len(found), 1))
    return Counter(zip(*(found[start:] for start in range(size)), strict=False))


def f1(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
