"""A course begun from a template, a copy, a packed folder, a text or questions: each leads to a draft of one's own."""

import base64
import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.access.actor import Role, WayIn
from app.authoring.compiling import check_draft, draft_folder
from app.authoring.models import CourseDraft
from app.authoring.starting import TEMPLATES
from app.content.photos import normal_folder
from app.content.publishing import export_course
from app.content.source_fields import read_plain
from app.extensions import db
from app.people.models import Person
from tests.docx import make_docx, p, picture
from tests.factories import make_staff, place_id_of, sign_in
from tests.integration.authoring.drafts import FILES, make_draft
from tests.integration.content.folders_on_disk import publish, write_course
from tests.page_client import PageClient
from tests.photos import phone_photo
from tests.unit.content.interchange import clipboards
from tests.zips import make_zip

pytestmark = pytest.mark.sqlite_only
BIM_SON = "14812"
DETAILS = {"title": "Tránh tin nhắn giả", "goal": "Không mất tiền", "audience": "resident", "place": "everywhere"}
GIFT = "::Mã::Ai được hỏi mã OTP? {=Không ai ~Công an}\n\n::Số::Gọi cứu hỏa số nào? {=114 ~113}\n"
BROKEN_GIFT = GIFT + "\nCâu hỏng { ~a ~b }\n"


def drafts() -> list[CourseDraft]:
    db.session.expire_all()
    return list(db.session.scalars(select(CourseDraft).order_by(CourseDraft.created_at)))


def made(answer: TestResponse) -> tuple[CourseDraft, dict[str, bytes]]:
    """The draft to which the answer leads, and its files."""
    assert answer.status_code == 303, answer.text
    draft = drafts()[-1]
    assert answer.headers["Location"] == f"/workshop/drafts/{draft.id}"
    return draft, draft_folder(draft)


def made_at(answer: TestResponse) -> UUID:
    return UUID(answer.headers["Location"].rpartition("/")[2])


def header_of(files: dict[str, bytes]) -> dict[str, object]:
    return dict(read_plain(files["course.yml"].decode()))


def file(content: bytes | str, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content.encode() if isinstance(content, str) else content), name


def test_the_first_page_offers_five_ways(device: PageClient) -> None:
    page = device.get("/workshop/new").text
    for way in ("template", "text", "questions", "copy", "folder"):
        assert f'href="/workshop/new/{way}"' in page
        assert device.get(f"/workshop/new/{way}").status_code == 200


@pytest.mark.parametrize("name", [template.name for template in TEMPLATES])
def test_a_template_becomes_a_course_without_faults_that_says_what_was_asked(
    device: PageClient, trainer: Person, name: str
) -> None:
    draft, files = made(device.post("/workshop/new/template", data={**DETAILS, "template": name}))
    assert (draft.slug, draft.title, draft.owner_id, draft.place_id) == (
        "tranh-tin-nhan-gia", "Tránh tin nhắn giả", trainer.id, None,
    )  # fmt: skip
    header = header_of(files)
    assert (header["key"], header["goal"], header["audience"]) == ("tranh-tin-nhan-gia", "Không mất tiền", "resident")
    assert not check_draft(draft).faults


def test_two_courses_of_one_name_have_addresses_of_their_own(device: PageClient) -> None:
    for _ in range(2):
        made(device.post("/workshop/new/template", data=DETAILS))
    assert [draft.slug for draft in drafts()] == ["tranh-tin-nhan-gia", "tranh-tin-nhan-gia-2"]


def test_what_was_typed_is_there_again_when_something_is_missing(device: PageClient) -> None:
    answer = device.post("/workshop/new/template", data={**DETAILS, "goal": "", "template": "viec-cua-to"})
    assert answer.status_code == 422
    assert 'value="Tránh tin nhắn giả"' in answer.text
    assert 'value="viec-cua-to" checked' in answer.text
    assert not drafts()


