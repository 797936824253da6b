"""The server as we run it: the same command for `make run`, the browser stories, the fault tests and the bench."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools import children

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_LIMIT = 60
"""Seconds until the server must answer."""


class ServerFailed(RuntimeError):
    """The server ended, or did not answer in time."""


def workers_of_this_machine() -> int:
    """One worker process a core that we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def threads_of_a_worker() -> int:
    """One that computes and one that waits for the database; more only take turns from each other."""
    return 2


def server_command(port: int, workers: int | None = None) -> list[str]:
    """Granian over `wsgi:app`; a worker that dies is replaced."""
    options = {
        "--interface": "wsgi",
        "--host": HOST,
        "--port": str(port),
        "--workers": str(workers or workers_of_this_machine()),
        "--blocking-threads": str(threads_of_a_worker()),
        "--workers-kill-timeout": "3",
        "--respawn-interval": "0.5",
        "--log-level": "warning",
    }
    flags = ["--respawn-failed-workers", "--no-ws"]
    return [sys.executable, "-m", "granian", *(word for pair in options.items() for word in pair), *flags, "wsgi:app"]


def job_runner_command() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]


def start_server(
    port: int, environment: Mapping[str, str], workers: int | None = None, **options: Any
) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers; `options` are those of `children.start`.

    Raises:
        ServerFailed: it ended, or did not answer in time; then it is stopped.
    """
    server = children.start(server_command(port, workers), env=dict(environment), cwd=ROOT, **options)
    try:
        wait_until_ready(server, port)
    except BaseException:
        children.stop(server)
        raise
    return server


def wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the server answers; raise ServerFailed when it ends or takes too long."""
    deadline = time.monotonic() + START_LIMIT
    while not answers(port):
        if server.poll() is not None:
            raise ServerFailed(f"the server ended with status {server.returncode}")
        if time.monotonic() > deadline:
            raise ServerFailed(f"the server did not answer within {START_LIMIT} s")
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether something speaks HTTP on this port."""
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def is_taken(port: int) -> bool:
    """Whether another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
