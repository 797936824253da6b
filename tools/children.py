"""Programs that we start and that must not outlive us, however we end."""

import ctypes
import os
import signal
import subprocess
import sys
from typing import Any

PR_SET_PDEATHSIG = 1
PATIENCE = 15
"""Seconds that a program has to end by itself before it is killed."""


def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start `command` in a process group of its own: Ctrl-C reaches us alone, and we end it in order.

    Where the system can (Linux), it also ends when we are killed.
    """
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent, **options)  # noqa: PLW1509


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(child: subprocess.Popen[bytes], first: signal.Signals = signal.SIGTERM) -> int:
    """Ask the program to end, kill its group when it does not, and return its exit status."""
    if child.poll() is None:
        child.send_signal(first)
        try:
            return child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
    return child.wait()