def test_a_course_is_only_for_places_of_ones_grants(new_client: Callable[[], PageClient], app: Flask) -> None:
    device = new_client()
    sign_in(device, make_staff(Role.TRAINER, BIM_SON), WayIn.STAFF)
    assert "Bỉm Sơn" in device.get("/workshop/new/template").text
    assert device.post("/workshop/new/template", data=DETAILS).status_code == 422
    own = {**DETAILS, "place": str(place_id_of(BIM_SON))}
    draft, _ = made(device.post("/workshop/new/template", data=own))
    assert draft.place_id == place_id_of(BIM_SON)


@pytest.mark.parametrize(("place", "is_told"), [(None, True), ("38", True), (BIM_SON, False)])
def test_who_has_communes_below_is_told_that_the_course_can_be_given_to_one(
    new_client: Callable[[], PageClient], app: Flask, place: str | None, is_told: bool
) -> None:
    device = new_client()
    sign_in(device, make_staff(Role.TRAINER, place), WayIn.STAFF)
    for way in ("template", "folder", "questions"):
        assert ("bấm Đổi nơi" in device.get(f"/workshop/new/{way}").text) == is_told, way


def test_a_copy_of_a_published_course_is_a_course_of_its_own(device: PageClient, tmp_path: Path) -> None:
    publish(write_course(tmp_path, slug="khoa-goc"))
    assert "/workshop/new/copy?course=khoa-goc" in device.get("/workshop/new/copy").text
    page = device.get("/workshop/new/copy?course=khoa-goc").text
    assert 'value="Bản sao của ' in page
    draft, files = made(device.post("/workshop/new/copy", data={**DETAILS, "course": "khoa-goc"}))
    source = export_course("khoa-goc")
    assert (draft.course_id, draft.base_version_id, header_of(files)["key"]) == (None, None, "tranh-tin-nhan-gia")
    assert "base" not in header_of(files)
    assert {path: text for path, text in files.items() if path != "course.yml"} == {
        path: text for path, text in source.items() if path != "course.yml"
    }


def test_a_draft_can_be_copied_by_who_may_read_it(
    device: PageClient, trainer: Person, new_client: Callable[[], PageClient]
) -> None:
    draft = make_draft(trainer, files={**FILES, "anh/a.jpg": normal_folder({"a.jpg": phone_photo()})["a.jpg"]})
    copied, files = made(device.post("/workshop/new/copy", data={**DETAILS, "draft": str(draft.id)}))
    assert copied.id != draft.id
    assert files["01-bai-mot.md"] == FILES["01-bai-mot.md"]
    assert files["anh/a.jpg"] == draft_folder(draft)["anh/a.jpg"]
    other = new_client()
    sign_in(other, make_staff(Role.TRAINER, None, name="Người khác"), WayIn.STAFF)
    assert other.post("/workshop/new/copy", data={**DETAILS, "draft": str(draft.id)}).status_code == 404
    assert other.get("/workshop/new/copy?course=khong-co").status_code == 404


def test_a_packed_folder_keeps_its_keys_and_its_faults_stand_on_the_page(device: PageClient) -> None:
    broken = {**FILES, "01-bai-mot.md": FILES["01-bai-mot.md"] + b"\n# Sai\n"}
    packed = make_zip({f"khoa-cua-xa/{name}": content for name, content in broken.items()})
    draft, files = made(device.post("/workshop/new/folder", data={"file": file(packed, "tai-ve.zip")}))
    assert (draft.slug, header_of(files)["key"], draft.title) == ("khoa-cua-xa", "khoa-nhap", "Khóa nháp")
    assert "Dòng này to bằng tên bài." in device.get(f"/workshop/drafts/{draft.id}").text


