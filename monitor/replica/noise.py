"""What differs from answer to answer although no editor touched anything.

Every operator has a name; a Noise without it writes nothing there.
"""

import html
import random
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from monitor.replica.addresses import LOCAL
from monitor.replica.story import Story

USUAL = frozenset(
    {
        "counters", "related", "most_read", "teasers", "teaser_summaries", "linked_ads", "ads",
        "tokens", "comments", "relative_times", "clocks", "attributes", "tracking", "share",
        "empty_widgets", "decomposed", "spaces", "invisible",
    }
)  # fmt: skip
HARD = frozenset({"text_ads", "cut_summaries"})
"""What no reader of a single page can tell from an edit: a site's memory is needed."""
EVERY = USUAL | HARD

_ADS = (
    "Căn hộ ven sông chỉ từ 1,2 tỷ đồng", "Vay tiêu dùng lãi suất 0,8%", "Mua 2 tặng 1 hôm nay",
    "Xe điện giao tận nhà", "Khóa học tiếng Anh 99.000 đồng", "Du lịch biển 3 ngày 2 đêm",
    "Sâm tươi giảm 30%", "Tuyển cộng tác viên bán hàng", "Nệm cao su bảo hành 12 năm",
)  # fmt: skip
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def weekday(moment: datetime) -> str:
    """The day of the week in Vietnamese, local time."""
    return _DAYS[moment.astimezone(LOCAL).weekday()]


class Noise:
    """The noise of one answer, drawn from ``seed``; ``now`` is for clocks and relative times."""

    def __init__(self, seed: str, *, on: frozenset[str], now: datetime) -> None:
        self.rng = random.Random(seed)
        self.on = on
        self.now = now
        self._decomposed = self.has("decomposed") and self.rng.random() < 0.2

    def has(self, operator: str) -> bool:
        """Whether the operator is at work."""
        return operator in self.on

    def text(self, text: str) -> str:
        """Escaped text; the same to a reader, not always the same characters."""
        if self.has("spaces") and self.rng.random() < 0.3:
            text = self._at_a_space(text, "\N{NO-BREAK SPACE}")
        if self.has("invisible") and self.rng.random() < 0.2:
            text = self._at_a_space(text, " \N{ZERO WIDTH SPACE}")
        if self._decomposed:
            text = unicodedata.normalize("NFD", text)
        return html.escape(text, quote=False)

    def _at_a_space(self, text: str, mark: str) -> str:
        spaces = [place for place, letter in enumerate(text) if letter == " "]
        if not spaces:
            return text
        place = self.rng.choice(spaces)
        return text[:place] + mark + text[place + 1 :]

    def href(self, path: str) -> str:
        """``path``, now and then with a tracking parameter."""
        if self.has("tracking") and self.rng.random() < 0.3:
            path += f"?utm_source={self.rng.choice(('home', 'box', 'zalo'))}"
            path += f"&fbclid={self.rng.getrandbits(40):x}" if self.rng.random() < 0.5 else ""
        return html.escape(path)

    def attributes(self) -> str:
        """Attributes that change with every answer."""
        if not self.has("attributes"):
            return ""
        return f' data-v-{self.rng.getrandbits(20):x} data-t="{self.rng.randint(1, 10**6)}"'

    def counter(self, label: str) -> str:
        """A counter of views: "Lượt xem: 400"."""
        if not self.has("counters"):
            return ""
        return f"<span{self.attributes()}>{label}: {self.rng.randint(20, 9000)}</span>"

    def comments(self, label: str) -> str:
        """A counter of comments: "تعليق (0)"."""
        return f"<div>{label} ({self.rng.randint(0, 60)})</div>" if self.has("comments") else ""

    def clock(self) -> str:
        """The portal's clock."""
        if not self.has("clocks"):
            return ""
        local = self.now.astimezone(LOCAL)
        return f"<span>{weekday(local)}, {local:%d/%m/%Y, %H:%M:%S}</span>"

    def relative(self, moment: datetime) -> str:
        """As "2 giờ trước", by the replica's clock."""
        if not self.has("relative_times"):
            return ""
        minutes = max(int((self.now - moment).total_seconds() / 60), 1)
        if minutes < 60:
            return f"<span>{minutes} phút trước</span>"
        if minutes < 24 * 60:
            return f"<span>{minutes // 60} giờ trước</span>"
        return f"<span>{minutes // (24 * 60)} ngày trước</span>"

    def token(self, name: str = "_token") -> str:
        """A hidden field against request forgery."""
        if not self.has("tokens"):
            return ""
        return f'<input type="hidden" name="{name}" value="{self.rng.getrandbits(128):032x}">'

    def nonce(self) -> str:
        """A script with something drawn anew, and a meta element with a token."""
        if not self.has("tokens"):
            return ""
        token = f"{self.rng.getrandbits(96):x}"
        return (
            f'<meta name="csrf-token" content="{token}">\n'
            f"<script>window.__t={self.rng.randint(1, 10**9)};var uid='{token}';</script>"
        )

    def linked_ad(self) -> str:
        """An advertisement that is a link."""
        if not self.has("linked_ads") or self.rng.random() < 0.4:
            return ""
        campaign = self.rng.randint(1000, 9999)
        return (
            f'<div class="ad-{campaign}"><a href="https://ads.example.com/c/{campaign}" '
            f'rel="sponsored nofollow">{self.rng.choice(_ADS)}</a></div>'
        )

    def ad(self, label: str = "Quảng cáo") -> str:
        """An advertisement without a link: a label and a picture."""
        if not self.has("ads") or self.rng.random() < 0.4:
            return ""
        return (
            f"<div{self.attributes()}><span>{label}</span>"
            f'<img src="https://ads.example.com/b/{self.rng.randint(1, 999)}.gif" alt=""></div>'
        )

    def text_ad(self) -> str:
        """A rotating advertisement without link or label, as a paragraph (hard)."""
        if not self.has("text_ads") or self.rng.random() < 0.4:
            return ""
        return f"<p>{self.rng.choice(_ADS)}. {self.rng.choice(_ADS)}.</p>"

    def share(self) -> str:
        """Share labels; "Zalo" comes and goes."""
        if not self.has("share"):
            return ""
        labels = ["Facebook", "Zalo", "Twitter", "Sao chép liên kết"]
        chosen = self.rng.sample(labels, self.rng.randint(2, 4))
        return "<ul>" + "".join(f"<li>{label}</li>" for label in chosen) + "</ul>"

    def picks(self, stories: Sequence[Story], least: int, most: int, operator: str) -> list[Story]:
        """Some of the stories, for a list that is drawn anew; none without the operator."""
        if not self.has(operator):
            return []
        number = min(len(stories), self.rng.randint(least, most))
        return self.rng.sample(list(stories), number)
