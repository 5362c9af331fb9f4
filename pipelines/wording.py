"""Words that carry a fact, in the portals' languages. Data, and how often a text has them.

Every list is applied to every text: the languages share few of these words, and a page
may lie about its own. Add a word here to make its coming or going substantive.
"""

import re
from collections import Counter

from pipelines.normalise import fold
from pipelines.tokens import neutral

NEGATIONS = (
    *("không", "chưa", "chẳng", "chả", "chớ", "đừng"),
    *("not", "no", "never", "cannot", "without", "neither", "nor", "none", "nobody", "nothing"),
    *("لا", "لم", "لن", "ليس", "ليست", "ليسوا", "غير", "دون", "بدون", "عدم", "بلا"),
    *("نه", "نیست", "نیستند", "نبود", "نشد", "نکرد", "نداد", "ندارد", "نداشت", "نخواهد", "هیچ"),
    *("ne", "pas", "jamais", "nicht", "kein", "keine", "nunca", "não", "не", "нет", "ни"),
)
NEGATED = (r"\w+n't", "(?:و|ف)(?:لا|لم|لن|ليس|ليست)", "نمی\u200c?\\w+")
"""Patterns: English contractions, Arabic with a conjunction, Persian present tense."""
NEGATION_SIGNS = "不没沒未非無无"
NO_NEGATIONS = ("không gian", "không khí", "không quân", "hàng không", "trên không", "phòng không")

NUMBER_WORDS = (
    *("hai", "ba", "bốn", "tư", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi", "chục"),
    *("trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "rưỡi"),
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("dozen", "hundred", "thousand", "million", "billion", "half", "twice"),
    *("اثنان", "اثنين", "ثلاثة", "ثلاث", "أربعة", "أربع", "خمسة", "خمس", "ستة", "سبعة", "ثمانية"),
    *("تسعة", "عشرة", "عشر", "مئة", "مائة", "ألف", "آلاف", "مليون", "ملايين", "مليار"),
    *("دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "ده", "صد", "هزار", "میلیون", "میلیارد"),
)
"""Without "một" and "năm", which also mean "a" and "year"."""

DAYS = (
    *("hôm nay", "hôm qua", "ngày mai", "hôm kia", "chủ nhật"),
    *("today", "yesterday", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday", "january", "february", "april", "june", "july", "august"),
    *("september", "october", "november", "december"),
    *("اليوم", "أمس", "غدا", "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو"),
    *("أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "امروز", "دیروز", "فردا", "ژانویه"),
    *("فوریه", "آوریل", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
)
DIRECTIONS = (
    *("tăng", "giảm", "increase", "increased", "rose", "decrease", "decreased", "fell"),
    *("ارتفع", "ارتفعت", "انخفض", "انخفضت", "زيادة", "انخفاض", "افزایش", "کاهش"),
)

HONORIFICS = (
    *("ông", "bà", "anh", "chị", "mr", "mrs", "ms", "dr"),
    *("السيد", "السيدة", "الرفيق", "الرفيقة", "الدكتور", "الدكتورة", "آقای", "خانم", "دکتر"),
)
"""What stands before a name also in scripts without capitals."""

CORRECTION_LABELS = (
    *("đính chính", "cải chính", "sửa lại", "correction", "corrections", "clarification"),
    *("editor's note", "erratum", "تصحيح", "تصويب", "استدراك", "اصلاحیه", "تصحیح"),
    *("rectificatif", "corrección", "fe de errores", "berichtigung", "korrektur"),
    *("исправление", "поправка", "更正", "訂正", "정정"),
)
"""Open a note where a colon, dash, bracket or full stop follows soon."""
CORRECTION_SENTENCES = (
    *("an earlier version of this", "a previous version of this", "this article was amended"),
    *("this article has been corrected", "this story has been corrected"),
    *("bài viết đã được sửa", "bài viết đã được chỉnh sửa", "phiên bản trước của bài"),
    *("tòa soạn xin lỗi", "toà soạn xin lỗi", "thông tin lại cho đúng"),
)
"""Open a note by themselves."""


def _alternatives(phrases: tuple[str, ...]) -> str:
    longest_first = sorted({neutral(phrase) for phrase in phrases}, key=len, reverse=True)
    return "|".join(re.escape(phrase) for phrase in longest_first)


def _phrases(phrases: tuple[str, ...], *patterns: str) -> re.Pattern[str]:
    extra = "".join(f"|{neutral(pattern)}" for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{_alternatives(phrases)}{extra})(?!\w)")


_NO_NEGATION = _phrases(NO_NEGATIONS)
_NEGATION = re.compile(f"{_phrases(NEGATIONS, *NEGATED).pattern}|[{NEGATION_SIGNS}]")
_NUMBER_WORD = _phrases(NUMBER_WORDS)
_DAY = _phrases(DAYS)
_DIRECTION = _phrases(DIRECTIONS)
_HONORIFICS = frozenset(map(neutral, HONORIFICS))
_LABEL, _SENTENCE = (
    "|".join(sorted({fold(opening) for opening in openings}, reverse=True))
    for openings in (CORRECTION_LABELS, CORRECTION_SENTENCES)
)
_CORRECTION = re.compile(
    rf"[\W_]*(?:(?:{_LABEL})(?!\w)(?:[^.:]{{0,40}}[.:：–—)\]-]|\W*$)|(?:{_SENTENCE}))"
)


def negations(text: str) -> Counter[str]:
    """The negations of ``text``."""
    return Counter(_NEGATION.findall(_NO_NEGATION.sub("", neutral(text))))


def number_words(text: str) -> Counter[str]:
    """The numbers of ``text`` that are written as words."""
    return Counter(_NUMBER_WORD.findall(neutral(text)))


def days(text: str) -> Counter[str]:
    """The names of days and months in ``text``."""
    return Counter(_DAY.findall(neutral(text)))


def directions(text: str) -> Counter[str]:
    """The words of ``text`` that say whether something rose or fell."""
    return Counter(_DIRECTION.findall(neutral(text)))


def is_honorific(key: str) -> bool:
    """Whether a name follows the word with this key."""
    return key in _HONORIFICS


def is_correction_note(text: str) -> bool:
    """Whether a sentence or paragraph opens by saying that the article was corrected."""
    return bool(_CORRECTION.match(fold(text[:200])))
