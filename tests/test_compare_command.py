import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from monitor.cli.compare import compare
from monitor.cli.extract import extract

URL = "https://baomau.example/hoi-nghi-so-ket/d20240625160152777.htm"
PARAGRAPHS = (
    "Dự hội nghị có đồng chí Mai Văn Tuất, Chủ tịch HĐND tỉnh, cùng lãnh đạo các sở, ban, ngành "
    "và đại biểu các huyện, thành phố trong tỉnh.",
    "Theo báo cáo, tổng sản phẩm trên địa bàn tăng 4,7 % so với cùng kỳ năm trước, trong đó công "
    "nghiệp và xây dựng đóng góp nhiều nhất vào mức tăng chung của tỉnh.",
    "Phát biểu kết luận, đồng chí Chủ tịch đề nghị các địa phương tiếp tục tháo gỡ khó khăn cho "
    "doanh nghiệp và chăm lo đời sống nhân dân trong những tháng cuối năm.",
)


def page(paragraphs=PARAGRAPHS, title="Hội nghị sơ kết công tác sáu tháng đầu năm", counter=17):
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs)
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{title}", "datePublished": "2024-06-25T16:01:00+07:00",
"author": {{"@type": "Person", "name": "Mai Lan"}}}}</script></head><body>
<nav><a href="/">Trang chủ</a> <a href="/s/kinh-te">Kinh tế</a></nav>
<main><h1>{title}</h1>
<p><strong>Sáng 25/6, Tỉnh ủy tổ chức hội nghị sơ kết công tác sáu tháng đầu năm.</strong></p>
<div>{body}</div></main>
<footer>Lượt xem: {counter} <a href="/lien-he">Liên hệ</a></footer></body></html>"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("BAOWATCH_STORE", "BAOWATCH_CONFIG", "BAOWATCH_CLOCK"):
        monkeypatch.delenv(variable, raising=False)
    app = typer.Typer()
    app.command()(compare)
    app.command()(extract)

    def invoke(command, *words, pages=(), url=URL):
        names = []
        for number, text in enumerate(pages):
            name = tmp_path / f"page{number}.html"
            name.write_text(text, encoding="utf-8")
            names.append(str(name))
        return CliRunner().invoke(app, [command, *names, *map(str, words), "--url", url])

    return invoke


def test_noise_alone_is_unchanged(run):
    result = run("compare", "--json", pages=(page(counter=17), page(counter=18)))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "comparable": True,
        "changed": False,
        "kind": None,
        "weight": None,
        "fields": [],
        "explanation": None,
        "reason": None,
    }
    assert run("compare", pages=(page(), page())).stdout == "unchanged\n"


def test_an_edit_is_explained(run):
    edited = (PARAGRAPHS[0], PARAGRAPHS[1].replace("4,7", "47"), PARAGRAPHS[2])
    result = run("compare", "--json", pages=(page(), page(edited)))
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (told["changed"], told["kind"], told["weight"]) == (True, "edited", "substantive")
    assert told["fields"] == ["body"]
    assert told["explanation"]["fields"]["body"]["figures_after"] == ["47%"]


def test_people_see_the_words_and_no_escape_reaches_them(run):
    hostile = (PARAGRAPHS[0], PARAGRAPHS[1].replace("4,7", "47\x1b[2J&#x9b;31m"), PARAGRAPHS[2])
    result = run("compare", pages=(page(), page(hostile, title="Tổng kết &#x202e;sáu tháng")))
    assert result.exit_code == 1
    assert result.stdout.startswith("edited, substantive: title, body\n")
    assert "Title: [-Hội nghị sơ-]{+Tổng+} kết [-công tác-] sáu tháng" in result.stdout
    assert "[-4,7 %-]{+47" in result.stdout
    assert not set(result.stdout) & {"\x1b", "\x9b", "\u202e"}


def test_gzipped_pages_are_read(run, tmp_path):
    packed = tmp_path / "before.html.gz"
    packed.write_bytes(gzip.compress(page().encode()))
    assert run("compare", packed, packed).exit_code == 0
    packed.write_bytes(gzip.compress(page().encode())[:-20])
    result = run("compare", packed, packed)
    assert result.exit_code == 2
    assert "before.html.gz" in result.stderr


LISTING = "".join(
    f'<li><a href="/bai-{n}/d{n}.htm">Tin số {n} trong ngày</a></li>' for n in range(40)
)


def test_pages_that_hold_no_two_articles_are_not_comparable(run):
    listing = f"<html><body><ul>{LISTING}</ul></body></html>"
    other = page(
        tuple(f"Câu chuyện khác hẳn về mùa màng vùng cao đoạn {n} dài thêm." * 3 for n in "abc"),
        title="Mùa vàng trên rẻo cao",
    )
    for second, expected in ((listing, "the page after is no article"), (other, "another article")):
        result = run("compare", "--json", pages=(page(), second))
        told = json.loads(result.stdout)
        assert result.exit_code == 2
        assert (told["comparable"], told["changed"], told["kind"]) == (False, None, None)
        assert expected in told["reason"]
        assert expected in result.stderr


