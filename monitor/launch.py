"""Becomes the command it is given, as a process that cannot outlive or starve its parent.

    python -I -S launch.py PARENT_PID MEMORY_BYTES COMMAND …

A program of its own, and not ``preexec_fn``, since code between fork and exec may hang in a
process with threads. The standard library only. On other systems than Linux a child may
outlive a parent that is killed.
"""

import ctypes
import os
import resource
import signal
import sys
from typing import Final

PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h; kept over exec


def main() -> None:
    parent, memory, *command = sys.argv[1:]
    if sys.platform == "linux":
        # SIGKILL: a child that hangs in C would never see another one, and the store bears it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):
            sys.exit("the parent ended first")
    if int(memory):
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(command[0], command)  # noqa: S606 (no shell is the point)


if __name__ == "__main__":
    main()
