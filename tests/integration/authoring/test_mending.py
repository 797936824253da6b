"""Mending faults from the page of a course: one press, and the fault is gone."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.access.actor import Role, WayIn
from app.authoring.compiling import check_draft
from app.authoring.models import CourseDraft
from app.people.models import Person
from tests.courses.folders import SVG
from tests.factories import make_staff, sign_in
from tests.integration.authoring.drafts import FILES, LESSON, QUIZ, file_at, make_draft
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
PROSE = "\n\n".join(["Bác giữ nút nguồn ba giây rồi chờ."] * 62)
HIDDEN = re.compile(r'<input type="hidden" name="(file|line|code|about)" value="([^"]*)">')
JSON = {"Accept": "application/json"}


def draft_with(trainer: Person, **files: str) -> CourseDraft:
    names = {"lesson": "01-bai-mot.md", "quiz": "02-kiem-tra.md", "course": "course.yml"}
    changed = {names[name]: text.encode() for name, text in files.items()}
    return make_draft(trainer, files={**FILES, **changed})


def press(device: PageClient, draft: CourseDraft, label: str) -> int:
    """Press the button that says this on the page of the course."""
    page = device.get(f"/workshop/drafts/{draft.id}").text
    form = next(part for part in page.split("<form") if f"</svg>{label}</button>" in part)
    return device.post(f"/workshop/drafts/{draft.id}/mend", data=dict(HIDDEN.findall(form))).status_code


@pytest.mark.parametrize(
    ("label", "files"),
    [
        ("Thêm khóa", {"quiz": QUIZ.replace("<!-- key: q-ma -->\n", "")}),
        ("Đổi thành https://vneid.gov.vn", {"lesson": f"{LESSON}\nXem [trang](http://vneid.gov.vn).\n"}),
        ("Sửa thành 11 phút", {"course": FILES["course.yml"].decode().replace("minutes: 11", "minutes: 90")}),
        ("Dùng ##", {"lesson": f"{LESSON}\n# Sau đó\n\nBác xóa tin.\n"}),
    ],
)
def test_one_press_mends(device: PageClient, trainer: Person, label: str, files: dict[str, str]) -> None:
    draft = draft_with(trainer, **files)
    assert check_draft(draft).faults
    assert press(device, draft, label) == 303
    assert not check_draft(draft).faults


def test_a_picture_that_nothing_shows_goes_and_can_come_back(device: PageClient, trainer: Person) -> None:
    draft = make_draft(trainer, files={**FILES, "anh/thua.svg": SVG})
    press(device, draft, "Xóa tệp này")
    assert not check_draft(draft).faults
    assert "thua.svg" in device.get(f"/workshop/drafts/{draft.id}").text


def test_a_long_lesson_becomes_two_and_the_second_stands_behind_it(device: PageClient, trainer: Person) -> None:
    draft = draft_with(trainer, lesson=f"{LESSON}\n## Trước\n\n{PROSE}\n\n## Sau đó\n\n{PROSE}\n")
    assert press(device, draft, "Tách từ “Sau đó” thành bài riêng") == 303
    page = device.get(f"/workshop/drafts/{draft.id}").text
    assert page.index("Bài một</strong>") < page.index("Sau đó</strong>") < page.index("Bài kiểm tra</strong>")
    assert not check_draft(draft).faults


def test_a_fault_that_is_gone_is_said_and_nothing_changes(device: PageClient, trainer: Person) -> None:
    draft = draft_with(trainer)
    asked = {"file": "01-bai-mot.md", "line": "7", "code": "title", "about": ""}
    answer = device.post(f"/workshop/drafts/{draft.id}/mend", data=asked)
    assert answer.status_code == 409
    assert "Xem lại danh sách lỗi" in answer.text


def test_words_for_a_picture_are_never_made_up(device: PageClient, trainer: Person) -> None:
    draft = make_draft(
        trainer, files={**FILES, "anh/a.svg": SVG, "01-bai-mot.md": f"{LESSON}\n![](anh/a.svg)\n".encode()}
    )
    asked = {"file": "01-bai-mot.md", "line": "11", "code": "alt", "about": "anh/a.svg"}
    assert device.post(f"/workshop/drafts/{draft.id}/mend", data=asked).status_code == 409


def test_the_preview_offers_mends_in_the_lines_of_the_editor(device: PageClient, trainer: Person) -> None:
    draft = draft_with(trainer)
    url = f"/workshop/drafts/{draft.id}/items/{file_at(draft, '01-bai-mot.md').id}/preview"
    answer = device.post(url, json={"text": "Bác chờ.\n\n# Sau đó\n\n![](anh/x.png)\n"}, headers=JSON)
    mends = {fault["mend"]["kind"]: fault["mend"] for fault in answer.json["faults"] if "mend" in fault}
    assert mends["replace"] == {"label": "Dùng ##", "kind": "replace", "find": "# Sau đó", "put": "## Sau đó"}
    assert mends["alt"]["ask"]


def test_only_who_may_edit_may_mend(new_client: Callable[[], PageClient], app: Flask, trainer: Person) -> None:
    draft = draft_with(trainer)
    other = new_client()
    sign_in(other, make_staff(Role.TRAINER, None, name="Người khác"), WayIn.STAFF)
    assert other.post(f"/workshop/drafts/{draft.id}/mend", data={"file": "course.yml"}).status_code == 404
