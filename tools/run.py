"""`make run` and `make demo`: prepare the database, then serve until Ctrl-C.

The server and the job runner are two programs; when one of them ends, so does the other, and so do we.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tools import children, serving

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    arguments = parse()
    environment = {**os.environ, "PORT": str(arguments.port)}
    if arguments.demo is not None:
        environment.setdefault("INSTANCE_DIR", str(ROOT / "instance" / "demo"))
    if serving.is_taken(arguments.port):
        print(
            f"Port {arguments.port} is in use. Choose another one: make run PORT={arguments.port + 1}", file=sys.stderr
        )
        return 1
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell's background job begins with SIGINT ignored
        signal.signal(ending, _end)
    try:
        return prepare(environment, arguments.demo) or serve(arguments.port, environment)
    except KeyboardInterrupt:
        return 0


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--demo", type=int, metavar="N", help="load the demonstration with N learners first")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    return parser.parse_args()


def prepare(environment: Mapping[str, str], learners: int | None) -> int:
    """Everything before serving, in a program of its own so that its memory is given back."""
    demo = [] if learners is None else ["--demo", str(learners)]
    program = children.start([sys.executable, "-m", "tools.prepare", *demo], env=environment, cwd=ROOT)
    try:
        return program.wait()
    finally:
        children.stop(program)


def serve(port: int, environment: Mapping[str, str]) -> int:
    """Serve until Ctrl-C or until one of the two programs ends; return 0 only after Ctrl-C."""
    programs = {
        "the server": children.start(serving.server_command(port), env=environment, cwd=ROOT),
        "the job runner": children.start(serving.job_runner_command(), env=environment, cwd=ROOT),
    }
    try:
        serving.wait_until_ready(programs["the server"], port)
        print(
            f"Học Số runs on {environment.get('PUBLIC_URL') or f'http://{serving.HOST}:{port}'}  (Ctrl-C ends it)",
            flush=True,
        )
        while all(program.poll() is None for program in programs.values()):
            time.sleep(0.5)
    except serving.ServerFailed as failure:
        print(failure, file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    else:
        ended = next(name for name, program in programs.items() if program.poll() is not None)
        print(f"{ended} ended by itself with status {programs[ended].returncode}; see above", file=sys.stderr)
    finally:
        for program in programs.values():
            children.stop(program)
    return 1


if __name__ == "__main__":
    sys.exit(main())
