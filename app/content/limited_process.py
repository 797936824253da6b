"""A long-lived process of our own that does dangerous work within limits and is killed at them.

It reads one JSON request a line and writes one JSON answer a line. What hangs, dies or eats memory costs an answer,
never a server. It is a fresh interpreter, never a fork of a process with threads and database connections, and gets
none of our environment. Not here: what is done in it, and its limit of memory, which the program sets for itself.
"""

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

SECONDS_TO_START = 20.0
_CHUNK = 1 << 16


class LimitedProcess:
    """Owns the process; threads take turns. `greeting` is asked once after each start, so that starting costs no work
    its time."""

    def __init__(self, program: Path, greeting: dict[str, Any], seconds: float) -> None:
        self.seconds = seconds
        self._program = program.resolve()
        self._greeting = greeting
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.stop)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request; {"error": …} where the process had to be stopped."""
        with self._lock:
            try:
                return _exchange(self._running(), request, self.seconds)
            except (TimeoutError, OSError, ValueError) as error:
                self._stop()
                return {"error": f"the process was stopped: {error!r}"}

    def stop(self) -> None:
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; a new one if it is gone or belongs to the parent we were forked from."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(self._program)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd="/",
                env={"PYTHONIOENCODING": "utf-8"},
            )
            self._owner = os.getpid()
            _exchange(self._process, self._greeting, SECONDS_TO_START)
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Write the request, read the line that answers it.

    Raises:
        TimeoutError: no whole line within `seconds`.
        OSError: the process is gone.
    """
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipes")
    line = json.dumps(request).encode() + b"\n"
    deadline = time.monotonic() + seconds
    process.stdin.write(line)
    process.stdin.flush()
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not received.endswith(b"\n"):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError(f"no answer within {seconds} s")
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            if not chunk:
                raise OSError("the process ended")
            received += chunk
    answer: dict[str, Any] = json.loads(received)
    return answer
