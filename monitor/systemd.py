"""What the service manager wants to be told: the protocol of sd_notify(3)."""

import os
import socket
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceManager:
    """Where to report; ``socket_path`` is empty when nobody asked."""

    socket_path: str = ""

    @classmethod
    def from_environment(cls, environment: MutableMapping[str, str] = os.environ) -> Self:
        """Takes the variables out, so that children do not report in our name."""
        environment.pop("WATCHDOG_USEC", None)
        environment.pop("WATCHDOG_PID", None)
        return cls(socket_path=environment.pop("NOTIFY_SOCKET", ""))

    def tell(self, *assignments: str) -> None:
        """Send ``READY=1`` and the like; one that does not listen is no reason to fail."""
        if not self.socket_path:
            return
        address = self.socket_path
        if address.startswith("@"):
            address = f"\0{address[1:]}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.setblocking(False)
            try:
                channel.sendto("\n".join(assignments).encode(), address)
            except (BlockingIOError, ConnectionError, FileNotFoundError):
                return
