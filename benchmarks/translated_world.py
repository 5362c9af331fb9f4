"""A world of provincial news and its translations, drawn from a seed.

Papers write in Vietnamese; an aggregator republishes some of it in other languages, hours or days
later, with facts lost and written otherwise. Around them: other papers on the same events, weekly
and yearly reports in the same words with other figures, articles that cite the same documents,
unrelated ones, and translations of what nobody has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final, Literal

from benchmarks.facts import (
    Amount,
    Document,
    Fact,
    Language,
    amount,
    bare,
    document,
    person,
    some_day,
    written,
)

PAPERS: Final = 34
AGGREGATOR: Final = "aggregator"
PairClass = Literal["address and slug", "slug", "address", "neither"]
CLASSES: Final[tuple[PairClass, ...]] = ("address and slug", "slug", "address", "neither")
LANGUAGES: Final[tuple[Language, ...]] = ("ar", "fa", "en", "ar", "fa", "en", "fr", "ru")
FIRST_DAY: Final = date(2026, 1, 5)
SPAN: Final = 90
"""Days of the world."""
LOST: Final = (0.0, 0.0, 0.1, 0.2, 0.3)
"""Of the amounts, that a translation leaves out: one of these shares; of other facts a third."""
MISTAKEN: Final = 0.02
"""Of the amounts, that a translation tells otherwise."""
WORDED: Final = 0.04
"""Of the amounts, that an original writes in words and its translation in digits."""
OPENERS: Final = (
    "Hội nghị triển khai nhiệm vụ trọng tâm",
    "Chủ tịch Ủy ban nhân dân tỉnh kiểm tra",
    "Khai mạc kỳ họp chuyên đề Hội đồng nhân dân",
    "Đoàn công tác của tỉnh thăm và làm việc",
    "Tăng cường công tác thông tin tuyên truyền",
)
_ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
_RHYMES = [
    "a",
    "á",
    "ạ",
    "an",
    "án",
    "anh",
    "ai",
    "ao",
    "ay",
    "ăn",
    "âm",
    "ân",
    "âu",
    "em",
    "ên",
    "iên",
    "iện",
    "inh",
    "oa",
    "oan",
    "ô",
    "ông",
    "ơ",
    "ơn",
    "u",
    "ung",
    "ương",
]
_LETTERS: Final = {
    "en": "abcdefghijklmnoprstuvw",
    "fr": "abcdefghijlmnopqrstuvé",
    "ar": "ابتثجحدرسشصطعفقكلمنهوي",
    "fa": "ابپتجچدرزسشعفقکگلمنوهی",
    "ru": "абвгдежзиклмнопрстуфхы",
}


@dataclass(kw_only=True)
class Story:
    """``role``: "original", or which kind of other article this is."""

    site: str
    url: str
    title: str
    blocks: list[str]
    published_at: datetime
    language: Language
    role: str
    original: "Story | None" = None
    pair_class: PairClass | None = None
    prints_address: bool = False
    facts: list[Fact] = field(default_factory=list)


class Words:
    """Made-up words of each language, common ones far more often."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._words: dict[str, list[str]] = {
            "vi": [on + rhyme for on in _ONSETS for rhyme in _RHYMES]
        }
        for language, letters in _LETTERS.items():
            self._words[language] = [
                "".join(draw.choice(letters) for _ in range(draw.randrange(2, 9)))
                for _ in range(1500)
            ]
        for words in self._words.values():
            draw.shuffle(words)

    def some(self, language: Language, count: int) -> list[str]:
        words = self._words[language]
        return [words[int(len(words) * self._draw.random() ** 2)] for _ in range(count)]


