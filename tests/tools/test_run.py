"""`make run` from the outside: it serves, it ends whole, and it may be killed at any moment."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.config import ROOT, read_secrets_file
from tests.databases import Databases
from tools import serving

pytestmark = pytest.mark.slow
LIMIT = 180
"""Seconds within which a start must serve and an end must be over, also on a busy machine."""
Start = Callable[[], "Run"]


class Run:
    """One `make run`, without the installing."""

    def __init__(self, instance: Path, port: int) -> None:
        self.port = port
        self.instance = instance
        environment = {"PATH": os.environ["PATH"], "INSTANCE_DIR": str(instance), "PORT": str(port)}
        command = [sys.executable, "-m", "tools.run"]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **streams)  # type: ignore[call-overload]

    def is_serving(self) -> bool:
        assert self.process.poll() is None, self.process.communicate()[0]
        return serving.answers(self.port)

    def is_gone(self) -> bool:
        return not serving.is_taken(self.port)

    def programs(self) -> list[int]:
        """Process ids of what it has started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in children.read_text().split()]

    def has_database(self) -> bool:
        return (self.instance / "hocso.sqlite3").exists()

    def has_places(self) -> bool:
        """Whether the first rows are there, and the rest are still coming."""
        if not self.has_database():
            return False
        with closing(sqlite3.connect(f"file:{self.instance / 'hocso.sqlite3'}?mode=ro", uri=True)) as database:
            tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'place'").fetchone()[0]
            return bool(tables and database.execute("SELECT count(*) FROM place").fetchone()[0])

    def end(self) -> str:
        """Ctrl-C; returns what it has said."""
        self.process.send_signal(signal.SIGINT)
        return str(self.process.communicate(timeout=LIMIT)[0])


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder after a first start."""
    instance = tmp_path_factory.mktemp("prepared") / "instance"
    environment = {"PATH": os.environ["PATH"], "INSTANCE_DIR": str(instance)}
    subprocess.run([sys.executable, "-m", "tools.prepare"], cwd=ROOT, env=environment, check=True, capture_output=True)
    return instance


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts it, again and again over one instance folder and port."""
    port = serving.free_port()
    runs: list[Run] = []

    def make() -> Run:
        runs.append(Run(tmp_path / "instance", port))
        return runs[-1]

    yield make
    for run in runs:
        if run.process.poll() is None:
            run.end()


@pytest.fixture
def start_again(prepared: Path, tmp_path: Path, start: Start) -> Start:
    """The same where there was a start before."""
    shutil.copytree(prepared, tmp_path / "instance")
    return start


def test_first_start_prints_address_and_link_and_ctrl_c_ends_everything(start: Start) -> None:
    run = start()
    wait_until(run.is_serving)
    said = run.end()
    assert run.process.returncode == 0
    assert f"http://127.0.0.1:{run.port}" in said
    assert "This link makes the first one" in said
    assert run.is_gone()


def test_second_start_keeps_the_secrets_and_nothing_outlives_it_when_it_is_killed(start_again: Start) -> None:
    run = start_again()
    secrets_file = run.instance / "secrets.env"
    kept = read_secrets_file(secrets_file)
    assert set(kept) == {"SECRET_KEY", "PIN_PEPPER"}
    assert secrets_file.stat().st_mode & 0o777 == 0o600
    wait_until(run.is_serving)
    assert read_secrets_file(secrets_file) == kept
    programs = run.programs()
    run.process.kill()
    wait_until(run.is_gone)
    wait_until(lambda: not any(Path(f"/proc/{program}").exists() for program in programs))


@pytest.mark.parametrize("has_begun", [Run.programs, Run.has_database, Run.has_places])
def test_start_killed_at_any_moment_is_followed_by_a_good_one(start: Start, has_begun: Callable[[Run], object]) -> None:
    first = start()
    wait_until(lambda: bool(has_begun(first)))
    first.process.kill()
    first.process.wait()
    wait_until(first.is_gone)
    second = start()
    wait_until(second.is_serving)


def test_when_one_program_dies_the_other_is_ended_too(start_again: Start) -> None:
    run = start_again()
    wait_until(run.is_serving)
    os.kill(run.programs()[-1], signal.SIGKILL)
    said = run.process.communicate(timeout=LIMIT)[0]
    assert run.process.returncode == 1
    assert "the job runner ended by itself" in said
    assert run.is_gone()


def test_port_in_use_is_said_before_anything_is_done() -> None:
    with socket.socket() as occupied:
        occupied.bind((serving.HOST, 0))
        occupied.listen()
        run = Run(Path("nowhere"), occupied.getsockname()[1])
        said = run.process.communicate(timeout=LIMIT)[0]
    assert run.process.returncode == 1
    assert f"Port {run.port} is in use" in said
    assert not (ROOT / "nowhere").exists()


def test_two_first_starts_at_once_both_succeed(backend: str, databases: Databases, tmp_path: Path) -> None:
    url = databases.empty(backend)
    environment = {"PATH": os.environ["PATH"], "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": url}
    command = [sys.executable, "-m", "tools.prepare"]
    options = {"cwd": ROOT, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    starts = [subprocess.Popen(command, **options) for _ in range(2)]  # type: ignore[call-overload]
    said = [start.communicate(timeout=LIMIT)[0] for start in starts]
    databases.drop(url)
    assert [start.returncode for start in starts] == [0, 0], "\n----\n".join(said)
