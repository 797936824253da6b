"""The one process in which dangerous work is done: whatever a program does in it costs an answer, never the server."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.content import limited_process
from app.content.limited_loop import MEMORY_LIMIT
from app.content.limited_process import LimitedProcess

PROGRAM = """
import os, sys

def answer_to(request):
    asked = request["do"]
    if asked == "hang":
        while True:
            pass
    if asked == "eat":
        return {"said": "x" * (600 * 1024 * 1024)}
    if asked == "die":
        os._exit(3)
    if asked == "raise":
        raise RuntimeError("broken")
    if asked == "chatter":
        print("not an answer", flush=True)
    if asked == "say nothing more":
        os.close(1)
    if asked == "flood":
        while True:
            os.write(1, b"x" * 65536)
    if asked == "refuse":
        return {"error": "refused by the program"}
    return {
        "a list": [], "nothing": None, "words": "said", "more": {"said": "a", "more": 1}, "another type": {"said": 1},
        "no error": {"error": 5}, "deep": {"said": "a", "error": "b"},
    }.get(asked, {"said": asked})
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[LimitedProcess]:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    process = LimitedProcess(program, {"do": "greet"}, {"said": str}, seconds=0.5)
    yield process
    process.stop()


def said_by(process: LimitedProcess, words: str) -> object:
    return process.ask({"do": words}).get("said")


def pid_of(process: LimitedProcess) -> int:
    assert said_by(process, "a") == "a"
    assert process._process is not None
    return process._process.pid


def test_requests_of_any_size_are_answered_by_one_and_the_same_process(process: LimitedProcess) -> None:
    process.seconds = 20
    first = pid_of(process)
    assert said_by(process, "chữ " * 500_000) == "chữ " * 500_000
    assert pid_of(process) == first


@pytest.mark.parametrize("fault", ["hang", "eat", "die", "raise", "chatter", "say nothing more"])
def test_what_goes_wrong_in_the_process_is_an_error_in_time_and_the_next_request_is_answered(
    process: LimitedProcess, fault: str
) -> None:
    first, started = pid_of(process), time.monotonic()
    assert set(process.ask({"do": fault})) == {"error"}
    assert time.monotonic() - started < 5
    assert pid_of(process) != first


@pytest.mark.parametrize("garbage", ["a list", "nothing", "words", "more", "another type", "no error", "deep"])
def test_an_answer_of_another_shape_is_an_error_and_the_process_goes(process: LimitedProcess, garbage: str) -> None:
    first = pid_of(process)
    assert "stopped" in process.ask({"do": garbage})["error"]
    assert pid_of(process) != first


def test_an_endless_answer_is_cut_off(process: LimitedProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "LONGEST_ANSWER", 1_000_000)
    process.seconds = 20
    assert "endless" in process.ask({"do": "flood"})["error"]
    assert said_by(process, "a") == "a"


def test_what_the_program_itself_refuses_costs_no_new_process(process: LimitedProcess) -> None:
    first = pid_of(process)
    assert process.ask({"do": "refuse"}) == {"error": "refused by the program"}
    assert pid_of(process) == first


def test_a_process_that_stops_reading_keeps_nobody(process: LimitedProcess) -> None:
    os.kill(pid_of(process), 19)
    started = time.monotonic()
    assert "TimeoutError" in process.ask({"do": "x" * 10_000_000})["error"]
    assert time.monotonic() - started < 5
    assert said_by(process, "a") == "a"


def test_a_program_that_does_not_start_is_an_error_each_time(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("import nothing_of_this_name")
    process = LimitedProcess(tmp_path / "program.py", {"do": "greet"}, {"said": str}, seconds=0.5)
    assert "stopped" in process.ask({"do": "a"})["error"]
    assert "stopped" in process.ask({"do": "a"})["error"]


def test_the_process_sets_its_limit_of_memory_and_ends_itself_when_nobody_kills_it(process: LimitedProcess) -> None:
    proc = Path(f"/proc/{pid_of(process)}")
    line = next(line for line in (proc / "limits").read_text().splitlines() if "Max address space" in line)
    assert line.split()[3] == str(MEMORY_LIMIT)
    process.seconds = 20
    started = time.monotonic()
    assert "the process ended" in process.ask({"do": "hang"})["error"]
    assert time.monotonic() - started < 10