class World:
    """``pairs`` originals with a translation each among ``others`` other articles."""

    def __init__(self, seed: int, *, pairs: int = 80, others: int = 1000) -> None:
        self.draw = Random(seed)
        self.words = Words(self.draw)
        self._number = 0
        self.stories: list[Story] = []
        for index in range(pairs):
            self._pair(index)
        for _ in range(15):
            self._orphan_beside_another_paper()
        for _ in range(25):
            self._orphan()
        for _ in range(12):
            self._vietnamese_copy()
        while sum(each.role not in ("original", "translation") for each in self.stories) < others:
            self._add(self._article(self._facts(), self._moment(), role="unrelated"))
        self.draw.shuffle(self.stories)

    def _add(self, story: Story) -> Story:
        self.stories.append(story)
        return story

    def _moment(self) -> datetime:
        minutes = self.draw.randrange(SPAN * 1440)
        return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC) + timedelta(
            minutes=minutes
        )

    def _facts(self, published: datetime | None = None) -> list[Fact]:
        """Few, some or many. At least three are no names, which few scripts keep: of a story
        without any nobody could say where it comes from.
        """
        draw = self.draw
        count = draw.choice((5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 20))
        day = (published or self._moment()).date()
        facts: list[Fact] = [
            some_day(draw, day),
            amount(draw),
            (document if draw.random() < 0.5 else amount)(draw),
        ]
        while len(facts) < count:
            way = draw.random()
            if way < 0.17:
                facts.append(document(draw))
            elif way < 0.37:
                facts.append(person(draw))
            elif way < 0.52:
                facts.append(some_day(draw, day))
            else:
                facts.append(amount(draw))
        return facts

    def _title(self) -> str:
        rest = self.words.some("vi", self.draw.randrange(6, 12))
        if self.draw.random() < 0.3:
            return " ".join([self.draw.choice(OPENERS), *rest])
        return " ".join(rest).capitalize()

    def _article(
        self,
        facts: list[Fact],
        moment: datetime,
        *,
        role: str,
        title: str = "",
        besides: str = "",
    ) -> Story:
        draw = self.draw
        site = draw.choice([f"bao{n}" for n in range(PAPERS) if f"bao{n}" != besides])
        title = title or self._title()
        self._number += 1
        number = 100_000 + self._number * 7
        shown = [fact for fact in facts if not isinstance(fact, Amount) or draw.random() >= WORDED]
        slug = "-".join(bare(title).lower().split())
        cut = slug[:50].title()
        styles = (f"{slug}-post{number}.html", f"{_cut(slug, 60)}/d20260101{number}.htm",
                  f"pages/{moment:%Y-%m-%d-%H%M}/{cut}.aspx", f"tin/{number}")  # fmt: skip
        style = styles[int(site[3:]) % 8 % 4] if int(site[3:]) % 8 < 7 else styles[0]
        return Story(
            site=site,
            url=f"https://{site}.example/{style}",
            title=title,
            blocks=self._text(shown, "vi", eastern=False),
            published_at=moment,
            language="vi",
            role=role,
            facts=facts,
        )

    def _text(self, facts: list[Fact], language: Language, *, eastern: bool) -> list[str]:
        draw, blocks = self.draw, []
        todo = list(facts)
        for _ in range(draw.randrange(4, 9)):
            sentences = []
            for _ in range(draw.randrange(2, 5)):
                words = self.words.some(language, draw.randrange(9, 18))
                if todo and draw.random() < 0.75:
                    told = written(todo.pop(0), language, draw, eastern=eastern)
                    words.insert(draw.randrange(1, len(words)), told)
                sentences.append(_sentence(words))
            blocks.append(" ".join(sentences))
        for fact in todo:
            told = written(fact, language, draw, eastern=eastern)
            blocks[-1] += f" {_sentence([*self.words.some(language, 5), told])}"
        return blocks

    def _translation(self, original: Story, pair_class: PairClass | None) -> Story:
        draw = self.draw
        language = draw.choice(LANGUAGES)
        eastern = language in ("ar", "fa") and draw.random() < 0.5
        lost = draw.choice(LOST)
        kept = [
            fact
            for fact in original.facts
            if draw.random() >= (lost if isinstance(fact, Amount) else lost / 3)
        ]
        slug = "-".join(bare(original.title).lower().split())
        has_slug = pair_class is None or "slug" in pair_class
        kept = [amount(draw) if isinstance(fact, Amount) and draw.random() < MISTAKEN else fact
                for fact in kept]  # fmt: skip
        self._number += 1
        place = slug if has_slug else f"news/{900_000 + self._number}"
        delay = timedelta(minutes=int(draw.expovariate(1 / (20 * 60))))
        return Story(
            site=AGGREGATOR,
            url=f"https://www.aggregator.example/{language}/{place}",
            title=" ".join(self.words.some(language, 9)).capitalize(),
            blocks=self._text(kept, language, eastern=eastern),
            published_at=original.published_at + delay,
            language=language,
            role="translation",
            original=original,
            pair_class=pair_class,
            prints_address=pair_class is not None and "address" in pair_class,
            facts=kept,
        )

    def _pair(self, index: int) -> None:
        moment = self._moment()
        original = self._add(self._article(self._facts(moment), moment, role="original"))
        pair_class = CLASSES[index % len(CLASSES)]
        self._add(self._translation(original, pair_class))
        if index % 3 == 0:
            self._add(self._other_paper(original))
        if index % 5 == 1:
            self._reports_before(original)
        if index % 8 == 2:
            self._citing_articles(original)

    def _other_paper(self, original: Story) -> Story:
        """Another paper on the same event: some facts are the same, the words are its own."""
        draw = self.draw
        same = [fact for fact in original.facts if draw.random() < draw.uniform(0.3, 0.65)]
        own = self._facts(original.published_at)[: max(len(original.facts) - len(same), 2)]
        moment = original.published_at + timedelta(minutes=draw.randrange(-300, 600))
        title = original.title if draw.random() < 0.1 else ""
        return self._article(
            [*same, *own], moment, role="same event", title=title, besides=original.site
        )

    def _reports_before(self, original: Story) -> None:
        """The report of the year before, and of the week before: same title, other figures."""
        for days in (365, 7):
            facts = [amount(self.draw) if isinstance(fact, Amount) else fact
                     for fact in original.facts if isinstance(fact, Amount | Document)]  # fmt: skip
            moment = original.published_at - timedelta(days=days)
            story = self._article(facts, moment, role="report before", title=original.title)
            self._add(story)

    def _citing_articles(self, original: Story) -> None:
        cited = [fact for fact in original.facts if isinstance(fact, Document)]
        for _ in range(10):
            moment = original.published_at + timedelta(minutes=self.draw.randrange(-4000, 2000))
            facts = [*cited, *self._facts(moment)]
            self._add(self._article(facts, moment, role="same document"))

    def _orphan_beside_another_paper(self) -> None:
        """A translation whose original nobody has, and another paper's article on the event."""
        moment = self._moment()
        unseen = self._article(self._facts(moment), moment, role="original")
        self._add(self._translation(unseen, self.draw.choice(("slug", "neither"))))
        self._add(self._other_paper(unseen))

    def _orphan(self) -> None:
        moment = self._moment()
        unseen = self._article(self._facts(moment), moment, role="original")
        self._add(self._translation(unseen, self.draw.choice(("slug", "neither"))))

    def _vietnamese_copy(self) -> None:
        moment = self._moment()
        original = self._add(self._article(self._facts(moment), moment, role="copied"))
        copy = self._translation(original, None)
        copy.language, copy.role = "vi", "copy"
        copy.title, copy.blocks = original.title, list(original.blocks)
        copy.url = f"https://www.aggregator.example/{self._number}"
        if self.draw.random() < 0.5:
            copy.blocks[self.draw.randrange(len(copy.blocks))] = _sentence(
                self.words.some("vi", 20)
            )
        self._add(copy)

    def arrivals(self) -> Iterator[Story]:
        """In the order in which a monitor meets them: an original often after its translation."""
        yield from self.stories


def _sentence(words: list[str]) -> str:
    told = " ".join(words)
    return f"{told[0].upper()}{told[1:]}."


def _cut(slug: str, length: int) -> str:
    return slug if len(slug) <= length else slug[:length].rsplit("-", 1)[0]
