"""The configuration a daemon goes by: read as a whole, accepted or refused as a whole."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crawlers.errors import UserError
from crawlers.site import Site
from crawlers.sitefile import SiteError
from monitor import schedulefile
from monitor.project import Project
from monitor.schedule import Schedule

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Sites and schedule that fit together, and the files that were left out."""

    sites: Mapping[str, Site]
    schedule: Schedule
    left_out: tuple[SiteError, ...]
    signature: Signature


class Refused(UserError):
    """The configuration cannot be used; names every file and key that is wrong."""


def read_configuration(project: Project) -> Configuration:
    """What the files say; broken site files are left out. Raises ScheduleError."""
    signature = signature_of(project.config)
    sites, errors = project.sites()
    schedule = schedulefile.load_schedule(
        project.config / schedulefile.NAME, sites, broken=[error.path.stem for error in errors]
    )
    return Configuration(sites=sites, schedule=schedule, left_out=errors, signature=signature)


def read_unbroken(project: Project) -> Configuration:
    """What the files say, when all of them are sound. Raises Refused or ScheduleError."""
    found = read_configuration(project)
    if found.left_out:
        raise Refused("; ".join(str(error) for error in found.left_out))
    return found


def signature_of(config: Path) -> Signature:
    """Changes whenever a file of the configuration does."""
    found = []
    for path in sorted(config.rglob("*.yml")):
        try:
            stat = path.stat()
        except FileNotFoundError:  # just being replaced
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


def accepted_copy(project: Project, accepted: Configuration) -> Project:
    """The project with a copy of the accepted files, beside the store, as its configuration.

    Crawls read the copy, so that a file that is broken meanwhile stops none of them. The
    copy before this one stays: a crawl may just be reading it.
    """
    folder = Path(f"{project.store}.config")
    copies = sorted(folder.glob("*"), key=lambda path: path.name)
    for old in copies[:-1]:
        shutil.rmtree(old)
    broken = {error.path.name for error in accepted.left_out}
    copy = folder / f"{time.time_ns():020}"
    shutil.copytree(project.config, copy, ignore=lambda _, names: broken.intersection(names))
    return replace(project, config=copy)
