import os
import signal
import time

import pytest

from monitor.apart import Broken, call_apart


def square_unless_hostile(number):
    if number == 2:
        time.sleep(600)
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def own_process(_):
    return os.getpid()


def test_a_call_that_hangs_or_dies_stops_no_other():
    told = list(call_apart(square_unless_hostile, range(7), seconds=3, processes=2))
    assert [one for one in told if not isinstance(one, Broken)] == [0, 1, 16, 25, 36]
    assert told[2] == Broken(reason="took more than 3 seconds")
    assert told[3] == Broken(reason="ended its process (status -9)")


def test_a_process_makes_room_for_a_fresh_one(monkeypatch):
    monkeypatch.setattr("monitor.apart.CALLS_PER_PROCESS", 2)
    told = list(call_apart(own_process, range(5), seconds=60, processes=1))
    assert told[0] == told[1] != told[2] == told[3] != told[4]


def test_no_arguments_need_no_process():
    assert list(call_apart(own_process, (), seconds=1)) == []


def test_whoever_stops_listening_leaves_no_process_behind():
    calls = call_apart(own_process, range(50), seconds=60, processes=1)
    number = next(calls)
    calls.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
