"""Settings for all tests: nothing is judged by its speed."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("baowatch", deadline=None, print_blob=True)
settings.load_profile("baowatch")

# The tests start hundreds of crawls; without it each would compile all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

LONGEST = (
    "test_five_days.py",
    "test_replica_crawl.py",
    "test_daemon.py",
    "test_moving_replica.py",
    "test_replica_portal.py",
    "test_demo_report.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: else one worker is at it while all others are done."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.name, len(LONGEST)))


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A test that silences our loggers would hide the lines that a later one waits for."""
    yield
    for package in ("crawlers", "pipelines", "monitor"):
        logger = logging.getLogger(package)
        assert (logger.level, logger.disabled, logger.propagate) == (0, False, True), package
