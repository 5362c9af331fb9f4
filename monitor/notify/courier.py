"""A child that takes messages to one address: ``python -m monitor.notify.courier``.

Reads a JSON object per line, writes what came of it as another. It may hang, leak or be
killed: the sender knows what was owed, and starts another. Addresses come by the pipe, never
by the command line, which everybody on the machine can read.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from monitor.notify.outcome import Outcome


def carry(order: dict[str, Any]) -> Outcome:
    """Do what one line says."""
    if order["kind"] == "webhook":
        from monitor.notify.webhook import post

        return post(
            order["address"],
            order["body"].encode(),
            order["headers"],
            timeout=order["timeout"],
        )
    from monitor.notify.services import send

    return send(order["address"], title=order["title"], body=order["body"])


def main() -> None:
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(f"{json.dumps(asdict(carry(json.loads(line))))}\n")
        answers.flush()


if __name__ == "__main__":
    main()
