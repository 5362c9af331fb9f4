# ruff: noqa: SIM905
"""How quiet reading stays when a page's surroundings change: noise written around real articles.

    python benchmarks/noise.py [-v] [STEP] [OPERATOR…]

Each operator writes noise of one kind, drawn anew, into every saved article page, with class
names that say nothing; the reading must stay the same. Columns: pages tried, readings that
differ from the clean page's, and readings that differ between two drawings. STEP takes every
so many pages only.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable

import lxml.html
from lxml.html import HtmlElement
from reading import Case, cases, differing, page_bytes, print_lines, read_body

from crawlers.markup import parse
from crawlers.outline import outline
from pipelines.normalise import comparable

SYLLABLES = (
    *("bản tin sáng nay tỉnh ninh thuận khai mạc lễ hội biển xanh người dân thu hoạch lúa".split()),
    *("mới giá cà phê tăng mạnh đường cao tốc hoàn thành đội bóng trẻ vào chung kết học".split()),
    *("sinh trường làng nhận quà tết mưa lớn gây ngập phố cổ chủ tịch xã đối thoại".split()),
)
Write = Callable[["Pen"], None]


class Pen:
    """Writes into one page: ``body`` and ``paragraphs`` are where its gold text stands."""

    def __init__(self, tree: HtmlElement, paragraphs: list[HtmlElement], seed: int) -> None:
        self.tree = tree
        self.paragraphs = paragraphs
        self.random = random.Random(seed)
        self.last = self.paragraphs[-1]
        self.middle = self.paragraphs[len(self.paragraphs) // 2]
        self.top = tree.find(".//body")

    def words(self, least: int, most: int) -> str:
        count = self.random.randint(least, most)
        return " ".join(self.random.choices(SYLLABLES, k=count)).capitalize()

    def name(self) -> str:
        return "".join(self.random.choices("abcdefgh", k=6))

    def link(self, text: str | None = None) -> str:
        address = f"/{self.name()}-{self.random.randint(10**6, 10**7)}.html"
        return f'<a href="{address}">{text or self.words(8, 14)}</a>'

    def after(self, element: HtmlElement, markup: str) -> None:
        parent = element.getparent()
        new = lxml.html.fragment_fromstring(f'<div class="{self.name()}">{markup}</div>')
        new.tail, element.tail = element.tail, None
        parent.insert(parent.index(element) + 1, new)

    def finish(self, markup: str) -> None:
        self.top.append(lxml.html.fragment_fromstring(f'<div class="{self.name()}">{markup}</div>'))

    def before_body(self, markup: str) -> None:
        parent = self.paragraphs[0].getparent()
        new = lxml.html.fragment_fromstring(f'<div class="{self.name()}">{markup}</div>')
        parent.insert(parent.index(self.paragraphs[0]), new)

    def number(self, most: int = 9999) -> int:
        return self.random.randint(1, most)


def _repeat(pen: Pen, form: Callable[[], str], least: int, most: int) -> str:
    return "".join(form() for _ in range(pen.random.randint(least, most)))


def related_list(pen: Pen) -> None:
    rows = _repeat(pen, lambda: f"<li>{pen.link()}</li>", 3, 6)
    pen.after(pen.middle, f"<p>Tin liên quan</p><ul>{rows}</ul>")


def see_also_linked(pen: Pen) -> None:
    pen.after(pen.middle, f"<p>Xem thêm: {pen.link()}</p>")


def see_also_plain(pen: Pen) -> None:
    pen.after(pen.middle, f"<p>Xem thêm: {pen.words(8, 14)}</p>")


def lone_teaser(pen: Pen) -> None:
    pen.after(pen.middle, f"<p>{pen.link()}</p>")


def teasers_with_summaries(pen: Pen) -> None:
    form = f"<div class='{pen.name()}'><h3>%s</h3><p>%s.</p></div>"
    pen.after(pen.last, _repeat(pen, lambda: form % (pen.link(), pen.words(20, 35)), 3, 6))


def linked_box_with_picture(pen: Pen) -> None:
    box = f"<a href='/{pen.name()}.html'><img src='x.jpg'><span>{pen.words(8, 14)}</span></a>"
    pen.after(pen.middle, box)


def counters(pen: Pen) -> None:
    pen.after(
        pen.last, f"<div>Lượt xem: {pen.number()}</div><div>Bình luận ({pen.number(40)})</div>"
    )


def counters_before(pen: Pen) -> None:
    pen.before_body(
        f"<span>{pen.number()} lượt xem</span><span> {pen.number(59)} phút trước</span>"
    )


def ad_labels(pen: Pen) -> None:
    pen.after(pen.middle, f"<div id='{pen.name()}'>Quảng cáo</div>")
    pen.after(pen.last, f"<div>[إعلان رقم {pen.number(9)}]</div>")


def linked_ad(pen: Pen) -> None:
    pen.after(pen.middle, f"<div><img src='a.gif'><p>{pen.link(pen.words(10, 20))}</p></div>")


def share_bar(pen: Pen) -> None:
    pen.before_body("<ul><li>Facebook</li><li>Zalo</li><li>Chia sẻ</li></ul>")
    pen.after(
        pen.last,
        "<div><span>Zalo</span> <span>Facebook</span> <span>Sao chép liên kết</span></div>",
    )


def clocks(pen: Pen) -> None:
    clock = f"{pen.number(23):02}:{pen.number(59):02}"
    pen.before_body(f"<div>{pen.number(28):02}/05/2024 {clock}</div>")
    pen.after(pen.last, f"<div>{pen.number(23)} giờ trước</div>")


def font_size(pen: Pen) -> None:
    pen.before_body(
        f"<div><span>A-</span> <span>A+</span></div><div>{pen.random.choice((90, 100, 110))}%</div>"
    )


def player(pen: Pen) -> None:
    pen.before_body(f"<div>Nghe đọc bài</div><div>0:00 / {pen.number(9)}:{pen.number(59):02}</div>")


def tags(pen: Pen) -> None:
    row = _repeat(pen, lambda: f"<li>{pen.link(pen.words(2, 3))}</li>", 3, 6)
    pen.after(pen.last, f"<div>Từ khóa:</div><ul>{row}</ul>")


def comments(pen: Pen) -> None:
    form = "<div><b>%s</b><div>%s.</div><span>%s giờ trước</span> <a href='#'>Trả lời</a></div>"
    row = _repeat(pen, lambda: form % (pen.words(2, 3), pen.words(8, 30), pen.number(23)), 3, 7)
    pen.after(_outermost(pen), f"<div>Bình luận ({pen.number(30)})</div>{row}")


def sidebar(pen: Pen) -> None:
    form = "<li>%s <span>%02d/03/2026 %02d:10</span></li>"
    row = _repeat(pen, lambda: form % (pen.link(), pen.number(28), pen.number(23)), 5, 12)
    pen.after(_outermost(pen), f"<h3>Đọc nhiều</h3><ol>{row}</ol>")


def cookie_banner(pen: Pen) -> None:
    pen.finish(f"<p>Trang này dùng cookie. {pen.words(10, 20)}, {pen.link('xem chính sách')}.</p>")


def credits_of_portal(pen: Pen) -> None:
    pen.finish(f"<p>Giấy phép số {pen.number()}/GP-BTTTT. Tổng biên tập: {pen.words(3, 3)}.</p>")


def new_classes(pen: Pen) -> None:
    names: dict[str, str] = {}
    for element in pen.top.iter():
        if isinstance(element.tag, str) and element.get("class"):
            name = names.setdefault(element.get("class"), pen.name())
            keep = "caption" in element.get("class").lower()
            element.set("class", f"caption {name}" if keep else name)


def wrappers(pen: Pen) -> None:
    container = pen.last.getparent()
    if container.tag in ("body", "td", "tr", "ul", "ol"):
        return
    parent, place, tail = container.getparent(), 0, container.tail
    place = parent.index(container)
    container.tail = None
    outer = lxml.html.Element("div", {"class": pen.name()})
    inner = lxml.html.Element("div", {"class": pen.name()})
    outer.append(inner)
    inner.append(container)
    outer.tail = tail
    parent.insert(place, outer)


def tokens(pen: Pen) -> None:
    pen.finish(f"<input type='hidden' value='{pen.name()}'><script>var t={pen.number()}</script>")


def _outermost(pen: Pen) -> HtmlElement:
    container = pen.last.getparent()
    return pen.last if container.tag == "body" else container


OPERATORS: tuple[Write, ...] = (
    related_list,
    see_also_linked,
    see_also_plain,
    lone_teaser,
    teasers_with_summaries,
    linked_box_with_picture,
    counters,
    counters_before,
    ad_labels,
    linked_ad,
    share_bar,
    clocks,
    font_size,
    player,
    tags,
    comments,
    sidebar,
    cookie_banner,
    credits_of_portal,
    new_classes,
    wrappers,
    tokens,
)


def noisy(case: Case, operators: tuple[Write, ...], seed: int) -> bytes | None:
    tree = parse(case.body, "text/html")
    wanted = comparable(case.gold)
    found = [
        line.element
        for line in outline(tree)
        if len(line.text) >= 60 and line.element.tag == "p" and comparable(line.text) in wanted
    ]
    homes = Counter(element.getparent() for element in found)
    if not found or homes.most_common(1)[0][1] < 3:
        return None
    home = homes.most_common(1)[0][0]
    pen = Pen(tree, [element for element in found if element.getparent() is home], seed)
    for write in operators:
        write(pen)
    return page_bytes(tree)


def measure(asked: list[str], step: int, *, verbose: bool) -> None:
    groups = [(write.__name__, (write,)) for write in OPERATORS]
    groups.append(("all together", OPERATORS))
    print(f"{'noise':<26}{'pages':>7}{'differ':>8}{'two draws':>11}")
    total = Counter[str]()
    for name, operators in groups:
        if asked and name not in asked:
            continue
        counts = Counter[str]()
        for number, case in enumerate(cases()):
            if case.kind != "article" or not case.gold or number % step:
                continue
            bodies = [noisy(case, operators, seed) for seed in (number, number + 1000)]
            clean = noisy(case, (), 0)
            if clean is None or bodies[0] is None or bodies[1] is None:
                continue
            before, one, two = (
                read_body(body, case.url, case.language) for body in (clean, bodies[0], bodies[1])
            )
            counts["pages"] += 1
            changed = differing(before, one)
            counts["differ"] += bool(changed)
            counts["draws"] += bool(differing(one, two))
            if verbose and changed:
                print(f"  {name} {case.file[:26]} {case.url[:50]} {changed}")
                print_lines(before, one, changed)
        total.update(counts)
        print(f"{name:<26}{counts['pages']:7}{counts['differ']:8}{counts['draws']:11}")
    print(f"{'sum':<26}{total['pages']:7}{total['differ']:8}{total['draws']:11}")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "-v"]
    steps = [int(word) for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit()]
    measure(names, steps[0] if steps else 1, verbose="-v" in sys.argv)
