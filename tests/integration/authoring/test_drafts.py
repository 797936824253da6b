"""Writing in the workshop: what is saved is kept, two people never lose each other's words, nothing is gone at once."""

import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.access.actor import Role, WayIn
from app.authoring.arranging import items_of
from app.authoring.drafts import live_files
from app.authoring.item_text import read_item_text
from app.authoring.models import CourseDraft, DraftEvent, DraftFile, DraftRevision
from app.content.zip_folder import read_zip
from app.extensions import db
from app.people.models import Person
from app.shared.log import LogEntry
from tests.factories import make_staff, sign_in
from tests.integration.authoring.drafts import FILES, QUIZ, file_at, make_draft
from tests.page_client import PageClient
from tests.photos import make_photo, phone_photo

JSON = {"Accept": "application/json"}


def address(draft: CourseDraft, path: str = "01-bai-mot.md") -> str:
    return f"/workshop/drafts/{draft.id}/items/{file_at(draft, path).id}"


def save(device: PageClient, url: str, text: str, revision: int, **more: object):
    return device.put(url, json={"text": text, "revision": revision, **more}, headers=JSON)


def test_the_list_and_the_page_of_a_course_show_what_is_there(device: PageClient, draft: CourseDraft) -> None:
    assert "Khóa nháp" in device.get("/workshop").text
    page = device.get(f"/workshop/drafts/{draft.id}").text
    assert "Bài một" in page
    assert "Không có lỗi nào" in page


def test_saving_gives_the_next_revision_and_the_same_text_again_changes_nothing(
    device: PageClient, draft: CourseDraft
) -> None:
    url = address(draft)
    first = save(device, url, "Chữ mới.\n", 1)
    again = save(device, url, "Chữ mới.\n", 1)
    assert (first.status_code, first.json["revision"]) == (200, 2)
    assert (again.status_code, again.json["revision"]) == (200, 2)
    assert file_at(draft, "01-bai-mot.md").text.endswith("---\nChữ mới.\n")


def test_what_two_people_save_at_once_is_shown_to_the_second_and_lost_by_nobody(
    device: PageClient, draft: CourseDraft
) -> None:
    url = address(draft)
    assert save(device, url, "Của chị Lan.\n", 1).status_code == 200
    refused = save(device, url, "Của anh Ba.\n", 1)
    assert refused.status_code == 409
    assert refused.json["conflict"] is True
    assert refused.json["text"] == "Của chị Lan.\n"
    assert refused.json["is_own"] is True, "the same person, as from another tab"
    assert file_at(draft, "01-bai-mot.md").text.endswith("Của chị Lan.\n")


def test_the_title_is_saved_with_the_text_and_the_rest_of_the_front_matter_stays(
    device: PageClient, draft: CourseDraft
) -> None:
    url = address(draft)
    assert (
        save(device, url, "Chữ.\n", 1, front={"title": "Tên: mới", "minutes": "8", "kind": "quiz"}).status_code == 200
    )
    text = file_at(draft, "01-bai-mot.md").text
    assert text == "---\nkind: lesson\nkey: bai-mot\ntitle: 'Tên: mới'\nminutes: 8\n---\nChữ.\n"


def test_a_form_without_scripts_saves_too_and_keeps_what_was_typed_on_a_conflict(
    device: PageClient, draft: CourseDraft
) -> None:
    url = address(draft)
    saved = device.post(url, data={"text": "Viết tay.\r\n", "revision": "1", "title": "Bài một"})
    assert saved.status_code == 303
    refused = device.post(url, data={"text": "Bản khác.\r\n", "revision": "1", "title": "Bài một"})
    assert refused.status_code == 409
    assert "Bản khác." in refused.text
    assert "Viết tay." in refused.text


def test_one_stretch_of_writing_is_one_revision_and_the_beginning_is_always_kept(
    device: PageClient, draft: CourseDraft
) -> None:
    url = address(draft)
    for number in range(1, 6):
        save(device, url, f"Lần {number}.\n", number)
    file = file_at(draft, "01-bai-mot.md")
    kept = db.session.scalars(
        select(DraftRevision.number).where(DraftRevision.file_id == file.id).order_by(DraftRevision.number)
    ).all()
    assert kept == [1, 6]


