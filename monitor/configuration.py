"""The configuration a daemon goes by: read as a whole, accepted or refused as a whole."""

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crawlers.errors import UserError
from crawlers.site import Site
from crawlers.sitefile import SiteError
from monitor import schedulefile
from monitor.notify import notifyfile
from monitor.notify.routes import Notifications
from monitor.project import Project
from monitor.schedule import Schedule

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Sites, schedule and routes that fit together, and the files that were left out."""

    sites: Mapping[str, Site]
    schedule: Schedule
    notifications: Notifications
    left_out: tuple[SiteError, ...]
    signature: Signature


class Refused(UserError):
    """The configuration cannot be used; names every file and key that is wrong."""


def read_configuration(project: Project, *, archives: bool = True) -> Configuration:
    """What the files say; broken site files are left out. Raises ScheduleError and NotifyError.

    Without ``archives`` for whoever archives nothing: it may read a copy that stands elsewhere,
    and need not fail where the archives' folder is gone.
    """
    signature = signature_of(project.config)
    sites, errors = project.sites()
    broken = [error.path.stem for error in errors]
    schedule = schedulefile.load_schedule(
        project.config / schedulefile.NAME,
        sites,
        unverified=schedulefile.unverified_of(sites),
        broken=broken,
        archives=archives,
    )
    notifications = notifyfile.load_notifications(
        project.config / notifyfile.NAME, sites, os.environ, broken=broken
    )
    return Configuration(
        sites=sites,
        schedule=schedule,
        notifications=notifications,
        left_out=errors,
        signature=signature,
    )


def read_unbroken(project: Project, before: Configuration) -> Configuration:
    """What the files say, when all are sound. Raises Refused, ScheduleError or NotifyError.

    ``before`` is what goes on otherwise. Where it told people, a missing notify.yml is none
    that tells nobody: it is just being replaced, or lost.
    """
    found = read_configuration(project)
    path = project.config / notifyfile.NAME
    if before.notifications.routes and not path.exists():
        raise Refused(f"{path} is gone. Put it back; to tell nobody any more, empty its routes.")
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
    sites = str(project.config / "sites")  # a platform may have the name of a broken site
    shutil.copytree(
        project.config, copy, ignore=lambda at, names: broken & {*names} if at == sites else set()
    )
    return replace(project, config=copy)
