"""Inputs that hang Markdown libraries, cut at 64 KiB, as a lesson, an option and a feedback, through the real process.

All in all places would take three minutes, for each that is refused costs its two seconds. So `WORST` names the slow
ones and the places in which they are tried; in the places that it leaves out they end in the same refusal (tried by
hand), or, like block-ref-flat as a feedback, in a page. Everything else is tried in all three.
"""

import gzip
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.content.compile.course import compile_course
from app.content.compile.faults import CourseRefused, Fault
from app.content.compile.render import MOST_TANGLES, TOO_TANGLED
from app.content.worker import SECONDS_PER_FRAGMENT, FragmentWorker
from tests.courses.folders import LESSON, QUIZ_HEAD, REFERENCE, examine_here, folder_with, quiz_folder

HOSTILE = Path(__file__).parents[2] / "hostile" / "markdown"
LONGEST = 64 * 1024
MARGIN = 3.0
"""Seconds for reading, and for starting the process anew on a busy machine."""
WORST = {
    "many link openers with no closers": ("lesson", "option"),
    "link openers and emph closers": ("lesson", "feedback"),
    "pattern [ (]( repeated": ("lesson",),
    "pattern ![[]() repeated": ("feedback",),
    "nested brackets": ("lesson",),
    "backticks": ("option",),
    "unclosed links A": ("option",),
    "unclosed links B": ("lesson",),
    "empty lines in deeply nested lists": ("feedback",),
    "empty lines in deeply nested lists in blockquote": ("lesson",),
    "quadratic_em_mask.cjs#0": ("lesson",),
    "quadratic_em_mask.cjs#1": ("lesson",),
    "quadratic_inline_masking.cjs#0": ("option",),
    "quadratic_inline_masking.cjs#1": ("lesson",),
    "block-ref-flat.md": ("lesson",),
    "inline-links-nested.md": ("feedback",),
    "inline-links-flat.md": ("option",),
}
ANSWERS = "## Hỏi?\n<!-- key: q-hoi -->\n- [ ] Sai\n{feedback}- [x] {option}\n"


def read_inputs() -> dict[str, str]:
    inputs: dict[str, str] = {}
    for name in ("cmark-pathological", "marked-redos"):
        with gzip.open(HOSTILE / f"{name}.json.gz", "rt", encoding="utf-8") as file:
            inputs.update({found["name"]: found["input"] for found in json.load(file)})
    for path in sorted((HOSTILE / "cmark-bench").glob("*.md")):
        text = path.read_bytes().decode("utf-8", "replace")
        inputs[path.name] = text * (LONGEST // len(text))
    return {name: text.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore") for name, text in inputs.items()}


INPUTS = read_inputs()
PLACES = {
    "lesson": lambda text: folder_with(lesson=LESSON + text),
    "option": lambda text: quiz_folder(ANSWERS.format(feedback="", option=" ".join(text.split()))),
    "feedback": lambda text: quiz_folder(
        ANSWERS.format(feedback="".join(f"  > {line}\n" for line in text.split("\n")), option="Phải")
    ),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[FragmentWorker]:
    worker = FragmentWorker()
    yield worker
    worker.stop()


def compiled(folder: dict[str, bytes], worker: FragmentWorker) -> tuple[Fault, ...]:
    """What is said about a folder; none of it serious where it was compiled."""
    try:
        return compile_course(folder, "khoa-thu", worker.render, examine_here, REFERENCE).warnings
    except CourseRefused as refused:
        return refused.faults


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name in INPUTS for place in WORST.get(name, tuple(PLACES))]
)
def test_a_tangle_becomes_a_page_or_a_clear_refusal_in_time(name, place, worker):
    folder = PLACES[place](INPUTS[name])
    started = time.monotonic()
    faults = compiled(folder, worker)
    assert time.monotonic() - started < SECONDS_PER_FRAGMENT + MARGIN
    assert all(fault.line >= 1 and fault.reason for fault in faults)
    assert worker.render("**vẫn chạy**", {}, True)["html"] == "<strong>vẫn chạy</strong>"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("quiz", "## H\n- a" + " " * LONGEST + "b\n"),
        ("quiz", "## H\n- a" + "-" * LONGEST + "b\n"),
        ("quiz", "# Nhóm: a" + " " * LONGEST + "b\n"),
        ("quiz", "## H\n" + "![" * (LONGEST // 2) + "\n- [ ] a @ 1,1 2x2\n- [x] b @ 5,5 2x2\n"),
        ("quiz", "## H\n- = " + "1." * (LONGEST // 2) + "\n"),
        ("lesson", "[a" * (LONGEST // 2)),
        ("lesson", "{{" * (LONGEST // 2)),
        ("lesson", "](" * (LONGEST // 2)),
    ],
    ids=["spaces", "dashes", "pool", "pictures", "numbers", "brackets", "words", "link ends"],
)
def test_what_is_read_outside_that_process_takes_time_that_grows_with_its_length(place, text):
    folder = folder_with(**{place: (QUIZ_HEAD if place == "quiz" else LESSON) + text})

    def render_nothing(_source, _table, _inline):
        return {"html": "", "images": [], "links": []}

    started = time.process_time()
    with suppress(CourseRefused):
        compile_course(folder, "khoa-thu", render_nothing, examine_here, REFERENCE)
    assert time.process_time() - started < 4


def test_after_some_tangles_nothing_more_is_rendered():
    asked = []

    def give_up(source, _table, _inline):
        asked.append(source)
        return {"error": "killed"}

    options = "".join(f"- [ ] sai {number}\n" for number in range(30))
    with pytest.raises(CourseRefused) as refused:
        compile_course(
            quiz_folder(f"## H?\n<!-- key: q-h -->\n- [x] a\n{options}"), "khoa-thu", give_up, examine_here, REFERENCE
        )
    assert len(asked) == MOST_TANGLES
    assert sum(fault.reason == TOO_TANGLED for fault in refused.value.faults) == MOST_TANGLES
