"""The rendering process: limits of time and memory, restarts, and inputs that hang Markdown libraries."""

import os
import threading
import time
from collections.abc import Iterator

import pytest

from app.content.compile.fragment import render_fragment
from app.content.worker import FragmentWorker
from tests.courses.folders import LESSON, QUESTION, QUIZ_HEAD, folder_with, serious_in

# Shapes from the pathological tests of cmark (BSD-2-Clause) and marked (MIT), and from python-markdown's own issues.
TANGLES = {
    "brackets": "[" * 8_000,
    "nested brackets": "[" * 5_000 + "a" + "]" * 5_000,
    "unclosed links": "[a](b" * 6_000,
    "unclosed angle links": "[a](<b" * 6_000,
    "image openers": "![" * 12_000,
    "unclosed CDATA": "<![CDATA[" * 3_000,
    "unclosed comments": "</" + "<!--" * 20_000,
    "emphasis openers": "_a " * 10_000,
    "emphasis closers": "a_ " * 10_000,
    "mismatched emphasis": "*a_ " * 10_000,
    "nested strong": "*a **a " * 5_000 + "b" + " a** a*" * 5_000,
    "backticks": "".join("e" + "`" * count for count in range(400)),
    "a fence and spaces": "```" + " " * 20_000,
    "nested quotes": "> " * 5_000 + "a",
    "nested lists": "".join("  " * depth + "* a\n" for depth in range(300)),
    "lists on one line": "- " * 5_000 + "x",
    "escapes": "\\." * 20_000,
    "a heading of spaces": "# #" + " " * 50_000 + "#",
    "link titles": "a[b](c" + ' "' * 5_000,
    "entities": "&" * 20_000 + "#x" * 5_000,
    "a wide table": "|" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|" * 5_000,
    "angle brackets": "<http:" * 20_000,
    "a long line": "a" * 150_000,
    "many lines": "a\n" * 50_000,
}


@pytest.fixture(scope="module")
def worker() -> Iterator[FragmentWorker]:
    worker = FragmentWorker(seconds=1.0)
    yield worker
    worker.stop()


def pid_of(worker: FragmentWorker) -> int:
    worker.render("a", {}, True)
    assert worker._process is not None
    return worker._process.pid


def test_the_process_renders_as_the_function_does(worker):
    source = "## Mục\n\n![tả](anh/a.svg)\n\n> **Nhớ:** chữ"
    pictures = {"pictures": {"anh/a.svg": (f"/media/{'a' * 64}.svg", 36, 22, "")}}
    answer = worker.render(source, pictures, False)
    here = render_fragment(source, pictures)
    assert answer["html"] == here["html"]


@pytest.mark.parametrize("name", TANGLES)
def test_a_tangle_is_rendered_or_refused_in_time(worker, name):
    started = time.monotonic()
    answer = worker.render(TANGLES[name], {}, False)
    assert set(answer) in ({"html", "images", "links"}, {"error"})
    assert time.monotonic() - started < worker.seconds + 1.5


def test_after_a_hang_the_next_fragment_is_rendered():
    worker = FragmentWorker(seconds=0.3)
    first = pid_of(worker)
    assert "error" in worker.render("[" * 20_000, {}, False)
    assert worker.render("**a**", {}, True)["html"] == "<strong>a</strong>"
    assert pid_of(worker) != first
    worker.stop()


def test_memory_beyond_the_limit_is_refused(worker):
    pid_of(worker)
    with open(f"/proc/{pid_of(worker)}/limits") as limits:
        line = next(line for line in limits if line.startswith("Max address space"))
    assert line.split()[3] == str(512 * 1024 * 1024)


def test_a_killed_process_is_started_again(worker):
    first = pid_of(worker)
    os.kill(first, 9)
    assert worker.render("a", {}, True).get("html", "a") == "a"
    assert worker.render("a", {}, True)["html"] == "a"
    assert pid_of(worker) != first


def test_threads_take_turns(worker):
    answers: dict[int, str] = {}

    def render(number: int) -> None:
        answers[number] = worker.render(f"số {number}", {}, True)["html"]

    threads = [threading.Thread(target=render, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: f"số {number}" for number in range(8)}


def test_the_process_knows_nothing_of_the_servers_secrets(worker, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the renderer")
    fresh = FragmentWorker()
    with open(f"/proc/{pid_of(fresh)}/environ", "rb") as environment:
        assert b"SECRET" not in environment.read()
    fresh.stop()


@pytest.mark.parametrize("name", ["a heading of spaces", "angle brackets", "many lines", "unclosed comments"])
def test_scanning_a_tangle_takes_no_time_either(name):
    started = time.monotonic()
    for folder in (
        folder_with(lesson=LESSON + TANGLES[name]),
        folder_with(quiz=QUIZ_HEAD + QUESTION + TANGLES[name]),
    ):
        serious_in(folder)
    assert time.monotonic() - started < 10
