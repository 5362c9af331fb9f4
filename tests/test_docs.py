"""What the documentation says is what the code does."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.cli import app
from monitor.render.report_schema import schema_text

ROOT = Path(__file__).parents[1]


def code_blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def test_the_reference_is_what_the_code_says() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", "from generate import reference; print(reference(), end='')"],
        cwd=ROOT / "docs",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed == (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def test_the_report_is_described_as_it_is_written() -> None:
    assert (ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8") == schema_text()


def test_every_command_is_in_the_readme_and_every_named_one_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"\bbaowatch ([a-z-]+)", "\n".join(code_blocks(ROOT / "README.md", "sh")))
    )
    named |= set(re.findall(r"`baowatch ([a-z-]+)", readme))
    commands = {
        command.callback.__name__.replace("_", "-")
        for command in app.registered_commands
        if command.callback
    } | {group.typer_instance.info.name for group in app.registered_groups if group.typer_instance}
    assert named == commands


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(
            r"(?:`|^)make ([a-z]+)(?:`|  |$)", page.read_text("utf-8"), re.MULTILINE
        ):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{page.name}: {target}"


def test_the_smallest_site_file_of_the_guide_works(tmp_path: Path) -> None:
    smallest, *more = code_blocks(ROOT / "docs" / "adding-a-site.md", "yaml")
    path = tmp_path / "baovidu.yml"
    path.write_text(smallest, encoding="utf-8")
    assert load_site(path).title == "Báo Ví Dụ"
    path.write_text(smallest + "".join(more), encoding="utf-8")
    site = load_site(path)
    assert site.noise
    assert site.predecessors
    assert site.expect.articles_per_day == (3, 200)


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_module_of_the_architecture_page_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for module in re.findall(r"`((?:crawlers|pipelines|monitor)/[\w/]+\.py)`", text):
        assert (ROOT / module).is_file(), module
    names = {path.name for path in ROOT.glob("*/*.py")} | {p.name for p in ROOT.glob("*/*/*.py")}
    for module in re.findall(r"`(\w+\.py)`", text):
        assert module in names, module


def test_shipped_site_files_point_editors_at_the_schema() -> None:
    for path in (ROOT / "config" / "sites").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=../site.schema.json\n"), path.name
        assert yaml.safe_load(text)["verified"] is False, path.name
        assert set(yaml.safe_load(text)) <= set(Site.model_fields)