def test_a_folder_chosen_in_the_browser_is_the_same_as_its_zip(device: PageClient) -> None:
    chosen = [file(content, f"khoa-cua-xa/{name}") for name, content in {**FILES, "ghi-chu.docx": b"x"}.items()]
    draft, files = made(device.post("/workshop/new/folder", data={"folder": chosen}))
    assert (draft.slug, files["02-kiem-tra.md"]) == ("khoa-cua-xa", FILES["02-kiem-tra.md"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Chưa chọn tệp nào"),
        ({"file": (b"MZ", "a.zip")}, "không phải .zip"),
        ({"file": (make_zip({"k/course.yml": "key: a", "k/01-a.md": b"\xff\xfe\xff"}), "a.zip")}, "01-a.md"),
        ({"file": (make_zip({"../course.yml": "key: a"}), "a.zip")}, "trỏ ra ngoài"),
        ({"folder": (b"key: a", "../../course.yml")}, "trỏ ra ngoài"),
    ],
)
def test_only_what_cannot_be_read_is_refused(device: PageClient, data: dict[str, tuple[bytes, str]], said: str) -> None:
    answer = device.post("/workshop/new/folder", data={name: file(*sent) for name, sent in data.items()})
    assert answer.status_code == 422
    assert said in answer.text
    assert not drafts()


def test_a_folder_of_a_course_that_is_there_asks_what_it_is_to_be(device: PageClient, tmp_path: Path) -> None:
    publish(write_course(tmp_path, slug="khoa-goc"))
    source = export_course("khoa-goc")
    changed = {**source, "course.yml": source["course.yml"].replace(b"title: ", b"title: Sua ")}
    page = device.post("/workshop/new/folder", data={"file": file(make_zip(changed), "khoa-goc.zip")})
    assert page.status_code == 200
    assert "Khóa này đã có" in page.text
    assert not drafts()
    field = unescape(re.search(r'name="carried" value="([^"]*)"', page.text)[1])  # type: ignore[index]
    draft, files = made(device.post("/workshop/new/folder", data={"carried": field, "name": "khoa-goc", "as": "same"}))
    assert draft.course_id is not None
    assert draft.base_version_id is not None
    assert draft.title.startswith("Sua ")
    new, files = made(device.post("/workshop/new/folder", data={"carried": field, "name": "khoa-goc", "as": "new"}))
    assert (new.course_id, new.slug, header_of(files)["key"]) == (None, "khoa-goc-2", "khoa-goc-2")
    again = device.post("/workshop/new/folder", data={"carried": field, "as": "same"})
    assert made_at(again) == draft.id


def test_a_course_of_another_place_is_never_overwritten(
    new_client: Callable[[], PageClient], app: Flask, tmp_path: Path
) -> None:
    publish(write_course(tmp_path, slug="khoa-goc"))
    device = new_client()
    sign_in(device, make_staff(Role.TRAINER, BIM_SON), WayIn.STAFF)
    packed = file(make_zip(export_course("khoa-goc")), "khoa-goc.zip")
    page = device.post("/workshop/new/folder", data={"file": packed}).text
    assert "của nơi khác" in page
    field = unescape(re.search(r'name="carried" value="([^"]*)"', page)[1])  # type: ignore[index]
    assert device.post("/workshop/new/folder", data={"carried": field, "as": "same"}).status_code == 404
    draft, _ = made(device.post("/workshop/new/folder", data={"carried": field, "as": "new"}))
    assert draft.place_id == place_id_of(BIM_SON)


