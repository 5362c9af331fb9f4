"""Replica portals: the six shipped sites on 127.0.0.1, on scripted editions.

``python -m monitor.replica --seed 7`` serves them for a browser.
"""

from monitor.replica.faults import Fault
from monitor.replica.script import Script, script
from monitor.replica.server import Answered, Replica
from monitor.replica.story import Edition, Event, Expected, Story

__all__ = [
    "Answered",
    "Edition",
    "Event",
    "Expected",
    "Fault",
    "Replica",
    "Script",
    "Story",
    "script",
]
