"""Questions of other programs into a quiz: shown first, added when the trainer says so, taken back in one step."""

import base64
import io
import re
from html import unescape
from typing import Any

import pytest

from app.authoring.models import CourseDraft
from app.content.interchange import xlsx
from app.content.quiz_source.read import read_quiz_source
from app.people.models import Person
from tests.integration.authoring.drafts import FILES, QUIZ, file_at, make_draft
from tests.integration.authoring.gift_file import make_gift
from tests.page_client import PageClient
from tests.photos import phone_photo

pytestmark = pytest.mark.sqlite_only
PATH = "02-kiem-tra.md"


def address(draft: CourseDraft, rest: str = "/import") -> str:
    return f"/workshop/drafts/{draft.id}/items/{file_at(draft, PATH).id}{rest}"


def send(device: PageClient, draft: CourseDraft, content: bytes, name: str = "cau-hoi.txt") -> Any:
    return device.post(address(draft), data={"file": (io.BytesIO(content), name)})


def offered(page: str) -> dict[str, Any]:
    """The fields of the second step's form."""
    markdown = re.search(r'<textarea name="markdown"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert markdown
    pictures = re.findall(r'name="picture" value="([^"]*)"', page)
    reading = re.search(r'name="reading" value="([^"]+)"', page)
    assert reading
    return {
        "markdown": unescape(markdown[1]),
        "picture": [unescape(each) for each in pictures],
        "reading": reading[1],
    }


def text_of(draft: CourseDraft) -> str:
    return file_at(draft, PATH).text or ""


def keys_of(draft: CourseDraft) -> list[str]:
    return [question.key for question in read_quiz_source(text_of(draft)).questions]


def test_43_questions_with_three_faults_are_told_added_and_taken_back(device: PageClient, draft: CourseDraft) -> None:
    page = send(device, draft, make_gift()).text
    assert "Đọc được 40 câu, 3 phần có lỗi." in page
    assert "Máy nhận ra đây là GIFT." in page
    assert len(re.findall(r"<strong>Dòng \d+: “", page)) == 3
    assert "Viết dấu = trước phương án đúng" in page
    assert text_of(draft) == QUIZ
    added = device.post(address(draft, "/import/questions"), data=offered(page))
    assert added.status_code == 303
    assert len(keys_of(draft)) == len(set(keys_of(draft))) == 41
    assert text_of(draft).startswith(QUIZ)
    assert "Hoàn tác" in device.get(added.location).text
    assert device.post(address(draft, "/import/undo")).status_code == 303
    assert text_of(draft) == QUIZ
    assert device.post(address(draft, "/import/undo")).status_code == 303
    assert text_of(draft) == QUIZ


def test_what_was_read_once_is_added_once_though_the_button_is_pressed_again(
    device: PageClient, draft: CourseDraft
) -> None:
    two = b"::A::Hoi mot? {=Dung ~Sai}\n\n::B::Hoi hai? {=Dung ~Sai}\n"

    def count() -> int:
        return (file_at(draft, "02-kiem-tra.md").text or "").count("\n## ")

    sent, before = offered(send(device, draft, two).text), count()
    for _ in range(2):
        answer = device.post(address(draft, "/import/questions"), data=sent)
        assert (answer.status_code, answer.location.endswith("imported=2"), count()) == (303, True, before + 2)
    device.post(address(draft, "/import/undo"))
    assert count() == before
    device.post(address(draft, "/import/questions"), data=sent)
    assert count() == before + 2
    device.post(address(draft, "/import/questions"), data=offered(send(device, draft, two).text))
    assert count() == before + 4


def test_keys_that_are_taken_are_renamed(device: PageClient, draft: CourseDraft) -> None:
    page = send(device, draft, b"// [id:q-ma]\nAi? {=Phai ~Trai}\n\nAi? {=Phai ~Trai}\n").text
    device.post(address(draft, "/import/questions"), data=offered(page))
    assert keys_of(draft) == ["q-ma", "q-ma-2", "q-ai"]


def test_questions_without_a_pool_do_not_fall_into_the_last_one(device: PageClient, trainer: Person) -> None:
    pools = QUIZ.replace("## Ai", "# Nhóm: Khó (lấy 1)\n\n## Ai")
    draft = make_draft(trainer, files={**FILES, PATH: pools.encode()}, slug="co-nhom")
    page = send(device, draft, b"Ai? {=Phai ~Trai}\n").text
    device.post(address(draft, "/import/questions"), data=offered(page))
    assert [question.pool for question in read_quiz_source(text_of(draft)).questions] == ["Khó", "Câu mới nhập"]
    device.post(address(draft, "/import/undo"))
    assert text_of(draft) == pools


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"Ai?\nA. Mot\nB. Hai\nANSWER: B\n", "Aiken"),
        ("Câu 1. Ai?\nA. Một\nB. Hai\nĐáp án: B\n".encode(), "chữ soạn trong Word"),
        (b'<?xml version="1.0"?><quiz><question type="truefalse"><name><text>a</text></name><questiontext><text>Co?'
         b'</text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false'
         b"</text></answer></question></quiz>", "Moodle XML"),
        (QUIZ.replace("q-ma", "q-khac").encode(), "tệp của Học Số"),
        ("## Ai?\n- [x] Một\n- [ ] Hai\n".encode(), "tệp của Học Số"),
    ],
    ids=["aiken", "word", "moodle", "own", "own without front"],
)  # fmt: skip
def test_the_format_is_known_by_its_content(device: PageClient, draft: CourseDraft, content: bytes, name: str) -> None:
    page = send(device, draft, content, "khong-ro.bin").text
    assert f"Máy nhận ra đây là {name}." in page
    assert "Đọc được 1 câu." in page
    device.post(address(draft, "/import/questions"), data=offered(page))
    assert len(keys_of(draft)) == 2


