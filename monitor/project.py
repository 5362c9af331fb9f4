"""Where this installation keeps its configuration and its store."""

import os
from dataclasses import dataclass
from pathlib import Path

import crawlers
from crawlers.site import Site
from crawlers.sitefile import SiteError, load_sites

STORE_VARIABLE = "BAOWATCH_STORE"
CONFIG_VARIABLE = "BAOWATCH_CONFIG"


class ProjectError(Exception):
    """No project can be found; the message says where was looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder with ``scrapy.cfg``, its configuration, and the store that is used with it."""

    folder: Path
    config: Path
    store: Path

    def sites(self) -> tuple[dict[str, Site], tuple[SiteError, ...]]:
        """The configured sites by name, and what is wrong with the other files."""
        sites, errors = load_sites(self.config / "sites")
        return {site.name: site for site in sites}, errors


def find_project(store: Path | None = None) -> Project:
    """The project around the current folder, else the one baowatch is installed from.

    The store is ``store``, else BAOWATCH_STORE, else ``baowatch.db`` in the project's
    folder. Raises ProjectError.
    """
    folder = _project_folder()
    named = store or os.environ.get(STORE_VARIABLE)
    return Project(
        folder=folder,
        config=Path(os.environ.get(CONFIG_VARIABLE) or folder / "config").absolute(),
        store=Path(named).absolute() if named else folder / "baowatch.db",
    )


def _project_folder() -> Path:
    installed = Path(crawlers.__file__).parents[1]
    for folder in (Path.cwd(), *Path.cwd().parents, installed):
        if (folder / "scrapy.cfg").is_file() and (folder / "config" / "sites").is_dir():
            return folder
    raise ProjectError(
        f"no scrapy.cfg with config/sites in {Path.cwd()} or above it. "
        "Go to the folder that baowatch was cloned into."
    )
