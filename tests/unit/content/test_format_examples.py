"""Every example of the two pages on writing courses is compiled as it stands there."""

import re
from pathlib import Path

import pytest

from app.config import ROOT
from app.content.compile.course import CompiledCourse
from app.content.compile.faults import Fault
from tests.courses.folders import COURSE, LESSON, QUESTION, QUIZ_HEAD, SVG, compile_here
from tests.sounds import MP3

PAGES = ("course-format.md", "write-a-course.md")
FENCED = re.compile(r"^(`{3,})(yaml|markdown)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
ASIDE = re.compile(r"\]\(((?:anh|am-thanh)/[^)\s]+)\)")
TO_ITEM = re.compile(r"\]\((\d\d-([a-z0-9-]+)\.md)\)")
WARNED_OF = {"course-format.md": {"Lời đọc loa", "Hình hoặc âm thanh"}, "write-a-course.md": set()}
"""How warnings begin that the page itself speaks of: its loudspeaker text is cut short with "…"."""


def examples() -> list[tuple[str, int, str, str]]:
    """(page, line, language, text) of each."""
    found = []
    for page in PAGES:
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        for match in FENCED.finditer(text):
            found.append((page, text.count("\n", 0, match.start()) + 1, match[2], match[3]))
    return found


EXAMPLES = examples()


def item(number: int, key: str, kind: str, minutes: int) -> tuple[str, str]:
    """A file of that kind with nothing special in it."""
    text = LESSON if kind == "lesson" else QUIZ_HEAD + QUESTION.replace("q-hoi", f"q-{key}")
    head = re.sub(r"key: (?!q-).*", f"key: {key}", text, count=1)
    return f"{number:02}-{key}.md", head.replace("minutes: 6", f"minutes: {minutes}")


def folder_of(language: str, text: str) -> dict[str, bytes]:
    """The example in a folder with the files that it needs."""
    if language == "yaml":
        texts = {"course.yml": text, **dict([item(1, "bai-mot", "lesson", 14), item(2, "kiem-tra", "quiz", 6)])}
        if "kiem-tra" not in text:
            texts = dict([("course.yml", text), item(1, "bai-mot", "lesson", minutes_in(text))])
    else:
        text = whole_item(text)
        texts = {"50-vi-du.md": text, **{name: item(1, key, "lesson", 6)[1] for name, key in TO_ITEM.findall(text)}}
        minutes = sum(minutes_in(body) for body in texts.values())
        texts["course.yml"] = COURSE.replace("minutes: 6", f"minutes: {minutes}")
    media = {path: MP3 if path.endswith(".mp3") else SVG for path in ASIDE.findall(text)}
    return {name: body.encode() for name, body in texts.items()} | {
        path.replace(".png", ".svg").replace(".jpg", ".svg"): content for path, content in media.items()
    }


def whole_item(text: str) -> str:
    """Where only a part is shown: the same with the front matter that it lacks."""
    if text.startswith("---\n"):
        return text
    return (QUIZ_HEAD.replace("none", "each") if "<!-- key:" in text else LESSON.partition("Học")[0]) + text


def minutes_in(text: str) -> int:
    match = re.search(r"^minutes: (\d+)", text, re.MULTILINE)
    return int(match[1]) if match else 6


def compiled(language: str, text: str) -> CompiledCourse:
    shown = text.replace(".png)", ".svg)").replace(".jpg)", ".svg)")
    return compile_here(folder_of(language, shown))


@pytest.mark.parametrize(
    ("page", "language", "text"),
    [(page, language, text) for page, _, language, text in EXAMPLES],
    ids=[f"{page}:{line}" for page, line, _, _ in EXAMPLES],
)
def test_an_example_compiles_as_it_stands_in_the_page(page, language, text):
    warnings = compiled(language, text).warnings
    assert [warning for warning in warnings if not is_spoken_of(page, warning)] == []


def is_spoken_of(page: str, warning: Fault) -> bool:
    return any(warning.reason.startswith(words) for words in WARNED_OF[page])


def test_the_pages_show_every_kind_of_item_and_of_question():
    shown = [compiled(language, text) for page, _, language, text in EXAMPLES if page == PAGES[0]]
    items = [item for course in shown for item in course.items]
    assert {item.kind for item in items} == {"lesson", "quiz", "practice", "drill"}
    types = {question.type for item in items if item.quiz for question in item.quiz.questions}
    assert types >= {"single", "multiple", "text", "number", "matching", "ordering", "gaps", "hotspot", "free"}


def test_every_key_that_the_compiler_knows_stands_in_the_specification():
    from app.content.compile import course_file, drill, lesson, question_meta, quiz_file
    from app.content.compile.item import ITEM_KEYS

    text = (Path(ROOT) / "docs" / PAGES[0]).read_text(encoding="utf-8")
    known = {
        *course_file.KNOWN,
        *ITEM_KEYS,
        *lesson.KNOWN,
        *quiz_file.KNOWN,
        *drill.KNOWN,
        *question_meta.KNOWN,
        *course_file.ICONS,
    }
    assert [name for name in sorted(known) if not re.search(rf"(?<![\w-]){name}(?![\w-])", text)] == []
