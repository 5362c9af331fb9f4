"""What must not be reached or run through the pages, by our command and by plain Datasette."""

import csv
import io
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from browsing import PATIENCE, Door, Served, command, fill, fill_hostile, served
from hypothesis import given
from hypothesis import strategies as st

from monitor.browse.canned import QUERIES
from monitor.browse.door import OWN_NAMES, REFUSED
from monitor.browse.spreadsheets import OBEYED, plain_cells
from monitor.browse.tables import NAMES, TABLES

EVIL_SETTINGS = (
    *("--setting", "default_allow_sql", "1", "--setting", "allow_download", "1"),
    *("--setting", "allow_csv_stream", "1", "--setting", "max_returned_rows", "100000"),
    *("--setting", "trace_debug", "1", "--setting", "template_debug", "1", "--cors", "--memory"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browse") / "baowatch.db"
    fill_hostile(path)
    return path


@pytest.fixture(scope="module", params=["browse", "datasette"])
def pages(request: pytest.FixtureRequest, store: Path) -> Iterator[Served]:
    """By our command, and by the plain one with everything asked for that is unsafe."""
    door: Door = request.param
    with served(store, *(EVIL_SETTINGS if door == "datasette" else ()), door=door) as found:
        yield found


def everything(pages: Served) -> list[str]:
    """An address of every kind of page, answers and refusals alike."""
    name = pages.name
    return [
        *("/", "/article/1", "/change/1", "/site/bao", f"/{name}", "/nope", "/article/99999"),
        *(f"/{name}/{table}" for table in sorted(NAMES)),
        *(f"/{name}/{query.name}" for query in QUERIES),
        *(f"/{name}/latest_changes.{form}" for form in ("json", "csv", "atom", "blob", "nope")),
        *(f"/{name}/articles", f"/{name}/snapshots", f"/{name}/article_list/1", f"/{name}.db"),
        *("/-/settings", "/-/baowatch/style.css", "/favicon.ico", "/%2d/settings", "/nope/"),
        f"/{name}/article_list?_sort=nope",
        f"/{name}/article_list?_next=x",
        f"/{name}?sql=select+1",
    ]


def test_every_answer_carries_the_headers_and_no_page_a_script(pages: Served) -> None:
    for path in everything(pages):
        answer = pages.get(path)
        told = answer.headers
        assert answer.status_code < 500, path
        assert "default-src 'none'" in told["content-security-policy"], path
        assert "script" not in told["content-security-policy"], path
        assert "unsafe" not in told["content-security-policy"], path
        assert told["x-frame-options"] == "DENY", path
        assert told["x-content-type-options"] == "nosniff", path
        assert told["referrer-policy"] == "no-referrer", path
        assert told["cross-origin-opener-policy"] == "same-origin", path
        assert not [name for name in told if name.lower().startswith("access-control")], path
        if told["content-type"].startswith("text/html"):
            for what in ("<script", "<style", " style=", 'href="javascript:', 'href="data:'):
                assert what not in answer.text.lower(), path


def test_every_table_but_ours_is_closed(pages: Served, store: Path) -> None:
    connection = sqlite3.connect(store)
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    old = {table.old for table in TABLES}
    assert {"articles_fts_content", "snapshots", "robots_copies", "sites"} <= names
    for name in {*names, "sqlite_master", "sqlite_schema", "SNAPSHOTS", "Sites"} - NAMES - old:
        for form in ("", ".json", ".csv"):
            assert pages.get(f"/{pages.name}/{name}{form}").status_code in (403, 404), name
    for name in names - NAMES:
        assert pages.get(f"/{pages.name}/{name}/1").status_code in (302, 404), name
        assert pages.get(f"/{pages.name}/{name}/1.json").status_code == 404, name
    told = pages.get(f"/{pages.name}.json").json()
    assert told["tables"] == []
    assert {view["name"] for view in told["views"]} == NAMES


@pytest.mark.parametrize(
    "path",
    [
        *(f"/-/{name}{form}" for name in ("settings", "databases", "threads", "metadata", "actor",
          "plugins", "versions", "messages", "permissions", "allow-debug", "patterns", "logout",
          "auth-token?token=x", "static/table.js", "nope") for form in ("", ".json")),
        *("/.json", "/_internal", "/_internal.json", "/_internal/tables", "/_memory",
          "/_memory?sql=select+1", "/:memory:", "/{name}.db", "/_internal.db", "//-/settings"),
    ],
)  # fmt: skip
def test_the_rest_of_datasette_is_closed(pages: Served, path: str) -> None:
    answer = pages.get(path.format(name=pages.name), allow_redirects=True)
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    "path",
    ["?sql=select+1", "/article_list?_where=1", ".json?sql=select+1", ".csv?sql=select+1",
     "/article_list.json?_where=id+in+(select+id+from+sites)", "?sql=pragma+database_list"],
)  # fmt: skip
def test_nobody_may_ask_sql(pages: Served, path: str) -> None:
    assert pages.get(f"/{pages.name}{path}").status_code in (400, 403)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_not_offered_is_refused_and_never_passed_over(pages: Served, name: str) -> None:
    answer = pages.get(f"/{pages.name}/article_list?{name}=1&_search=x")
    assert answer.status_code == 400
    assert name in answer.text


@pytest.mark.parametrize(
    "asked",
    ["_size=100000", "_size=-1", "_size=x", "_facet_array={x", "&".join(["_facet=id"] * 11)],
)
def test_pages_are_bounded(pages: Served, asked: str) -> None:
    assert pages.get(f"/{pages.name}/article_list.json?{asked}").status_code == 400


def test_the_largest_page_is_a_thousand_rows(pages: Served) -> None:
    assert pages.get(f"/{pages.name}/article_list.json?_size=1001").status_code == 400
    assert pages.get(f"/{pages.name}/article_list.json?_size=max").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example:1",
     "", "0.0.0.0", "[::1]evil", "127.0.0.1:x", "169.254.169.254", "localhost:1:2"],
)  # fmt: skip
def test_only_this_machine_s_names_are_answered(pages: Served, host: str) -> None:
    answer = pages.get("/", headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert "Today" not in answer.text


def test_this_machine_s_names_are_answered_at_any_port(pages: Served) -> None:
    for name in OWN_NAMES:
        for host in (name, f"{name}:8001", name.upper()):
            assert pages.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_store_is_only_read(pages: Served, method: str) -> None:
    for path in ("/", f"/{pages.name}/latest", "/-/messages"):
        assert requests.request(method, f"{pages.origin}{path}", timeout=30).status_code == 405


def test_scraped_cells_are_text_and_only_web_addresses_are_links(pages: Served) -> None:
    html = pages.get(f"/{pages.name}/article_list?_size=100").text
    assert "window.pwned" in html  # it is shown, as text
    assert "<img" not in html
    assert "javascript:window.pwned=1" in html
    assert 'href="javascript' not in html
    assert 'rel="noreferrer noopener external nofollow"' in html


@pytest.mark.parametrize("table", ["article_list", "latest_changes", "article_history", "latest"])
def test_no_cell_of_a_csv_is_a_formula(pages: Served, table: str) -> None:
    answer = pages.get(f"/{pages.name}/{table}.csv?_size=max")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    csv.field_size_limit(10**8)
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert len(rows) > 1
    for row in rows:
        assert len(row) == len(rows[0])
        for cell in row:
            assert not cell.lstrip(" \u200b").startswith(("=", "+", "@", "\t", "\r", "\n")), cell[
                :50
            ]
            assert not cell.startswith("-") or cell[1:].replace(".", "", 1).isdigit(), cell[:50]


@given(st.lists(st.lists(st.text(), min_size=1), min_size=1))
def test_neutralising_changes_nothing_but_what_begins_like_a_formula(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    read = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    plain = list(csv.reader(io.StringIO(plain_cells(out.getvalue()), newline="")))
    for before, after in zip(read, plain, strict=True):
        for written, new in zip(before, after, strict=True):
            old = OBEYED.sub("", written)
            assert new in (old, f"'{old}")
            assert new == old or not old[0].isalnum()


def test_the_log_holds_nothing_that_a_terminal_obeys(pages: Served) -> None:
    pages.get("/%1b%5b2J?x=%1b]0;x%07")
    told = pages.log.read_bytes()
    assert b"\x1b[2J" not in told
    assert b"\x07" not in told
    assert b"window.pwned" not in told


def test_one_setting_opens_sql_and_only_on_purpose(tmp_path: Path) -> None:
    fill(tmp_path / "baowatch.db").store.close()
    asked = "/baowatch.json?sql=select+count(*)+as+n+from+sites&_shape=array"
    with served(tmp_path / "baowatch.db", "--sql") as opened:
        assert opened.get(asked).json() == [{"n": 1}]
        assert opened.get("/baowatch?sql=select+1").status_code == 200
        assert opened.get("/baowatch?sql=delete+from+sites").status_code == 400
        assert opened.get("/baowatch/sites").status_code == 403
        assert opened.get(asked, headers={"Host": "evil.example"}).status_code == 421


def test_our_command_is_bound_to_this_machine(tmp_path: Path) -> None:
    words = [*command("browse", tmp_path / "x.db"), "--host", "0.0.0.0"]
    ended = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert "0.0.0.0" in ended.stderr


def test_an_immutable_file_is_refused(store: Path) -> None:
    with (
        pytest.raises(AssertionError, match="exactly one store"),
        served(store, "-i", str(store), door="datasette"),
    ):
        pass


@pytest.mark.parametrize(
    "asked", ["latest_changes?_next=9" + "9" * 30, "article_list?%00=1", "article_list?id=%00"]
)
def test_what_cannot_be_asked_is_nobody_s_failure(pages: Served, asked: str) -> None:
    assert pages.get(f"/{pages.name}/{asked}").status_code in (200, 400)


def test_the_store_as_a_whole_is_no_table(pages: Served) -> None:
    assert pages.get(f"/{pages.name}.csv").status_code == 404


def test_a_port_that_is_taken_is_said_in_a_line(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [*command("browse", store), "--port", port], capture_output=True, text=True, timeout=60
        )
    assert ended.returncode == 2
    assert "name another port with --port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_browser_opens_when_the_pages_answer(store: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    visitor = tmp_path / "visitor.py"
    visitor.write_text(
        "import pathlib, sys, urllib.request\n"
        "status = urllib.request.urlopen(sys.argv[1]).status\n"
        f"part = pathlib.Path({str(seen)!r} + '.part')\n"
        "part.write_text(f'{sys.argv[1]} {status}')\n"
        f"part.rename({str(seen)!r})\n"
    )
    with served(store, "--open", BROWSER=f"{sys.executable} {visitor} %s") as pages:
        deadline = time.monotonic() + PATIENCE
        while not seen.exists():
            assert time.monotonic() < deadline, pages.log.read_text()
            time.sleep(0.05)
        assert seen.read_text() == f"{pages.origin}/ 200"