def test_a_filled_in_spreadsheet_is_read_and_the_empty_one_can_be_had(device: PageClient, draft: CourseDraft) -> None:
    sheet = device.get("/workshop/question-sheet.xlsx")
    assert sheet.data == xlsx.template()
    page = send(device, draft, sheet.data, "mau.xlsx")
    assert "Không có câu" in page.text or "Đọc được" in page.text


def test_pasted_words_are_read_as_a_file_is(device: PageClient, draft: CourseDraft) -> None:
    page = device.post(address(draft), data={"pasted": "Câu 1. Ai?\nA. Một\nB. Hai\nĐáp án: B\n"}).text
    assert "Thêm 1 câu này" in page


def test_pictures_of_a_moodle_file_come_into_the_draft_under_a_free_name(device: PageClient, trainer: Person) -> None:
    files = {**FILES, "anh/hinh.jpg": phone_photo((40, 30))}
    draft = make_draft(trainer, files=files, slug="co-hinh")
    picture = base64.b64encode(phone_photo((60, 50))).decode()
    question = (
        '<?xml version="1.0"?><quiz><question type="truefalse"><name><text>a</text></name><questiontext format="html">'
        "<text>&lt;p&gt;Nhìn hình&lt;/p&gt;"
        '&lt;p&gt;&lt;img src="@@PLUGINFILE@@/hinh.jpg" alt="Một tấm hình"&gt;&lt;/p&gt;'
        f'</text><file name="hinh.jpg" path="/" encoding="base64">{picture}</file></questiontext>'
        '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
        "</question></quiz>"
    )
    page = send(device, draft, question.encode(), "moodle.xml").text
    assert len(offered(page)["picture"]) == 1
    device.post(address(draft, "/import/questions"), data=offered(page))
    assert "![Một tấm hình](anh/hinh-2.jpg)" in text_of(draft)
    assert file_at(draft, "anh/hinh-2.jpg").media


@pytest.mark.parametrize(
    "content",
    [b"", b"   \n", b"PK\x03\x04 no zip", b"<?xml version='1.0'?><quiz>", b"<?xml version='1.0'?><!DOCTYPE a><quiz/>",
     b"\xff\xfe\x00", b"Chu thuong khong co cau hoi nao.\n", b"a\n" * 30_000, b"\x00" * 50],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason_and_changes_nothing(
    device: PageClient, draft: CourseDraft, content: bytes
) -> None:
    answer = send(device, draft, content)
    assert answer.status_code in {200, 422}
    assert 'class="notice wrong"' in answer.text
    assert "Thêm 0 câu" not in answer.text
    assert text_of(draft) == QUIZ


def test_a_file_above_the_common_limit_is_taken_here(device: PageClient, draft: CourseDraft) -> None:
    answer = send(device, draft, b"<?xml version='1.0'?><quiz>" + b" " * 2_000_000 + b"</quiz>", "a.xml")
    assert answer.status_code != 413


def test_forged_second_steps_bring_no_stranger_in(device: PageClient, draft: CourseDraft) -> None:
    forged = {"markdown": "Không có câu nào", "picture": ["../../etc/passwd=x", "anh/a.png=" + "0" * 64 + ".png"]}
    assert device.post(address(draft, "/import/questions"), data=forged).status_code == 422
    assert text_of(draft) == QUIZ


def test_a_quiz_holds_200_questions_and_says_what_is_left_out(device: PageClient, draft: CourseDraft) -> None:
    many = "".join(f"Câu {number} là gì? {{=a{number} ~b}}\n\n" for number in range(210))
    page = send(device, draft, many.encode()).text
    assert "Thêm 199 câu này" in page
    assert "còn 11 câu cuối chưa thêm được" in page
