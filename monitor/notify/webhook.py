"""One POST to a webhook. Nothing of what the receiver says is kept but status and wait."""

from collections.abc import Mapping

import requests
import urllib3

from monitor.notify.outcome import Outcome, answered, unanswered, unreached


def post(address: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> Outcome:
    """Send ``body``; ``timeout`` in real seconds, for connecting and between two pieces.

    What takes longer altogether is for the caller to end: a receiver may drip for ever.
    """
    with requests.Session() as session:
        session.trust_env = False  # neither proxies nor .netrc: nothing but what was configured
        try:
            answer = session.post(
                address,
                data=body,
                headers={"Content-Type": "application/json", **headers},
                timeout=timeout,
                allow_redirects=False,
                stream=True,  # the answer's body is not read
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            return _failed(error)
        with answer:
            return answered(answer.status_code, answer.headers.get("Retry-After", ""))


def _failed(error: Exception) -> Outcome:
    """By the kind of the error alone: its text holds the address."""
    match error:
        case requests.exceptions.ConnectTimeout():
            return unreached("no connection in time")
        case requests.exceptions.SSLError():
            return unreached("the receiver's certificate could not be verified")
        case requests.exceptions.ReadTimeout():
            return unanswered("no answer in time")
        case requests.exceptions.ConnectionError() if _never_connected(error):
            return unreached("no connection")
        case (
            requests.exceptions.InvalidURL()
            | requests.exceptions.InvalidSchema()
            | urllib3.exceptions.LocationParseError()
        ):
            return unreached("the address is none")
        case _:
            return unanswered("the connection was lost before an answer came")


def _never_connected(error: Exception) -> bool:
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, urllib3.exceptions.NewConnectionError)