@pytest.mark.parametrize(
    ("words", "url", "expected"),
    [
        (("absent.html", "absent.html"), URL, "absent.html"),
        ((".", "."), URL, "Give a saved page"),
        (("a.html", "a.html"), "baomau.example/x", "https://host/path"),
        (("a.html", "a.html"), "https://[broken/x", "https://host/path"),
        (("a.html", "a.html", "--site", "nowhere"), URL, "unknown site 'nowhere'"),
        (("bomb.gz", "bomb.gz"), URL, "more than 5 MB"),
    ],
)
def test_bad_input_is_one_line_and_status_two(run, tmp_path, words, url, expected):
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b" " * 50_000_000))
    result = run("compare", *words, url=url)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_extract_prints_the_reading(run):
    result = run("extract", "--json", pages=(page(),))
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["kind"] == "article"
    assert told["title"] == "Hội nghị sơ kết công tác sáu tháng đầu năm"
    assert told["published_at"] == "2024-06-25T09:01:00+00:00"
    assert told["author"] == "Mai Lan"
    assert PARAGRAPHS[1] in told["text"]
    assert [block["text"] for block in told["blocks"]][-1] == PARAGRAPHS[2]
    assert {"lead", "captions", "modified_at", "language", "tags", "recipe", "reason"} <= set(told)
    assert "2024-06-25 16:01" in run("extract", pages=(page(),)).stdout


def test_extract_says_what_a_page_is_that_is_no_article(run):
    result = run("extract", "--json", pages=(f"<html><body><ul>{LISTING}</ul></body></html>",))
    assert result.exit_code == 2
    assert json.loads(result.stdout)["kind"] != "article"
    assert "listing" in result.stderr


def test_pairs_are_told_in_order_and_a_bad_row_stops_no_other(tmp_path):
    edited = (PARAGRAPHS[0], PARAGRAPHS[1].replace("4,7", "47"), PARAGRAPHS[2])
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.html.gz").write_bytes(gzip.compress(page().encode()))
    (tmp_path / "saved" / "b.html").write_text(page(counter=18), encoding="utf-8")
    (tmp_path / "saved" / "c.html").write_text(page(edited), encoding="utf-8")
    rows = (
        "name,file_b,file_a,url",
        f"noise,b.html,a.html.gz,{URL}",
        f"absent,gone.html,a.html.gz,{URL}",
        f"edit,c.html,a.html.gz,{URL}",
        "bad,b.html,a.html.gz,https://[broken/x",
        "short,b.html",
        f"noise,a.html.gz,b.html,{URL}",
    )
    (tmp_path / "saved" / "pairs.csv").write_text("\ufeff" + "\n".join(rows), encoding="utf-8")
    result = baowatch("compare", "--pairs", "saved/pairs.csv", "--json", folder=tmp_path)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 2
    assert [one["changed"] for one in told] == [False, None, True, None, None, False]
    assert [one["comparable"] for one in told] == [True, False, True, False, False, True]
    assert (told[2]["kind"], told[2]["weight"]) == ("edited", "substantive")
    assert told[2]["explanation"]["fields"]["body"]["figures_after"] == ["47%"]
    assert (told[2]["file_a"], told[2]["file_b"], told[2]["url"]) == ("a.html.gz", "c.html", URL)
    assert "gone.html" in told[1]["reason"]
    assert "https://host/path" in told[3]["reason"]
    assert told[4]["reason"] == "the row has no file_a, url"
    assert result.stderr == "baowatch: 3 of 6 pairs are not comparable\n"


def test_pairs_without_a_bad_row_tell_by_status_whether_any_changed(tmp_path):
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "b.html").write_text(page(title="Hội nghị tổng kết"), encoding="utf-8")
    for second, status, told in (("a", 0, "unchanged"), ("b", 1, "retitled, substantive: title")):
        row = f"a.html,{second}.html,{URL}"
        (tmp_path / "pairs.csv").write_text(f"file_a,file_b,url\n{row}\n", encoding="utf-8")
        result = baowatch("compare", "--pairs", "pairs.csv", folder=tmp_path)
        assert (result.returncode, result.stderr) == (status, "")
        assert result.stdout == f"a.html {second}.html {told}\n"


@pytest.mark.parametrize(
    ("content", "words", "expected"),
    [
        (b"file_a,page\n", (), "no column file_b, url"),
        (b"", (), "no column file_a, file_b, url"),
        (b"file_a,file_b,url\n\xff\xfe,b,c\n", (), "UTF-8"),
        (b"file_a,file_b,url\n" + b"a" * 200_000 + b",b,c\n", (), "pairs.csv: "),
        (b"file_a,file_b,url\n", ("a.html",), "--pairs FILE.csv and none of these"),
        (b"file_a,file_b,url\n", ("--site", "nowhere"), "unknown site 'nowhere'"),
        (None, (), "No such file"),
    ],
)
def test_a_bad_list_of_pairs_is_one_line_and_status_two(tmp_path, content, words, expected):
    if content is not None:
        (tmp_path / "pairs.csv").write_bytes(content)
    result = baowatch("compare", "--pairs", "pairs.csv", *words, folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert expected in result.stderr
    assert result.stderr.count("\n") == 1


def baowatch(*words, folder):
    command = "from monitor.cli import main; main()"
    kept = {name: value for name, value in os.environ.items() if "BAOWATCH" not in name}
    return subprocess.run(
        [sys.executable, "-c", command, *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
