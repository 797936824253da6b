"""`make test`: find or make what the tests need (Chromium, PostgreSQL), run them, and say how it ended.

Whatever is written behind `make test ARGS=…` goes to pytest. The closing line is kept in `test-results/closing-line`.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.chromium import BrowserMissing, ensure_chromium
from tools.postgresql import ServerUnreachable, server_for_tests

ROOT = Path(__file__).resolve().parent.parent
CLOSING_LINE = ROOT / "test-results" / "closing-line"
PARALLEL = ("-n", "2", "--dist", "worksteal")


def main() -> int:
    try:
        environment = {**os.environ, "CHROMIUM": ensure_chromium()}
        with server_for_tests() as url:
            if url:
                environment["TEST_DATABASE_URL"] = url
            return run_pytest(sys.argv[1:], environment)
    except (BrowserMissing, ServerUnreachable) as reason:
        print(reason, file=sys.stderr)
        return 1


def run_pytest(arguments: list[str], environment: dict[str, str]) -> int:
    """Run pytest, pass on what it prints, keep its last line."""
    CLOSING_LINE.parent.mkdir(exist_ok=True)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    command = [sys.executable, "-m", "pytest", *PARALLEL, *colour, *arguments]
    last = b"pytest printed nothing"
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as pytest:
        for line in pytest.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            last = line.strip() or last
    CLOSING_LINE.write_bytes(last + b"\n")
    return abs(int(pytest.returncode))


if __name__ == "__main__":
    sys.exit(main())
