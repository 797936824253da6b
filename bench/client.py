"""A load client that costs little: raw sockets, keep-alive, one thread with epoll, requests made beforehand.

It runs in a process of its own (that of the bench), so that the server's cost is the server's.
"""

import re
import selectors
import socket
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from tools.serving import HOST

PATIENCE = 30.0
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class ServerMisbehaved(RuntimeError):
    """An answer that was not the expected one; what is measured then means nothing."""


@dataclass
class Run:
    """What came of sending some requests."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    """Seconds from when a request was due (or sent, where nothing was due) to its whole answer."""
    answer: bytes = b""
    """One whole answer, to look at."""

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.expected = -1
        self.since = 0.0

    def send(self, request: bytes, since: float) -> None:
        self.received, self.expected, self.since = b"", -1, since
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; whether the answer is whole."""
        chunk = self.socket.recv(262144)
        if not chunk:
            raise ServerMisbehaved("the server closed a connection")
        self.received += chunk
        if self.expected < 0:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return False
            length = _LENGTH.search(self.received, 0, end)
            self.expected = end + 4 + (int(length[1]) if length else 0)
        return len(self.received) >= self.expected


def run_flat_out(port: int, requests: Iterable[bytes], status: int, connections: int = 16) -> Run:
    """Send each request once, each connection the next as soon as it has its answer.

    Raises:
        ServerMisbehaved: an answer had another status.
    """
    waiting = deque(requests)
    run = Run()
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(min(connections, len(waiting))):
            connection = _Connection(port)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(waiting.popleft(), time.perf_counter())
        while selector.get_map():
            for key, _events in _select(selector):
                connection = key.data
                if not connection.receive():
                    continue
                _note(run, connection, status)
                if waiting:
                    connection.send(waiting.popleft(), time.perf_counter())
                else:
                    selector.unregister(connection.socket)
                    connection.socket.close()
    run.seconds = time.perf_counter() - begun
    return run


def run_at_rate(port: int, requests: Iterable[bytes], status: int, per_second: float, connections: int = 64) -> Run:
    """Send the requests at a fixed rate, whether or not earlier ones are answered: waiting counts as latency.

    Raises:
        ServerMisbehaved: an answer had another status.
    """
    run, free, answered = Run(), deque(_Connection(port) for _ in range(connections)), 0
    waiting = deque(enumerate(requests))
    total = len(waiting)
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for connection in free:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        while answered < total:
            moment = time.perf_counter()
            while waiting and free and begun + waiting[0][0] / per_second <= moment:
                number, request = waiting.popleft()
                free.popleft().send(request, begun + number / per_second)
            due = begun + waiting[0][0] / per_second - moment if waiting and free else PATIENCE
            for key, _events in selector.select(max(0.0, due)):
                if key.data.receive():
                    _note(run, key.data, status)
                    free.append(key.data)
                    answered += 1
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    run.seconds = time.perf_counter() - begun
    return run


def _select(selector: selectors.BaseSelector) -> list[tuple[selectors.SelectorKey, int]]:
    ready = selector.select(PATIENCE)
    if not ready:
        raise ServerMisbehaved(f"no answer within {PATIENCE} s")
    return ready


def _note(run: Run, connection: _Connection, status: int) -> None:
    run.latencies.append(time.perf_counter() - connection.since)
    if not connection.received.startswith(b"HTTP/1.1 %d" % status):
        raise ServerMisbehaved(connection.received[:400].decode(errors="replace"))
    run.answer = connection.received