def test_a_stale_token_is_told_apart_and_the_session_gives_a_new_one(device: PageClient, draft: CourseDraft) -> None:
    refused = device.put(address(draft), json={"text": "x", "revision": 1}, headers=JSON, with_token=False)
    assert refused.status_code == 401
    assert refused.json["stale"] is True
    token = device.get("/workshop/session", headers=JSON).json["csrf"]
    taken = device.put(
        address(draft), json={"text": "x", "revision": 1}, headers={**JSON, "X-CSRF-Token": token}, with_token=False
    )
    assert taken.status_code == 200


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"text": 5, "revision": 1}', b'{"text": "a"}', b'{"text": "\\ud800"}']
)
def test_what_is_no_text_is_refused_with_a_sentence(device: PageClient, draft: CourseDraft, body: bytes) -> None:
    refused = device.put(address(draft), data=body, headers={**JSON, "Content-Type": "application/json"})
    assert refused.status_code == 422
    assert "chữ đã viết vẫn còn" in refused.json["error"]


def test_half_a_symbol_is_dropped_and_all_that_stands_around_it_saved(device: PageClient, draft: CourseDraft) -> None:
    url = address(draft)
    sent = {"text": "Gọi 113 \U0001f46e\ud83d nhé.\n", "revision": 1, "front": {"title": "Gọi\udc6e ai"}}
    assert save(device, url, **sent).json["revision"] == 2
    kept = read_item_text(file_at(draft, "01-bai-mot.md").text)
    assert (kept.body, kept.title) == ("Gọi 113 \U0001f46e nhé.\n", "Gọi ai")
    assert device.post(f"{url}/preview", json=sent, headers=JSON).status_code == 200


def test_a_text_of_more_than_200_kb_is_refused_and_the_stored_one_stays(device: PageClient, draft: CourseDraft) -> None:
    refused = save(device, address(draft), "a" * 210_000, 1)
    assert refused.status_code == 422
    assert "200 KB" in refused.json["error"]
    assert file_at(draft, "01-bai-mot.md").revision == 1


def test_the_preview_is_the_learners_page_with_faults_by_line_and_stores_nothing(
    device: PageClient, draft: CourseDraft
) -> None:
    shown = device.post(f"{address(draft)}/preview", json={"text": "## Mục\n\n![](anh/khong-co.png)\n"}, headers=JSON)
    assert shown.status_code == 200
    assert '<article class="lesson">' in shown.json["html"]
    assert '<form method="post"' not in shown.json["html"]
    assert [fault["line"] for fault in shown.json["faults"]] == [3, 3]
    assert file_at(draft, "01-bai-mot.md").revision == 1


def test_a_new_item_without_a_title_is_asked_for_one_and_keeps_its_kind(device: PageClient, draft: CourseDraft) -> None:
    before = [item.path for item in items_of(live_files(draft))]
    answer = device.post(f"/workshop/drafts/{draft.id}/items", data={"kind": "quiz", "title": " "})
    assert answer.status_code == 422
    assert "Ghi tên mục mới" in answer.text
    assert 'value="quiz" checked' in answer.text
    assert [item.path for item in items_of(live_files(draft))] == before


def test_items_are_added_moved_deleted_and_brought_back(device: PageClient, draft: CourseDraft) -> None:
    made = device.post(f"/workshop/drafts/{draft.id}/items", data={"kind": "lesson", "title": "Bài thêm"})
    assert made.status_code == 303
    assert "Bài thêm" in device.get(made.location).text
    added = file_at(draft, "03-bai-them.md")
    device.post(f"/workshop/drafts/{draft.id}/items/{added.id}/move", data={"way": "up"})
    paths = [
        f.path
        for f in db.session.scalars(select(DraftFile).where(DraftFile.text.is_not(None)).order_by(DraftFile.path))
    ]
    assert paths == ["004-kiem-tra.md", "01-bai-mot.md", "03-bai-them.md", "course.yml"]
    deleted = device.post(f"/workshop/drafts/{draft.id}/items/{added.id}/delete")
    assert "Hoàn tác" in device.get(deleted.location).text
    device.post(f"/workshop/drafts/{draft.id}/items/{added.id}/restore")
    assert file_at(draft, "03-bai-them.md").deleted_at is None
    acts = set(db.session.scalars(select(DraftEvent.act)))
    assert {"create_draft", "add_item", "move_item", "delete_item", "restore_item"} <= acts
    assert db.session.scalar(select(func.count()).select_from(LogEntry).where(LogEntry.act == "delete_item")) == 1


