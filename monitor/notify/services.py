"""One message to one of Apprise's services."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Final

import apprise
from apprise.common import OverflowMode

from monitor.notify.outcome import Outcome, answered, unanswered

_STATUS: Final = re.compile(r"error=(\d{3})\b")


def is_address(address: str) -> bool:
    """Whether Apprise knows what to do with it. Asks nobody."""
    with _listening():
        return apprise.Apprise.instantiate(address, asset=_asset()) is not None


def send(address: str, *, title: str, body: str) -> Outcome:
    """Send plain text; a service that shows HTML or Markdown is given it escaped by Apprise."""
    with _listening() as said:
        service = apprise.Apprise.instantiate(address, asset=_asset())
        if service is None:
            return Outcome(answer="refused", why="Apprise cannot use the address", reached=False)
        if "overflow=" not in address:
            service.overflow_mode = OverflowMode.SPLIT
        sender = apprise.Apprise(asset=_asset())
        sender.add(service)
        if sender.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT):
            return Outcome(answer="accepted")
        return _failed(said.getvalue())


def _failed(said: str) -> Outcome:
    """What Apprise logged, by its numbers alone: its words may hold the address."""
    found = _STATUS.search(said)
    if found and int(found[1]) >= 300:
        return answered(int(found[1]))
    if "onnection error" in said:
        return unanswered("the service could not be reached, or did not answer")
    return unanswered("the service did not take it; Apprise says no more")


def _asset() -> apprise.AppriseAsset:
    return apprise.AppriseAsset(async_mode=False, app_id="baowatch", app_desc="baowatch")


@contextmanager
def _listening() -> Iterator[StringIO]:
    """What Apprise logs, and nowhere else: a line of its may hold a secret."""
    log = logging.getLogger("apprise")
    said = StringIO()
    before = log.handlers, log.propagate, log.level
    log.handlers, log.propagate = [logging.StreamHandler(said)], False
    log.setLevel(logging.WARNING)
    try:
        yield said
    finally:
        log.handlers, log.propagate = before[:2]
        log.setLevel(before[2])
