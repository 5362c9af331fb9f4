"""What a live portal answers, asked through the one engine: a frozen ``Probe`` of a site."""

from monitor.probing.asking import ProbeOrder, probe_site, probe_sites
from monitor.probing.probe import ArticleProbe, Probe, RobotsProbe, SourceProbe, Trust

__all__ = [
    "ArticleProbe",
    "Probe",
    "ProbeOrder",
    "RobotsProbe",
    "SourceProbe",
    "Trust",
    "probe_site",
    "probe_sites",
]
