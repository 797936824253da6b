"""What an installation costs: time to install, disk, and the memory of a worker."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.config import ROOT
from app.devtools.last_question import make_ready_learners
from app.people.sessions import cookie_name
from bench import requests
from bench.client import run_flat_out
from bench.first_visit import LESSON
from bench.place import Place, serve
from bench.rows import Row, at_most
from bench.throughput import COURSE, list_communes

PAGES, SUBMISSIONS = 4000, 400


def measure_install() -> list[Row]:
    """A new environment with everything that the product needs to run, nothing from any cache. Needs the network."""
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "venv"
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-compile", "--no-cache-dir"]
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True)
        seconds = time.perf_counter() - begun
        packages = next(environment.glob("lib/python*/site-packages"))
        size = sum(path.lstat().st_blocks * 512 for path in packages.rglob("*"))
    return [
        at_most("installing from a cold cache", seconds, "s", 20, "make and fill .venv"),
        at_most("site-packages", size / 1e6, "MB", 175),
    ]


def measure_memory(place: Place) -> Row:
    """Proportional set size of the larger worker after lessons and submissions."""
    with place.opened():
        learners = make_ready_learners(COURSE, SUBMISSIONS, list_communes(5))
        cookies = [f"{cookie_name()}={learner.session_token}" for learner in learners]
        answers = [requests.last_answer(learner, cookie_name()) for learner in learners]
    with serve("wsgi:app", place.environment) as (port, process):
        run_flat_out(port, [requests.get(LESSON, cookies[n % len(cookies)]) for n in range(PAGES)], 200)
        run_flat_out(port, answers, 303)
        memory = max(_proportional_set_size(pid) for pid in _children(process.pid))
    return at_most(f"{place.name}: memory of a worker after load (PSS)", memory / 1e6, "MB", 110)


def _children(pid: int) -> Iterator[int]:
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, path.read_text().split())


def _proportional_set_size(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
