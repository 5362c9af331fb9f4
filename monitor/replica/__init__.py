"""Replica portals: the six shipped sites on 127.0.0.1, on scripted editions.

``python -m monitor.replica --seed 7`` serves them for a browser.
"""

from monitor.replica.answered import Answered
from monitor.replica.faults import Fault, Outage
from monitor.replica.newsroom import Plot
from monitor.replica.script import Script, script
from monitor.replica.server import Replica
from monitor.replica.story import Edition, Event, Expected, Story

__all__ = [
    "Answered",
    "Edition",
    "Event",
    "Expected",
    "Fault",
    "Outage",
    "Plot",
    "Replica",
    "Script",
    "Story",
    "script",
]
