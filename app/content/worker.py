"""The rendering process: one for each server process, started when something is compiled, killed at its limits.

python-markdown has inputs of a few kilobytes that take minutes. They may cost an author a refusal, never a server:
the process has 2 seconds for a fragment and 512 MB (set by itself, see `compile/fragment.py`), and is started anew
when it was killed. It is a fresh interpreter, never a fork of a process with threads and database connections.
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

from app.content.compile import fragment
from app.content.compile.fragment import Answer, Table

SECONDS_PER_FRAGMENT = 2.0
SECONDS_TO_START = 20.0
_CHUNK = 1 << 16


class FragmentWorker:
    """Owns the process. Threads take turns."""

    def __init__(self, seconds: float = SECONDS_PER_FRAGMENT) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def render(self, source: str, table: Table, inline: bool) -> Answer:
        """Render one fragment (see `compile.render.Render`); what hangs, dies or eats memory is an error."""
        request = json.dumps({"source": source, "table": table, "inline": inline}).encode() + b"\n"
        with self._lock:
            try:
                answer = _exchange(self._running(), request, self.seconds)
            except (TimeoutError, OSError, ValueError) as error:
                self._stop()
                return {"error": f"the rendering process was stopped: {error!r}"}
        return answer

    def stop(self) -> None:
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; a new one if it is gone or belongs to the parent we were forked from."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(Path(fragment.__file__).resolve())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd="/",
                env={"PYTHONIOENCODING": "utf-8"},
            )
            self._owner = os.getpid()
            _exchange(self._process, b'{"source": "", "table": {}, "inline": true}\n', SECONDS_TO_START)
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


def _exchange(process: subprocess.Popen[bytes], request: bytes, seconds: float) -> Answer:
    """Write the request, read the line that answers it.

    Raises:
        TimeoutError: no whole line within `seconds`.
        OSError: the process is gone.
    """
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipes")
    deadline = time.monotonic() + seconds
    process.stdin.write(request)
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
    answer: Answer = json.loads(received)
    return answer


_worker = FragmentWorker()
atexit.register(_worker.stop)


def render(source: str, table: Table, inline: bool) -> Answer:
    """Render one fragment in this server's rendering process."""
    return _worker.render(source, table, inline)