def test_links_follow_items_whose_files_are_renamed(device: PageClient, trainer: Person) -> None:
    """Between 1, 2 and 3 there is no free number, so all are numbered anew."""
    linked = FILES["01-bai-mot.md"] + "\n[kiểm tra](02-kiem-tra.md)\n".encode()
    third = FILES["01-bai-mot.md"].replace(b"bai-mot", b"bai-ba")
    draft = make_draft(trainer, files={**FILES, "01-bai-mot.md": linked, "03-bai-ba.md": third})
    moved = file_at(draft, "03-bai-ba.md")
    device.post(f"/workshop/drafts/{draft.id}/items/{moved.id}/move", data={"to": "1"})
    items = [file.path for file in items_of(live_files(draft))]
    assert [path.partition("-")[2] for path in items] == ["bai-ba.md", "bai-mot.md", "kiem-tra.md"]
    lesson = next(file for file in live_files(draft) if file.path.endswith("bai-mot.md"))
    assert f"]({items[2]})" in (lesson.text or "")


def test_a_photo_is_taken_in_its_normal_form_and_shown_under_a_tidy_name(
    device: PageClient, draft: CourseDraft
) -> None:
    taken = device.post(
        f"/workshop/drafts/{draft.id}/media",
        data={"file": (io.BytesIO(phone_photo()), "Ảnh chụp Màn hình (1).JPG")},
        content_type="multipart/form-data",
        headers=JSON,
    )
    assert taken.status_code == 200, taken.text
    assert taken.json["path"] == "anh/anh-chup-man-hinh-1.jpg"
    assert device.get(taken.json["address"]).status_code == 200


def test_what_is_no_picture_is_refused(device: PageClient, draft: CourseDraft) -> None:

    refused = device.post(
        f"/workshop/drafts/{draft.id}/media",
        data={"file": (io.BytesIO(b"<svg onload=alert(1)>"), "a.svg")},
        content_type="multipart/form-data",
        headers=JSON,
    )
    assert refused.status_code == 422
    assert ".jpg" in refused.json["error"]


def test_another_trainers_draft_does_not_exist_until_it_is_shared(
    draft: CourseDraft, device: PageClient, new_client: Callable[[], PageClient]
) -> None:
    other = new_client()
    sign_in(other, make_staff(Role.TRAINER, None), WayIn.STAFF)
    assert other.get(f"/workshop/drafts/{draft.id}").status_code == 404
    assert save(other, address(draft), "x", 1).status_code == 404
    device.post(f"/workshop/drafts/{draft.id}/share", data={"shared": "yes"})
    assert other.get(f"/workshop/drafts/{draft.id}").status_code == 200
    assert save(other, address(draft), "x", 1).status_code == 200


def test_settings_change_what_was_changed_and_leave_other_lines(device: PageClient, trainer: Person) -> None:
    files = {**FILES, "course.yml": FILES["course.yml"] + b"# ghi chu\nlevel: 2\nsources: []\n"}
    draft = make_draft(trainer, files=files)
    page = device.get(f"/workshop/drafts/{draft.id}/settings")
    assert page.status_code == 200
    data = {
        "revision": "1",
        "title": "Tên mới: hay",
        "goal": "Viết thử một khóa",
        "summary": "Một bài học và một bài kiểm tra.",
        "audience": "both",
        "icon": "book",
        "edition": "1",
        "terms": "Mã OTP: mã dùng một lần",
        "completion": ["kiem-tra"],
    }
    saved = device.post(f"/workshop/drafts/{draft.id}/settings", data=data)
    assert saved.status_code == 303, saved.text
    text = file_at(draft, "course.yml").text
    assert "title: 'Tên mới: hay'\n" in text
    assert "audience: both\n" in text
    assert "# ghi chu\nlevel: 2\n" in text
    assert "terms:\n  ma-otp: mã dùng một lần\n" in text
    assert "completion:\n  - kiem-tra\n" in text
    assert "Không có lỗi nào" in device.get(f"/workshop/drafts/{draft.id}").text


def test_settings_that_cannot_be_taken_are_shown_again_with_what_was_typed(
    device: PageClient, draft: CourseDraft
) -> None:
    refused = device.post(
        f"/workshop/drafts/{draft.id}/settings", data={"revision": "1", "title": "", "goal": "Mục đích đã gõ"}
    )
    assert refused.status_code == 422
    assert "Mục đích đã gõ" in refused.text