def hidden(page: str) -> dict[str, str]:
    """What the form of a page sends as it stands."""
    fields = re.findall(r'<input (?:id="[^"]*" )?(?:type="hidden" )?name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields if name != "csrf_token"}


def test_a_text_is_shown_as_lessons_before_it_becomes_a_course(device: PageClient) -> None:
    body = p("Tắt máy", "Title") + "".join(
        p(f"Mục {n}", "Heading1") + "".join(p("Bác giữ nút nguồn ba giây rồi chờ.") for _ in range(40))
        for n in (1, 2, 3)
    )
    sent = make_docx(body + picture("a.jpg", "Nút nguồn ở cạnh phải"), {"a.jpg": phone_photo()})
    page = device.post("/workshop/new/text", data={"document": file(sent, "bai.docx")})
    assert page.status_code == 200
    assert "đề nghị chia thành 3 bài" in page.text
    assert 'src="/media/' in page.text
    assert not drafts()
    fields = {**hidden(page.text), **DETAILS, "lesson-2-joins": "yes", "lesson-3-title": "Phần cuối"}
    refused = device.post("/workshop/new/lessons", data={**fields, "goal": ""})
    assert refused.status_code == 422
    assert 'value="Phần cuối"' in refused.text
    assert 'name="lesson-2-joins" value="yes" checked' in refused.text
    draft, files = made(device.post("/workshop/new/lessons", data=fields))
    assert sorted(files) == ["01-muc-1.md", "02-phan-cuoi.md", "anh/hinh.jpg", "course.yml"]
    assert "## Mục 2" in files["01-muc-1.md"].decode()
    assert [fault for fault in check_draft(draft).faults if not fault.is_warning] == []


def test_what_was_pasted_is_taken_with_its_pictures_and_hostile_parts_stay_out(device: PageClient) -> None:
    image = base64.b64encode(phone_photo()).decode()
    html = clipboards.WORD.replace("file:///C:/Users/A/clip_image002.png", f"data:image/jpeg;base64,{image}")
    html = html.replace("<h2>", "<script>alert(1)</script><img src=x onerror=alert(1)><h2>")
    page = device.post("/workshop/new/text", data={"html": html, "text": "bỏ qua"})
    assert "Tắt điện thoại đúng cách" in page.text
    assert "<table>" in page.text
    assert "onerror" not in page.text
    draft, files = made(device.post("/workshop/new/lessons", data={**hidden(page.text), **DETAILS}))
    (name,) = [name for name in files if name.endswith(".md")]
    assert "| Nguồn | Tắt |" in files[name].decode()
    assert [fault.code for fault in check_draft(draft).serious] == ["alt"]


def test_plain_words_and_wrong_files_are_told_apart(device: PageClient) -> None:
    page = device.post("/workshop/new/text", data={"text": "## Một\n- ý\n<b>không đậm</b>"})
    assert "&lt;b&gt;không đậm&lt;/b&gt;" in page.text
    old = device.post("/workshop/new/text", data={"document": file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc")})
    assert (old.status_code, ".docx" in old.text) == (422, True)
    assert device.post("/workshop/new/text", data={"text": " "}).status_code == 422


def test_questions_that_are_all_taken_become_a_course_at_once(device: PageClient) -> None:
    draft, files = made(device.post("/workshop/new/questions", data={**DETAILS, "file": file(GIFT, "cau.gift")}))
    assert sorted(files) == ["01-kiem-tra.md", "course.yml"]
    assert files["01-kiem-tra.md"].decode().count("\n## ") == 2
    assert not check_draft(draft).serious


def test_questions_that_cannot_be_taken_are_shown_first(device: PageClient) -> None:
    page = device.post("/workshop/new/questions", data={**DETAILS, "file": file(BROKEN_GIFT, "cau.gift")})
    assert "Đọc được 2 câu từ GIFT" in page.text
    assert "1 phần không lấy được" in page.text
    assert not drafts()
    draft, files = made(device.post("/workshop/new/questions", data={**hidden(page.text), **DETAILS}))
    assert files["01-kiem-tra.md"].decode().count("\n## ") == 2
    assert draft.title == DETAILS["title"]


def test_questions_that_no_program_knows_keep_what_was_typed(device: PageClient) -> None:
    answer = device.post("/workshop/new/questions", data={**DETAILS, "text": "không có gì"})
    assert answer.status_code == 422
    assert "không có gì</textarea>" in answer.text
    assert 'value="Tránh tin nhắn giả"' in answer.text


def test_a_button_that_is_pressed_twice_begins_one_course_and_another_title_another(device: PageClient) -> None:
    sent = {**DETAILS, **hidden(device.get("/workshop/new/template").text), "template": TEMPLATES[0].name}
    first, again = (device.post("/workshop/new/template", data=sent) for _ in range(2))
    assert (again.status_code, again.location) == (303, first.location)
    assert len(drafts()) == 1
    other = device.post("/workshop/new/template", data={**sent, "title": "Khóa khác"})
    assert other.location != first.location
    fresh = {**DETAILS, **hidden(device.get("/workshop/new/template").text), "template": TEMPLATES[0].name}
    assert device.post("/workshop/new/template", data=fresh).location not in {first.location, other.location}


def test_a_folder_sent_twice_begins_one_course_and_other_files_in_the_same_form_another(device: PageClient) -> None:
    page = hidden(device.get("/workshop/new/folder").text)

    def send(files: dict[str, str | bytes]) -> TestResponse:
        return device.post("/workshop/new/folder", data={**page, "file": file(make_zip(files), "khoa.zip")})

    first, again = (send({f"khoa/{name}": content for name, content in FILES.items()}) for _ in range(2))
    assert (again.status_code, again.location) == (303, first.location)
    mended = send({"khoa/01-bai-mot.md": FILES["01-bai-mot.md"].decode() + "\nThêm.\n", "khoa/course.yml": ""})
    assert (mended.status_code, mended.location == first.location) == (303, False)
    assert len(drafts()) == 2


def test_to_become_a_course_of_its_own_is_said_twice_and_happens_once(device: PageClient, tmp_path: Path) -> None:
    publish(write_course(tmp_path, slug="khoa-goc"))
    packed = file(make_zip(export_course("khoa-goc")), "khoa-goc.zip")
    begun = hidden(device.get("/workshop/new/folder").text)
    asked = hidden(device.post("/workshop/new/folder", data={**begun, "file": packed}).text)
    first, again = (device.post("/workshop/new/folder", data={**asked, "as": "new"}) for _ in range(2))
    assert (again.status_code, again.location) == (303, first.location)
    assert len(drafts()) == 1
    made_same = device.post("/workshop/new/folder", data={**asked, "as": "same"})
    assert (made_same.status_code, made_same.location == first.location) == (303, False)


def test_what_somebody_else_s_form_began_is_not_led_to(
    device: PageClient, new_client: Callable[[], PageClient], app: Flask
) -> None:
    sent = {**DETAILS, **hidden(device.get("/workshop/new/template").text)}
    first, other = device.post("/workshop/new/template", data=sent), new_client()
    sign_in(other, make_staff(Role.TRAINER, None), WayIn.STAFF)
    assert other.post("/workshop/new/template", data=sent).location != first.location


def test_questions_that_are_too_long_for_a_quiz_are_refused_on_the_form(device: PageClient) -> None:
    gift = "".join(f"::C{n}::{'Câu hỏi dài ' * 80}{n} {{=Đúng ~Sai}}\n\n" for n in range(190))
    answer = device.post("/workshop/new/questions", data={**DETAILS, "file": file(gift, "cau.gift")})
    assert (answer.status_code, "200 KB" in answer.text) == (422, True)
    assert 'value="Tránh tin nhắn giả"' in answer.text


@pytest.mark.parametrize(
    "field", ["", "[", "[]", '{"texts": 5}', '{"media": {"a.png": "../x"}}', '{"texts": {"a": 1}}']
)
def test_a_forged_hidden_field_brings_nothing(device: PageClient, field: str) -> None:
    lessons = {"lesson-1-title": "Bài", "lesson-1-text": "![a](a.png)", "carried": field}
    _, files = made(device.post("/workshop/new/lessons", data={**DETAILS, **lessons}))
    assert sorted(files) == ["01-bai.md", "course.yml"]
