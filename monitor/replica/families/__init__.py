"""Portals for configured sites that no script serves: a style for each family of CMS.

They stand still: no editions, no events. Some have a fault, and which is known.
"""

from monitor.replica.families.faults import FAULTS, FamilyFault, faults_of
from monitor.replica.families.standing import StandingPortal, standing_portals

__all__ = ["FAULTS", "FamilyFault", "StandingPortal", "faults_of", "standing_portals"]
