"""Pure: from a request to the whole answer (status, headers, bytes) at an edition."""

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from monitor.replica.faults import Fault
from monitor.replica.layout import Layout
from monitor.replica.noise import Noise
from monitor.replica.portals import PORTALS
from monitor.replica.portals.markup import Answer, Asked, View
from monitor.replica.portals.shell import Portal, missing
from monitor.replica.portals.sources import robots
from monitor.replica.story import Gone, Served, Story

WALL = (
    "<html><body><script>document.cookie='D1N={}'+';expires=Fri, 31 Dec 2099 23:59:59 GMT;"
    "path=/';window.location.reload(true);</script></body></html>"
)


T = TypeVar("T", Story, Gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What goes over the wire."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def text(self) -> str:
        """The body as text, unpacked."""
        packed = ("Content-Encoding", "gzip") in self.headers
        return (gzip.decompress(self.body) if packed else self.body).decode()


def asked(host: str, target: str) -> Asked:
    """The request's parts. ``target`` is the request line's path and query."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    bare = host.lower().partition(":")[0].removeprefix("www.")
    return Asked(host=bare, path=unquote(parts.path) or "/", query=query)


def respond(
    request: Asked,
    portal: Portal,
    *,
    served: Served,
    layout: Layout,
    noise: Noise,
    headers: Mapping[str, str],
) -> Response:
    """The portal's answer; ``headers`` of the request in lower case."""
    view = View(served=served, layout=layout, noise=noise)
    gone = _at(request, portal, served.gone)
    if gone and gone.status == 301:
        return Response(status=301, headers=(("Location", gone.to_url),))
    if gone:
        page = Answer(body=missing(view, portal.title), status=gone.status)
        return _sent(page, portal, headers, ())
    story = _at(request, portal, served.stories)
    if story:
        validators = _validators(story, portal, noise)
        if portal.etags == "honest" and _unchanged(story, dict(validators), headers):
            return Response(status=304, headers=validators)
        page = Answer(body=portal.article(story, view))
        return _sent(page, portal, headers, validators)
    page = portal.place(request, view) or Answer(body=missing(view, portal.title), status=404)
    return _sent(page, portal, headers, ())


def _at(request: Asked, portal: Portal, things: tuple[T, ...]) -> T | None:
    """What stands at the address; the hosts of a portal that has two are told apart."""
    for thing in things:
        parts = urlsplit(thing.url)
        host = (parts.hostname or "").removeprefix("www.")
        same_host = portal.site != "baoninhthuan" or host == request.host
        if same_host and unquote(parts.path) == request.path:
            return thing
    return None


def _validators(story: Story, portal: Portal, noise: Noise) -> tuple[tuple[str, str], ...]:
    if portal.etags == "useless":
        return (("ETag", f'"{noise.rng.getrandbits(64):x}"'),)
    if portal.etags == "honest":
        modified = format_datetime(story.modified_at, usegmt=True)
        return (("ETag", f'"{fingerprint(story)}"'), ("Last-Modified", modified))
    return ()


def fingerprint(story: Story) -> str:
    """A fingerprint of everything that an editor may change."""
    fields = (
        story.title,
        story.lead,
        *story.paragraphs,
        *story.captions,
        story.author,
        story.published_at.isoformat(),
        story.modified_at.isoformat(),
    )
    return hashlib.sha256("\0".join(fields).encode()).hexdigest()[:20]


def _unchanged(story: Story, validators: dict[str, str], headers: Mapping[str, str]) -> bool:
    """RFC 9110: If-None-Match wins over If-Modified-Since."""
    wanted = headers.get("if-none-match")
    if wanted is not None:
        tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
        return validators["ETag"] in tags
    since = headers.get("if-modified-since")
    if not since:
        return False
    try:
        return story.modified_at <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _sent(
    page: Answer,
    portal: Portal,
    headers: Mapping[str, str],
    more: tuple[tuple[str, str], ...],
) -> Response:
    body = page.body.encode()
    fields = [("Content-Type", page.content_type), *more]
    if page.gzip_file:
        body = gzip.compress(body, mtime=0)
    elif portal.gzip and "gzip" in headers.get("accept-encoding", ""):
        body = gzip.compress(body, mtime=0)
        fields.append(("Content-Encoding", "gzip"))
    return Response(status=page.status, headers=tuple(fields), body=body)


def directory(port: int, standing: Sequence[str] = ()) -> Response:
    """For a browser that asks without a portal's host: where the portals are."""
    named = [(host, portal.title) for portal in PORTALS for host in portal.hosts]
    lines = "".join(
        f'<li><a href="http://127.0.0.1:{port}/?portal={host}">{host}</a> {title}</li>'
        for host, title in (*named, *((host, "") for host in standing))
    )
    body = f"<!DOCTYPE html><meta charset=utf-8><title>Replica</title><ul>{lines}</ul>".encode()
    return Response(status=200, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body)


def at_fault(fault: Fault, noise: Noise) -> Response | None:
    """What a fault has answered instead; None where the connection is torn down."""
    match fault.kind:
        case "busy":
            wait = (("Retry-After", str(fault.retry_after)),) if fault.retry_after else ()
            headers = (*wait, ("Content-Type", "text/html"))
            body = b"<h1>Service Unavailable</h1>"
            return Response(status=fault.status, headers=headers, body=body)
        case "cookie_wall":
            return wall(noise)
        case "forbidden":
            body = robots("User-agent: *", "Disallow: /").body.encode()
            return Response(status=200, headers=(("Content-Type", "text/plain"),), body=body)
        case _:
            return None


def wall(noise: Noise) -> Response:
    """The cookie wall "D1N": status 200, no article."""
    body = WALL.format(f"{noise.rng.getrandbits(128):032x}").encode()
    return Response(status=200, headers=(("Content-Type", "text/html"),), body=body)
