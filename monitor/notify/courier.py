"""A child that takes messages to one address: ``python -m monitor.notify.courier KIND``.

Says ``ready``, then reads a JSON object per line and writes what came of it as another. It may
hang, leak or be killed: the sender knows what was owed, and starts another. Addresses come by
the pipe, never by the command line, which everybody on the machine can read.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from monitor.notify.outcome import Outcome

Order = Mapping[str, Any]
Carrier = Callable[[Order], Outcome]


def carrier(kind: str) -> Carrier:
    """How messages of that kind are taken away; imported here, since each needs much of its own."""
    if kind == "webhook":
        from monitor.notify.webhook import post

        return lambda order: post(
            order["address"], order["body"].encode(), order["headers"], timeout=order["timeout"]
        )
    from monitor.notify.services import send

    return lambda order: send(order["address"], title=order["title"], body=order["body"])


def main(kind: str) -> None:
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer
    carry = carrier(kind)
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(f"{json.dumps(asdict(carry(json.loads(line))))}\n")
        answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
