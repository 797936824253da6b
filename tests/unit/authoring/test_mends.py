"""A mend takes its fault away and adds none: shown over broken texts, each compiled before and after."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from app.authoring.mending_headings import best_cut, split_at
from app.authoring.mends import Known, Mend, applied, mend_for
from app.content.compile.faults import Fault
from tests.courses.folders import COURSE, LESSON, QUIZ_HEAD, SVG, faults_in, folder_with

ITEM = "01-bai-mot.md"
QUIZ = "02-kiem-tra.md"
HEAD = LESSON[: LESSON.rindex("---\n") + 4]
TERMS = HEAD.replace("minutes: 6\n", "minutes: 6\nterms:\n  ma-otp: mã dùng một lần\n")
QUESTION = "## Ai được hỏi mã?\n{meta}- [ ] Công an\n  > Không.\n- [x] Không ai\n  > Đúng.\n"
TAKEN = QUESTION.format(meta="<!-- key: q-ai-duoc-hoi-ma -->\n")
STUCK = QUESTION.format(meta="").replace("## ", "##")
PROSE = "\n\n".join(["Bác giữ nút nguồn ba giây rồi chờ."] * 62)


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Labels need a language."""
    app = Flask(__name__)
    Babel(app, default_locale="vi")
    with app.test_request_context():
        yield


def folder(lesson: str = LESSON, quiz: str | None = None, course: str = COURSE) -> dict[str, bytes]:
    course = course.replace("minutes: 6\n", "minutes: 12\n") if quiz else course
    files = folder_with(lesson=lesson, quiz=quiz, course=course)
    return {**files, "anh/nut-nguon.svg": SVG}


def mended(files: dict[str, bytes], code: str, answer: str = "Nút nguồn") -> tuple[Fault, Mend, dict[str, bytes]]:
    """The first fault of this code, its mend, and the folder after it."""
    fault = next(fault for fault in sorted(faults_in(files)) if fault.code == code)
    text = files.get(fault.file, b"").decode()
    mend = mend_for(fault, fault.file, text, Known(frozenset({"bai-mot", "q-cu"})))
    assert mend is not None, fault
    after = dict(files)
    if mend.kind == "delete":
        del after[mend.path]
    else:
        after[mend.path] = applied(text, mend, answer).encode()
    return fault, mend, after


BROKEN = [
    ("alt", folder(f"{HEAD}Bấm nút này.\n\n![](anh/nut-nguon.svg) rồi ![Chờ](anh/nut-nguon.svg)\n")),
    ("meant", folder(f"{HEAD}![Nút](anh/nut-ngon.svg) và ![Nút](anh/nut-ngon.svg)\n\n![Nút](anh/nut-ngon.svg)\n")),
    ("meant", folder(f"{HEAD}Xem [bài này](01-bai-mott.md), [nữa](01-bai-mott.md).\n")),
    ("meant", folder(f"{TERMS}Giữ [mã OTP](#ma-opt) cho mình.\n")),
    ("meant", folder(f"{HEAD}Mở {{{{app-cua-tin}}}}.\n")),
    ("meant", folder(LESSON.replace("title:", "titel:"))),
    ("meant", folder(LESSON.replace("kind: lesson", "kind: leson"))),
    ("meant", folder(LESSON.replace("minutes: 6", "minutes: 6\nskills: [tt02:4.3]"))),
    ("meant", folder(quiz=QUIZ_HEAD + QUESTION.format(meta="<!-- key: q-mot; point: 2 -->\n"))),
    ("meant", folder(course=f"{COURSE}completion: [bai-mott]\n")),
    ("link", folder(f"{HEAD}Vào [cổng](http://dichvucong.gov.vn/a) và [trang](www.chinhphu.vn).\n")),
    ("link", folder(f"{HEAD}Vào [trang](baochinhphu.vn/tin).\n")),
    ("missing", folder(LESSON.replace("key: bai-mot\n", ""))),
    ("missing", folder(LESSON.replace("minutes: 6\n", ""))),
    ("missing", folder(LESSON.replace("key: bai-mot", "key:"))),
    ("missing", folder(course=COURSE.replace("key: khoa-thu\n", ""))),
    ("missing", folder(quiz=QUIZ_HEAD.replace("pass: 70\n", "") + QUESTION.format(meta="<!-- key: q-mot -->\n"))),
    ("key", folder(LESSON.replace("key: bai-mot", "key: Bài một"))),
    ("question", folder(quiz=QUIZ_HEAD + QUESTION.format(meta=""))),
    ("question", folder(quiz=QUIZ_HEAD + QUESTION.format(meta="\n<!-- points: 2 -->\n"))),
    ("question", folder(quiz=QUIZ_HEAD + QUESTION.format(meta="<!-- key: Câu 1; points: 2 -->\n"))),
    ("question", folder(quiz=QUIZ_HEAD + TAKEN + QUESTION.format(meta=""))),
    ("minutes", folder(course=COURSE.replace("minutes: 6", "minutes: 60 # cả khóa"))),
    ("unused", folder()),
    ("title", folder(f"{HEAD}# Việc đầu\n\nBác tắt máy.\n\n## Sau đó\n\nBác chờ.\n")),
    ("title", folder(f"{HEAD}# Bài một\n\nBác tắt máy.\n")),
    ("title", folder(f"{HEAD}Bác tắt máy.\n\n#\n\nBác chờ.\n")),
    ("stuck", folder(f"{HEAD}##Việc đầu\n\nBác tắt máy.\n\n####Sâu\n\nBác chờ.\n")),
    ("stuck", folder(quiz=QUIZ_HEAD + TAKEN + STUCK)),
    ("jump", folder(f"{HEAD}## Một\n\nBác tắt máy.\n\n#### Sâu\n\nBác chờ.\n")),
    ("again", folder(f"{HEAD}## Bài Một\n\nBác tắt máy.\n\n## Sau\n\nBác chờ.\n")),
    ("underlined", folder(f"{HEAD}Việc đầu\n========\n\nBác tắt máy.\n")),
    ("underlined", folder(f"{HEAD}Bác tắt máy rồi chờ.\nChờ ba giây.\n---\n\nBác mở lại.\n")),
    ("fence", folder(f"{HEAD}```\nmã\n\nBác tắt máy.\n")),
    ("html", folder(f"{HEAD}<p>Bác <b>tắt</b> máy.</p>\n\nGiữ `<b>` lại.\n\n<h1># Chờ</h1> <!-- nháp -->\n")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "files"), BROKEN, ids=[f"{n}-{code}" for n, (code, _) in enumerate(BROKEN)])
