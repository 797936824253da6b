"""`python -m bench`: measure everything, print the table, write `bench/latest.json`. Ends with 1 over a budget."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from bench.counting_share import measure_counting_share
from bench.courses import measure_courses, measure_grading
from bench.first_visit import measure_first_visit
from bench.footprint import measure_install, measure_memory
from bench.machine import facts
from bench.place import Place, postgresql_place, sqlite_place
from bench.report import save, show
from bench.rows import Row
from bench.throughput import measure_lesson, measure_submission
from bench.workshop import measure_workshop
from tools.postgresql import server_for_tests

Measured = TypeVar("Measured")
LATEST = Path(__file__).parent / "latest.json"
SQLITE_FLOOR, POSTGRESQL_FLOOR = 0.35, 0.20
"""Least share of the constant page's speed."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--no-install", action="store_true", help="leave out installing, which needs the network")
    arguments = parser.parse_args()
    rows: list[Row] = []
    with server_for_tests() as postgresql, tempfile.TemporaryDirectory() as name:
        machine = facts(postgresql)
        with sqlite_place(Path(name) / "sqlite") as place:
            rows += [*_first_visit(place), *_speeds(place, SQLITE_FLOOR)]
            rows.append(_say("memory", lambda: measure_memory(place)))
            rows += _say("courses", lambda: measure_courses(place, Path(name) / "courses"))
            rows += _say("the workshop", lambda: measure_workshop(place))
            with place.opened():
                rows.append(_say("grading", measure_grading))
        if postgresql:
            with postgresql_place(postgresql, Path(name) / "postgresql") as place:
                rows += _speeds(place, POSTGRESQL_FLOOR)
        else:
            print("No PostgreSQL answers: its rows are left out.", file=sys.stderr)
    if not arguments.no_install:
        rows += _install()
    print(show(rows, machine))
    save(rows, machine, LATEST)
    return int(any(row.holds is False for row in rows))


def _say(what: str, measure: Callable[[], Measured]) -> Measured:
    print(f"Measuring {what} …", file=sys.stderr, flush=True)
    return measure()


def _first_visit(place: Place) -> list[Row]:
    with place.server() as port:
        return _say("the first visit", lambda: measure_first_visit(port))


def _speeds(place: Place, floor: float) -> Iterable[Row]:
    yield from _say(f"lesson pages on {place.name}", lambda: measure_lesson(place, floor))
    yield from _say(f"submissions on {place.name}", lambda: measure_submission(place))
    yield _say(f"counting on {place.name}", lambda: measure_counting_share(place))


def _install() -> list[Row]:
    try:
        return _say("installing", measure_install)
    except subprocess.CalledProcessError as error:
        print(f"Installing could not be measured: {error}", file=sys.stderr)
        return []


if __name__ == "__main__":
    sys.exit(main())
