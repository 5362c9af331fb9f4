"""The six portals: pure functions from an edition to pages, feeds, sitemaps and listings."""

from monitor.replica.portals import (
    baohatinh,
    baoninhbinh,
    baoninhthuan,
    baoquangninh,
    svhttdl_dienbien,
    vietnamvn,
)
from monitor.replica.portals.shell import Portal

PORTALS: tuple[Portal, ...] = (
    baoninhbinh.PORTAL,
    svhttdl_dienbien.PORTAL,
    vietnamvn.PORTAL,
    baoninhthuan.PORTAL,
    baoquangninh.PORTAL,
    baohatinh.PORTAL,
)


def has_script(site_name: str) -> bool:
    """Whether the site's portal is one of the six that a script serves."""
    return any(portal.site == site_name for portal in PORTALS)


def portal_at(host: str) -> Portal | None:
    """The portal of a host, with or without ``www.``; None for no portal's."""
    bare = host.lower().removeprefix("www.")
    for portal in PORTALS:
        if any(bare == own.removeprefix("www.") for own in portal.hosts):
            return portal
    return None