def test_a_mend_takes_its_fault_away_and_adds_none(code: str, files: dict[str, bytes]) -> None:
    before = faults_in(files)
    fault, _, after = mended(files, code)
    left = faults_in(after)
    assert fault.reason not in [other.reason for other in left if (other.file, other.line) == (fault.file, fault.line)]
    assert {other.reason for other in left} <= {other.reason for other in before}
    assert len(left) < len(before)


@pytest.mark.parametrize(("code", "files"), BROKEN, ids=[f"{n}-{code}" for n, (code, _) in enumerate(BROKEN)])
def test_mending_again_and_again_comes_to_an_end(code: str, files: dict[str, bytes]) -> None:
    for _ in range(8):
        if not any(fault.code == code for fault in faults_in(files)):
            return
        _, _, files = mended(files, code)
    raise AssertionError(faults_in(files))


@pytest.mark.parametrize(
    "lesson",
    [
        f"{HEAD}![Nút](x.png)\n",
        f"{HEAD}Xem [tệp](tai-lieu.pdf) và [máy](file:///C:/x).\n",
        f"{HEAD}# ? Ai gọi?\n\nBác nghe máy.\n",
        f"{HEAD}## Một\n\n#### Hai\n\n##### Ba\n\nBác chờ.\n",
        LESSON.replace("title: Bài một\n", ""),
        f"{HEAD}{'Bác giữ nút nguồn thật lâu rồi ' * 8}chờ.\n",
        f"{HEAD}{PROSE}\n\n{PROSE}\n",
    ],
)
def test_where_nothing_is_certain_there_is_no_mend(lesson: str) -> None:
    found = [
        mend_for(fault, ITEM, lesson, Known())
        for fault in faults_in(folder(lesson))
        if fault.file == ITEM and fault.code != "alt"
    ]
    assert found
    assert not any(found)


def test_words_for_a_picture_are_asked_and_cannot_break_out() -> None:
    files = folder(f"{HEAD}![](anh/nut-nguon.svg)\n")
    _, mend, after = mended(files, "alt", "Nút ](x) [nguồn\nto")
    assert mend.ask
    assert "![Nút  (x)  nguồn to](anh/nut-nguon.svg)" in after[ITEM].decode()


def test_a_long_lesson_is_cut_into_two_that_compile() -> None:
    question = "## ? Ai gọi?\n- [x] Cháu\n- [ ] Lạ"
    lesson = f"{TERMS}Mở đầu.\n\n## Một\n\n{PROSE} [mã](#ma-otp)\n\n{question}\n\n## Hai\n\n{PROSE}\n"
    files = folder(lesson)
    fault = next(fault for fault in faults_in(files) if fault.code == "long")
    mend = mend_for(fault, ITEM, lesson, Known())
    assert mend is not None
    assert (mend.kind, mend.label) == ("split", "Tách từ “Hai” thành bài riêng")
    assert mend.start_line == best_cut(lesson)
    first, title, second = split_at(lesson, mend.start_line, "hai")
    assert title == "Hai"
    after = {**files, ITEM: first.encode(), "02-hai.md": second.encode()}
    assert {f.reason for f in faults_in(after)} <= {f.reason for f in faults_in(files) if f is not fault}
    assert "minutes: 3" in first
    assert "minutes: 3" in second


def test_the_editor_gets_a_mend_in_the_lines_of_its_own_text() -> None:
    text = f"{HEAD}Vào [cổng](http://a.vn).\n\n<b>x</b>\n\n<i>y</i>\n"
    faults = {fault.code: fault for fault in faults_in(folder(text)) if fault.file == ITEM}
    shown = {code: mend_for(fault, ITEM, text, Known()) for code, fault in faults.items()}
    first_line = HEAD.count("\n") + 1
    link, html = (shown[code].to_json(faults[code], text, first_line) for code in ("link", "html"))  # type: ignore[union-attr]
    assert link == {
        "label": "Đổi thành https://a.vn",
        "kind": "replace",
        "find": "Vào [cổng](http://a.vn).",
        "put": "Vào [cổng](https://a.vn).",
    }
    assert html == {"label": "Bỏ các thẻ HTML", "kind": "lines", "line": 3, "end_line": 5, "text": "x\n\ny"}
    missing = LESSON.replace("key: bai-mot\n", "")
    fault = next(fault for fault in faults_in(folder(missing)) if fault.code == "missing")
    mend = mend_for(fault, ITEM, missing, Known())
    assert mend is not None
    assert mend.to_json(fault, missing, 6) is None
