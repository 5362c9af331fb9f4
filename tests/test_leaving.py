"""A predecessor's host is left when its last day, where it was, is over."""

from datetime import UTC, datetime

import pytest
from movers import LEFT, NEW, SITE

from pipelines.leaving import has_left, hosts_left

OLD = "https://www.bao.example/tin/mot"
LAST_MINUTE = datetime(2026, 3, 1, 16, 59, tzinfo=UTC)  # of 1 March in Vietnam, its last day
MIDNIGHT = datetime(2026, 3, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize(("now", "is_left"), [(LAST_MINUTE, False), (MIDNIGHT, True)])
def test_a_host_is_the_sites_own_to_the_end_of_its_last_day(now: datetime, is_left: bool) -> None:
    assert (hosts_left(LEFT, now) == {"bao.example"}) is is_left
    assert has_left(OLD, f"{NEW}/tin/mot", LEFT, now) is is_left


def test_only_from_a_left_host_to_another_is_left() -> None:
    assert not has_left(OLD, "https://bao.example/tin/hai", LEFT, MIDNIGHT)
    assert not has_left(f"{NEW}/tin/mot", OLD, LEFT, MIDNIGHT)
    assert not has_left(OLD, f"{NEW}/tin/mot", SITE, MIDNIGHT)
