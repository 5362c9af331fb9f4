import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

from operators_edits import EDITS
from operators_noise import OPERATORS, ROTATING, noisy
from saved_pages import Case, read_body, site_of
from scene import SHORTEST, scene_bytes, stage, text_pieces

from crawlers.markup import parse
from monitor.comparison import compare_readings
from pipelines.normalise import clean, comparable, tone_neutral

LEAD = "Sáng 25/6, Ủy ban nhân dân tỉnh tổ chức hội nghị đánh giá công tác sáu tháng đầu năm."
PARAGRAPHS = (
    "Theo báo cáo, tổng sản phẩm trên địa bàn tăng 4,7 % so với cùng kỳ năm trước. Trong đó công "
    "nghiệp và xây dựng đóng góp nhiều nhất, còn nông nghiệp vẫn giữ được đà ổn định chung.",
    "Ông Mai Văn Tuất nói với đại biểu Hoàng Thị Lan, người đứng đầu ban, rằng “các địa phương "
    "không được chủ quan trước mùa mưa bão đang tới gần” và cần chuẩn bị từ sớm.",
    "Nhiều xã vùng sâu đã sửa xong đường, cầu và trạm bơm nhờ người dân góp sức trong mùa khô.",
    "Đại hội đoàn ở xã Hoà Bình được hoá giải khó khăn sau khi thủy lợi của cả vùng được nâng cấp "
    "bằng nguồn vốn của tỉnh và của nhân dân.",
    "Kết luận hội nghị, lãnh đạo tỉnh đề nghị các ngành tiếp tục chăm lo đời sống của nhân dân.",
)
CAPTION = "Quang cảnh hội nghị tại trung tâm văn hóa của tỉnh vào buổi sáng."
PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Hội nghị đánh giá công tác đầu năm của tỉnh</title>
<meta property="og:type" content="article"><meta property="og:description" content="{LEAD}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Hội nghị đánh giá công tác đầu năm của tỉnh",
"datePublished": "2024-06-25T16:01:00+07:00",
"author": {{"@type": "Person", "name": "Mai Lan"}}}}</script></head><body class="trang">
<nav><a href="/">Trang chủ</a> <a href="/kinh-te">Kinh tế</a></nav>
<main class="khung"><h1>Hội nghị đánh giá công tác đầu năm của tỉnh</h1>
<div class="dong">25/06/2024 <span>Mai Lan</span></div>
<p class="mo"><strong>{LEAD}</strong></p>
<div class="than">{"".join(f"<p>{one}</p>" for one in PARAGRAPHS[:2])}
<figure><img src="/anh.jpg"><figcaption>{CAPTION}</figcaption></figure>
{"".join(f"<p>{one}</p>" for one in PARAGRAPHS[2:])}</div></main>
<footer><a href="/lien-he">Liên hệ</a></footer></body></html>"""


class OwnPage(Case):
    @property
    def body(self):
        return PAGE.encode()


CASE = OwnPage(
    file="own.html",
    url="https://baomau.example/hoi-nghi-d20240625160152777.htm",
    language="vi",
    kind="article",
    title="",
    published="",
    gold="\n".join((LEAD, *PARAGRAPHS)),
)


def visible(body):
    return comparable(parse(body).find(".//body").text_content())


def pieces(body):
    return [comparable(one.text) for one in text_pieces(parse(body))]


@pytest.fixture(scope="module")
def scene():
    return stage(CASE)


def test_a_scene_knows_the_parts_from_gold_text_and_markup(scene):
    assert [one.text for one in scene.body] == [LEAD, *PARAGRAPHS]
    assert [one.text for one in scene.captions] == [CAPTION]
    assert [one.text for one in scene.lead] == [LEAD]
    assert len(scene.paragraphs) == len(PARAGRAPHS)
    assert all(len(text) >= SHORTEST for text in (LEAD, *PARAGRAPHS))


@pytest.mark.parametrize("operator", [*OPERATORS, *ROTATING], ids=lambda one: one.__name__)
def test_noise_changes_the_page_and_leaves_the_article(scene, operator):
    still = scene_bytes(scene)
    drawn = [noisy(scene, (operator,), seed) for seed in ("one", "two", "three", "four")]
    assert scene_bytes(scene) == still
    assert any(one != still for one in drawn)
    assert drawn[0] == noisy(scene, (operator,), "one")
    for one in drawn:
        text = visible(one)
        assert all(comparable(paragraph) in text for paragraph in (LEAD, *PARAGRAPHS, CAPTION))


@pytest.mark.parametrize("edit", EDITS, ids=lambda one: one.__name__)
def test_an_edit_changes_what_a_reader_is_told(scene, edit):
    edited = scene.copy()
    done = edit(edited, random.Random(edit.__name__))
    assert done is not None
    assert done.right <= {"substantive", "minor", "cosmetic"}
    before, after = visible(scene_bytes(scene)), visible(scene_bytes(edited))
    assert before != after
    same = tone_neutral(_words(scene)) == tone_neutral(_words(edited))
    assert same == (edit.__name__ == "tone_placement")


def _words(scene):
    return clean(scene.tree.find(".//body").text_content())


def test_what_is_plainly_seen_is_found_with_its_weight(scene):
    before = read_body(PAGE.encode(), CASE)
    for edit in EDITS:
        edited = scene.copy()
        done = edit(edited, random.Random(edit.__name__))
        found = compare_readings(before, read_body(scene_bytes(edited), CASE), site_of(CASE))
        assert found.difference is not None or done.may_be_unseen
        assert found.difference is None or found.difference.weight in done.right, edit.__name__


def test_all_noise_can_be_at_work_at_once(scene):
    assert pieces(noisy(scene, OPERATORS, "one")) != pieces(noisy(scene, OPERATORS, "two"))
