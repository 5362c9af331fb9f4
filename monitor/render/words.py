"""How kinds, fields, problems and times are put for people: the English words.

The other languages stand in ``locale/``; ``language.py`` finds them by these.
"""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.changes import Kind
from pipelines.explanation import FieldName
from pipelines.memory import LearnedKind
from pipelines.reasons import Reason, Weight

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")

KINDS: Final[dict[Kind, str]] = {
    "new": "new",
    "edited": "edited",
    "retitled": "retitled",
    "corrected": "corrected",
    "reworded": "reworded",
    "retranslated": "translated again",
    "withdrawn": "withdrawn",
    "restored": "restored",
    "moved": "moved",
}
"""In the order in which a report tells them."""

FIELD_NAMES: Final[dict[FieldName, str]] = {
    "title": "Title",
    "lead": "Lead",
    "body": "Text",
    "captions": "Captions",
    "author": "By",
    "published_at": "Published",
}

WEIGHT_NAMES: Final[dict[Weight, str]] = {
    "substantive": "substantive",
    "minor": "minor",
    "cosmetic": "cosmetic",
}

REASON_NAMES: Final[dict[Reason, str]] = {
    "title": "other words in the title",
    "published_at": "time of publication",
    "author": "byline",
    "figures": "figures",
    "number_words": "numbers in words",
    "days": "days",
    "directions": "rose or fell",
    "names": "names",
    "negation": "negation",
    "quotation": "quotation",
    "sentence_removed": "sentence removed",
    "sentence_added": "sentence added",
    "passage": "long passage",
    "correction_note": "correction note",
    "spelling": "spelling",
    "wording": "wording",
    "moved": "moved text",
    "punctuation": "punctuation",
    "letter_case": "capitals",
    "tone_placement": "place of tone marks",
    "script": "other letter forms",
    "repetition": "repeated caption",
    "retelling": "another translation",
}
"""Why a change weighs what it weighs."""

LEFT_OUT: Final = "What else was told then is left out as noise today:"
ALL_LEFT_OUT: Final = "What differed then is left out as noise today. It was told as:"

LEARNED: Final[dict[LearnedKind, str]] = {
    "block": "text on many pages",
    "rotating": "line that comes and goes",
    "slot": "places that never show the same",
    "position": "place of lines that come and go",
}
"""What a site's pages taught to leave out."""

PROBLEMS: Final = {
    "unreachable": "does not answer, or with server errors only",
    "unanswered": "gives no answer, or a server error, at some addresses",
    "unreadable": "answers some addresses with nothing that can be read",
    "certificate": "its certificate cannot be verified",
    "robots_forbids": "its robots.txt forbids pages that were asked for",
    "refused": "points at addresses that may not be fetched",
    "too_large": "answers with more than the size limit",
    "too_many_redirects": "redirects without end",
    "blocked": "refuses us, or shows block pages or cookie walls only",
    "page_blocked": "refuses us some pages, or shows a block page or cookie wall there",
    "crashed": "has a page that baowatch could not bear: please report it",
    "soft_404": "says 'not found' without saying so in the status",
    "front_page": "sends readers of an article to its front page",
    "redirects_elsewhere": "sends readers of an article to another one",
    "listing": "shows a listing where an article stood",
    "empty": "has an article page without text",
    "not_html": "answers with something that is no HTML",
    "truncated": "cuts a page short",
    "template_changed": "has a new template",
    "many_differ": "shows many articles otherwise at once",
    "layout_drift": "is built otherwise than before",
    "another_page": "shows another page under an article's address",
    "text_collapsed": "shows an article with little of its text",
    "parts_missing": "shows an article without parts that its pages always have",
    "page_lost": "has an article whose stored page is gone, so that it was compared with nothing",
    "unexpected_304": "says 'not modified' unasked",
    "archive_failed": "has pages that could not be archived (WARC); the store holds them",
    "silent": "has no new articles where some were to be expected",
    "too_many": "has far more new articles than ever; other pages may be taken for articles",
    "uncompared": "has an article that could not be compared with others: please report it",
    "portal_moves": "moves: many of its articles are no more where they stood",
    "dead_run": "has a run that gives no sign of life any more",
    "extraction_broken": "has pages that are suddenly read without a date or with little text",
    "over_budget": "has more due than its requests per hour allow",
    "clock_jumped": "the machine's clock jumped",
    "disk_low": "the disk of the store is nearly full",
    "undelivered": "a channel of notify.yml does not take what is sent to it",
    "run_died": "its last crawl died and is finished by the next one",
    "run_store_failed": "its last crawl could not write to the store",
    "run_disk_low": "its last crawl ended since the store's disk is nearly full",
    "run_shutdown": "its last crawl was stopped before its end",
    "run_cancelled": "its last crawl was stopped before its end",
}

CLOSE_REASONS: Final = {
    "finished": "everything that was due was looked at",
    "budget_spent": "the site's requests of this hour are used up; a later run goes on",
    "told_to_wait": "the site asked for a wait of more than an hour, or was busy four times in a "
    "row; a later run goes on",
    "unreachable": "the site gave no answer several times in a row, or none to a probe; it is "
    "probed, slowly, until it answers",
    "already_running": "another crawl of the site is under way; nothing was fetched",
    "store_failed": "the store could not be read or written, a full disk for instance; nothing "
    "was lost",
    "disk_low": "too little space was free on the store's disk; nothing was lost",
    "died": "the process ended without a word; the next run of the site finished its work",
    "shutdown": "the process was asked to stop; a later run goes on",
    "cancelled": "a component closed the crawl",
    "memusage_exceeded": "the process outgrew its memory limit",
}
"""Why a run ended."""


def local(moment: datetime) -> str:
    """A time as people in Việt Nam read it, with its offset."""
    return moment.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M %z")


def is_day(moment: datetime) -> bool:
    """Whether a page's own time is just a day: many print no hour, and are read as midnight."""
    return moment.astimezone(LOCAL).time() == time()


def published(moment: datetime) -> str:
    """A page's own time as people in Việt Nam read it; no hour that the page may not have said."""
    return f"{moment.astimezone(LOCAL):%Y-%m-%d}" if is_day(moment) else local(moment)


def problem(kind: str) -> str:
    """A problem in words; one without words by its name."""
    return PROBLEMS.get(kind, kind.replace("_", " "))
