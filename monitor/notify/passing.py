"""A pass of the sender by the files and the environment of now."""

import asyncio
from collections.abc import Callable, Mapping

from crawlers.clock import clock_from_environment
from monitor.notify.filling import Mask
from monitor.notify.notifyfile import NAME, load_notifications
from monitor.notify.routes import Notifications
from monitor.notify.sender import Office, Pass, send_all
from monitor.project import Project
from monitor.render.text import safe
from pipelines.store.opening import Store


def read_notifications(project: Project, environment: Mapping[str, str]) -> Notifications:
    """What the project's notify.yml says. Raises NotifyError."""
    known, errors = project.sites()
    broken = [error.path.stem for error in errors]
    return load_notifications(project.config / NAME, known, environment, broken=broken)


def make_pass(
    project: Project, store: Store, environment: Mapping[str, str], *, say: Callable[[str], None]
) -> Pass:
    """Send what is due now; ``say`` takes lines that hold no secret.

    Raises NotifyError, AlreadySending and StoreError.
    """
    notifications = read_notifications(project, environment)
    mask = Mask(environment, notifications.filled)
    sites, _ = project.sites()
    office = Office(
        store=store,
        notifications=notifications,
        sites=sites,
        clock=clock_from_environment(environment),
        folder=project.folder,
        environment=environment,
        say=lambda line: say(mask.masked(safe(line))),
    )
    return asyncio.run(send_all(office))
