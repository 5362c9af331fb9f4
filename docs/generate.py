"""Write ``docs/reference.md`` from the code, so that it cannot drift: ``python docs/generate.py``.

A test compares the file with what this prints.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from cells import cell, type_of
from telling import questions, report_members, webhook
from typer.core import TyperGroup

from crawlers.platformfile import Platform
from crawlers.site import Site
from monitor.cli import app
from monitor.notify.notifyfile import NotifyFile
from monitor.render.report_schema import schema_text
from monitor.render.words import CLOSE_REASONS, KINDS, PROBLEMS
from monitor.schedulekeys import ScheduleFile
from pipelines.store.opening import open_store

REFERENCE = Path(__file__).parent / "reference.md"
REPORT_SCHEMA = Path(__file__).parent / "report.schema.json"


def reference() -> str:
    """The whole page."""
    parts = (
        _commands(),
        _arguments(),
        _reasons(),
        _site_keys(),
        _schedule_keys(),
        _notify_keys(),
        webhook(),
        report_members(),
        questions(),
        _environment(),
        _tables(),
    )
    return "\n".join(
        [
            "# Reference",
            "",
            "Written by `python docs/generate.py`; change the code, not this page.",
            *(line for part in parts for line in ("", *part)),
            "",
        ]
    )


def _commands() -> Iterator[str]:
    yield "## Commands"
    for name, command in _commands_of(typer.main.get_command(app), ""):
        told = (command.help or "").strip().splitlines()
        yield from ("", f"### `baowatch {name}`", "", *(line.strip() for line in told), "")
        yield "| argument or option | what it is |"
        yield "|---|---|"
        for parameter in command.params:
            if "--help" not in parameter.opts:
                yield _parameter(parameter)


def _commands_of(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands_of(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _parameter(parameter: Any) -> str:
    shown = ", ".join(f"`{name}`" for name in parameter.opts)
    if parameter.param_type_name == "argument":
        shown = f"`{parameter.name.upper()}`"
    return f"| {shown} | {cell(parameter.help or '')} |"


def _arguments() -> Iterator[str]:
    yield "## Spider arguments"
    yield ""
    yield "`scrapy crawl SITE -a NAME=VALUE`; a wrong one is one line and exit status 2."
    yield ""
    yield "| argument | values |"
    yield "|---|---|"
    yield "| `recheck` | `due` (the default): articles whose time has come; `all`: every known article once; `none`: only new ones and open second looks |"
    yield "| `limit` | at most so many articles, second looks not counted |"
    yield "| `url` | only these addresses of the site, separated by commas; no source is read |"
    yield "| `since` | a day like `2026-01-01`: new articles known to be older are recorded, not fetched |"
    yield "| `warc` | a folder: requests and answers of pages that became a version or a suspicion are archived there, a WARC file a run |"


def _reasons() -> Iterator[str]:
    yield "## How a run ends"
    yield ""
    yield "The reason stands in `runs.reason` and in Scrapy's `finish_reason`."
    yield ""
    yield "| reason | meaning |"
    yield "|---|---|"
    for reason, meaning in CLOSE_REASONS.items():
        yield f"| `{reason}` | {meaning} |"
    yield from ("", "## What a report tells", "", "Changes:", "")
    yield from (f"- `{kind}`: {words}" for kind, words in KINDS.items())
    yield from (
        "",
        "Problems, each open until there is evidence that it is over: the address where it was met, or for a whole site any address, was asked again and answered:",
        "",
    )
    yield from (f"- `{kind}`: {words}" for kind, words in PROBLEMS.items())


def _site_keys() -> Iterator[str]:
    yield "## Keys of a site file"
    schema = Site.model_json_schema()
    yield from _keys("`config/sites/NAME.yml`", schema)
    for name, definition in schema["$defs"].items():
        yield from _keys(name, definition)
    platform = Platform.model_json_schema()
    yield from _keys("`config/platforms/NAME.yml`", platform)
    yield from _keys("SourcePath", platform["$defs"]["SourcePath"])


def _schedule_keys() -> Iterator[str]:
    yield "## Keys of the schedule"
    described = ScheduleFile.model_json_schema()
    yield from _keys("`config/schedule.yml`", described)
    for name, definition in described["$defs"].items():
        yield from _keys(name, definition)


def _notify_keys() -> Iterator[str]:
    yield "## Keys of the notifications"
    described = NotifyFile.model_json_schema()
    yield from _keys("`config/notify.yml`", described)
    for name, definition in described["$defs"].items():
        yield from _keys(name, definition)


def _keys(title: str, definition: dict[str, Any]) -> Iterator[str]:
    told = " ".join(definition.get("description", "").split())
    yield from ("", f"### {title}", "", cell(told), "")
    yield "| key | type | default | what it is |"
    yield "|---|---|---|---|"
    required = definition.get("required", ())
    for key, value in definition.get("properties", {}).items():
        if key == "name":
            continue  # the file's name
        default = "needed" if key in required else f"`{value.get('default', '')}`"
        yield f"| `{key}` | {type_of(value)} | {default} | {cell(value.get('description', ''))} |"


def _environment() -> Iterator[str]:
    yield "## Environment"
    yield ""
    yield "| variable | meaning |"
    yield "|---|---|"
    yield "| `BAOWATCH_STORE` | the store's file |"
    yield "| `BAOWATCH_CONFIG` | the folder that holds `sites/` |"
    yield "| `BAOWATCH_FREE_DISK_MB` | no run begins, and one that is under way ends, when fewer megabytes are free where the store lies; 200 when it is not set, 0 for no such limit |"
    yield "| `BAOWATCH_CONTACT` | how a portal can reach you; stands in the User-Agent |"
    yield "| `BAOWATCH_ORIGINS` | JSON object, real origin to replica origin on loopback; every other address is then refused |"
    yield "| `BAOWATCH_CLOCK` | another clock, only together with `BAOWATCH_ORIGINS` |"


def _tables() -> Iterator[str]:
    yield "## Tables"
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.db")
        found = store.reader.execute(
            "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view') "
            "AND name NOT LIKE '\\_sqlite%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' "
            "AND name NOT LIKE 'articles\\_fts\\_%' ESCAPE '\\' ORDER BY name"  # SQLite's own
        ).fetchall()
        store.close()
    for (sql,) in found:
        yield from ("", "```sql", sql.strip(), "```")


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
    REPORT_SCHEMA.write_text(schema_text(), encoding="utf-8")
    sys.stdout.write(f"{REFERENCE}\n{REPORT_SCHEMA}\n")
