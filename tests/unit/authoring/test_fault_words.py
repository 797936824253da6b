"""What the compiler says of texts and fields, said to somebody who sees a form and no file."""

import re

import pytest

from app.authoring.field_words import SAYINGS, label_of, say_in_form
from app.authoring.text_words import TEXT_SAYINGS
from tests.courses.folders import COURSE, LESSON, faults_in, folder_with

HEAD = LESSON[: LESSON.index("Học xong")]
PRACTICE = HEAD.replace("kind: lesson", "kind: practice")
DRILL = HEAD.replace("kind: lesson", "kind: drill").replace("minutes: 6", "minutes: 6\nchannel: zalo\nfrom: Số lạ")
LESSONS = (
    "# To\n\n##Dính\n\n##\n\n### Nhảy\n\nChữ\n---\n\n# ? Hỏi\n- [x] a\n\n```\nmở\n",
    "![](anh/khong.png) ![a](https://x.vn/a.png) [b](09-khong.md) [c](#khong-co)\n\nGõ download rồi upload.\n",
    "## ? Hỏi\n- = 113\n",
    "## Một\n\n### ? Nhỏ\n- [x] a\n",
    "Bài.\n\n## Một\n\n#### Bốn\n",
)
PRACTICES = ("- một\n- hai\n", "- [x] một\n- [ ] hai\n- [ ] ba\n", "Không có việc nào.\n", "- [ ] một\n")
DRILLS = (
    "Không có đoạn nào.\n",
    "##\n> chào\n- [x] a -> B\n\n## B\n> hết\n",
    "## A\n> chào\n- [ ] không\n- [x] có -> C\n\n## A\n> lại\n\n## Lẻ\n> một mình\n- [ ] a -> Lẻ\n",
    "## A\n> chào\n- = gõ\n\n## B\n> x\n> **Nhớ:** y\n- [x] được\n  > vì\n",
    "## A\n> chào\n- [x] được -> B\n\n> Giải thích: y\n\n## B\n> hết\n",
    "## A\n> chào\n- [x] có -> Zzz\n",
    "## A\n> chào\n- [x] được\n",
    "## A\n> chào\n- [x] được -> B\n\n## Lẻ\n> một\n\n## B\n> hết\n",
)
FRONTS = (
    "minutes: 0", "minutes: 6\nterms: x", "minutes: 6\nterms:\n  otp:", "minutes: 6\nla: x", "minutes: 6\nskills: sai",
    "minutes: 6\nchecked: hôm nay\nrecheck: x\nsource: http://x", "minutes: 6\nchecked: 2026-01-01",
)  # fmt: skip
COURSES = (
    "key: khoa-thu\n",
    COURSE.replace("audience: resident", "audience: ai"),
    COURSE.replace("title: Khóa thử", f"title: {'dài ' * 80}"),
    COURSE + "edition: 0\ncompletion: [khong-co]\n",
    COURSE + "completion: [bai-mot, bai-mot]\nprerequisites: [Không]\n",
    COURSE + "share: [một]\nshare_x: 1\nlanguage: [x]\n",
    COURSE.replace("minutes: 6", "minutes: 99"),
)


def reasons_of_items() -> list[str]:
    folders = [folder_with(lesson=HEAD + body) for body in LESSONS]
    folders += [folder_with(lesson=PRACTICE + body) for body in PRACTICES]
    folders += [folder_with(lesson=DRILL + body) for body in DRILLS]
    folders += [folder_with(lesson=LESSON.replace("minutes: 6", front)) for front in FRONTS]
    folders += [folder_with(lesson=LESSON.replace("key: bai-mot\n", ""))]
    folders += [folder_with() | {"02-hai.md": LESSON.encode()}]
    return [fault.reason for folder in folders for fault in faults_in(folder) if fault.file != "course.yml"]


def reasons_of_courses() -> list[str]:
    folders = [folder_with(course=course) for course in COURSES]
    folders += [folder_with(lesson=None), folder_with(course=None)]
    return [fault.reason for folder in folders for fault in faults_in(folder) if fault.file == "course.yml"]


OF_ITEMS, OF_COURSES = reasons_of_items(), reasons_of_courses()
PUBLISHED = ("edition", "Khóa \\(key\\)", "đã xuất bản")
"""Said by the rules of publishing, of which their own tests tell."""


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in (*SAYINGS, *TEXT_SAYINGS)])
def test_each_saying_answers_to_something_that_the_compiler_says(pattern: str) -> None:
    if not any(part in pattern for part in PUBLISHED):
        assert any(re.match(pattern, reason) for reason in OF_ITEMS + OF_COURSES)


def test_no_sign_and_no_name_of_a_file_is_said() -> None:
    said = {say_in_form(reason, is_course=False) for reason in OF_ITEMS}
    said |= {say_in_form(reason, is_course=True) for reason in OF_COURSES}
    odd = {words for words in said if re.search(r"- \[|->|##|dòng \d|`|\.md|\.yml|!\[|terms:", words)}
    assert odd == set()


def test_fields_are_called_as_their_forms_call_them() -> None:
    assert label_of("summary", is_course=True) == "Giới thiệu trong hai ba câu ngắn"
    assert label_of("minutes", is_course=False) == "Số phút"
    assert label_of("key", is_course=True) == label_of("validate", is_course=True) == ""
