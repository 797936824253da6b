"""A long-lived process of our own that does dangerous work within limits and is killed at them.

It reads one JSON request a line and writes one JSON answer a line. What hangs, dies, eats memory or answers anything
else than was agreed costs an answer, never a server. It is a fresh interpreter, never a fork of a process with threads
and database connections, and gets none of our environment. Not here: what runs in it (`limited_loop.py`, with its limit
of memory) and the programs that do the work.
"""

import atexit
import json
import math
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.content import limited_loop

SECONDS_TO_START = 20.0
LONGEST_ANSWER = limited_loop.MEMORY_LIMIT
"""Bytes. An honest answer stood in the memory of the process once."""
_CHUNK = 1 << 16


class LimitedProcess:
    """Owns the process; threads take turns. `greeting` is asked once after each start, so that starting costs no work
    its time. `shape` says what an answer has besides {"error": …}: names and types, these and no others."""

    def __init__(self, program: Path, greeting: dict[str, Any], shape: Mapping[str, type], seconds: float) -> None:
        self.seconds = seconds
        self._program = program.resolve()
        self._greeting = greeting
        self._shape = dict(shape)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.stop)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request; {"error": …} where the process had to be stopped."""
        with self._lock:
            try:
                return self._judged(_exchange(self._running(), request, self.seconds))
            except (TimeoutError, OSError, ValueError, RecursionError) as error:
                self._stop()
                return {"error": f"the process was stopped: {error!r}"}

    def stop(self) -> None:
        with self._lock:
            self._stop()

    def _judged(self, answer: object) -> dict[str, Any]:
        """The answer as it is.

        Raises:
            ValueError: it is none that was agreed.
        """
        if isinstance(answer, dict):
            shape = {name: type(value) for name, value in answer.items()}
            if shape in (self._shape, {"error": str}):
                return answer
        raise ValueError("no answer that was agreed")

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; a new one if it is gone or belongs to the parent we were forked from."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._stop()
            ends_itself = str(math.ceil(self.seconds) + 1)
            self._process = subprocess.Popen(
                [sys.executable, "-I", limited_loop.__file__, str(self._program), ends_itself],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                cwd="/",
                env={"PYTHONIOENCODING": "utf-8"},
            )
            self._owner = os.getpid()
            self._judged(_exchange(self._process, self._greeting, SECONDS_TO_START))
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


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any], seconds: float) -> object:
    """Write the request, read the line that answers it.

    Raises:
        TimeoutError: the request not taken, or no whole line, within `seconds`.
        ValueError: a line that is no JSON, or too long.
        OSError: the process is gone.
    """
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipes")
    deadline = time.monotonic() + seconds
    _write(process.stdin.fileno(), json.dumps(request).encode() + b"\n", deadline)
    return json.loads(_read_line(process.stdout.fileno(), deadline))


def _write(pipe: int, line: bytes, deadline: float) -> None:
    """In pieces, never waiting longer than there is time: who does not read must not keep us."""
    os.set_blocking(pipe, False)
    left = memoryview(line)
    while left:
        _wait(pipe, selectors.EVENT_WRITE, deadline)
        left = left[os.write(pipe, left[:_CHUNK]) :]


def _read_line(pipe: int, deadline: float) -> bytes:
    received = bytearray()
    while not received.endswith(b"\n"):
        _wait(pipe, selectors.EVENT_READ, deadline)
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            raise OSError("the process ended")
        received += chunk
        if len(received) > LONGEST_ANSWER:
            raise ValueError("an endless answer")
    return bytes(received)


def _wait(pipe: int, event: int, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, event)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise TimeoutError("the time was up")