def test_a_deleted_draft_comes_back(device: PageClient, draft: CourseDraft) -> None:
    assert device.get(f"/workshop/drafts/{draft.id}/delete").status_code == 200
    device.post(f"/workshop/drafts/{draft.id}/delete")
    assert device.get(f"/workshop/drafts/{draft.id}").status_code == 404
    assert "Lấy lại" in device.get("/workshop").text
    device.post(f"/workshop/drafts/{draft.id}/restore")
    assert device.get(f"/workshop/drafts/{draft.id}").status_code == 200


def test_every_item_can_be_tried_and_leads_on_without_recording(device: PageClient, draft: CourseDraft) -> None:
    page = device.get(address(draft).replace("/items/", "/try/"))
    assert page.status_code == 200
    assert "Không có gì được ghi lại" in page.text
    assert 'action="/workshop/drafts/' in page.text


def test_the_zip_of_a_draft_is_a_folder_that_can_be_read_again(device: PageClient, draft: CourseDraft) -> None:

    packed = device.get(f"/workshop/drafts/{draft.id}/course.zip")
    assert packed.mimetype == "application/zip"
    assert read_zip(packed.data).files == FILES


def test_a_photo_of_several_megabytes_is_taken(device: PageClient, draft: CourseDraft) -> None:
    heavy = make_photo("PNG", (1200, 900), is_noisy=True)
    assert len(heavy) > 1024 * 1024
    answer = device.post(
        f"/workshop/drafts/{draft.id}/media", data={"file": (io.BytesIO(heavy), "nguon.png")}, headers=JSON
    )
    assert answer.json["path"] == "anh/nguon.png"


def test_what_checking_says_of_the_course_stands_beside_its_field(device: PageClient, trainer: Person) -> None:
    broken = FILES["course.yml"].replace(b"audience: resident", b"audience: resident\nskills: [tt02:99.9]")
    draft = make_draft(trainer, files={**FILES, "course.yml": broken + "loudspeaker: Kính thưa.\n".encode()})
    page = device.get(f"/workshop/drafts/{draft.id}/settings").text
    after_skills = page.partition('id="skills"')[2].partition('class="field"')[0]
    after_spoken = page.partition('id="loudspeaker"')[2].partition('class="field"')[0]
    assert "tt02:99.9" in after_skills
    assert "60 đến 90 giây" in after_spoken


def test_an_empty_field_is_told_in_words_of_the_form(device: PageClient, trainer: Person) -> None:
    without = FILES["course.yml"].replace("summary: Một bài học và một bài kiểm tra.\n".encode(), b"")
    draft = make_draft(trainer, files={**FILES, "course.yml": without})
    page = device.get(f"/workshop/drafts/{draft.id}/settings").text
    assert "Ô này còn trống. Điền rồi bấm Lưu." in page
    assert "summary:" not in page


def test_a_quiz_may_be_written_as_text_with_all_its_questions_in_the_preview(
    device: PageClient, draft: CourseDraft
) -> None:
    url = address(draft, "02-kiem-tra.md")
    page = device.get(f"{url}?as=text")
    assert "## Ai được hỏi mã OTP?" in page.text
    shown = device.post(f"{url}/preview", json={"text": read_item_text(QUIZ + QUIZ_TWO).body}, headers=JSON)
    assert "Ai được hỏi mã OTP?" in shown.json["html"]
    assert "Số của Công an?" in shown.json["html"]
    kept = [re.search(r'data-keep="([^"]+)"', device.get(way).text) for way in (url, f"{url}?as=text")]
    assert kept[0][1] != kept[1][1], "what the form keeps in the browser is no text"


QUIZ_TWO = "\n## Số của Công an?\n<!-- key: q-so -->\n\n- = 113\n"


@pytest.mark.sqlite_only
def test_a_draft_takes_no_more_files_than_a_course_may_have(
    device: PageClient, draft: CourseDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.authoring.draft_media.MAXIMUM_FILES", 3)
    refused = device.post(
        f"/workshop/drafts/{draft.id}/media",
        data={"file": (io.BytesIO(phone_photo()), "a.jpg")},
        content_type="multipart/form-data",
        headers=JSON,
    )
    assert refused.status_code == 422
    assert "nhiều nhất" in refused.json["error"]
