"""What the pages of a course say is wrong: in the words of the form, with a way to the very field; and what is next."""

import re
from html import unescape

import pytest

from app.content.queries import find_course
from app.people.models import Person
from tests.integration.authoring.drafts import FILES, file_at, make_draft
from tests.page_client import PageClient

TAKEN = "nhan-biet-va-tranh-lua-dao-qua-mang"
LESSON = """---
kind: lesson
key: bai-mot
title: Bài một
minutes: 0
---
Mở đầu của bài.

![](anh/khong-co.png)

##Chưa thành tiêu đề
"""
QUIZ = FILES["02-kiem-tra.md"].decode().replace("- [x] Không ai cả", "- [ ] Không ai cả")
BROKEN = {
    "course.yml": FILES["course.yml"]
    .replace(b"minutes: 11", b"minutes: 3\nedition: 0")
    .replace(b"summary:", b"skills:"),
    "01-bai-mot.md": LESSON.encode(),
    "02-kiem-tra.md": QUIZ.encode(),
}


def next_line(page: str) -> str:
    found = re.search(r'<p class="next-line">(.*?)</p>', page)
    return re.sub(r"\s+", " ", found[1]) if found else ""


def test_one_line_above_the_items_says_what_comes_next(device: PageClient, trainer: Person) -> None:
    draft = make_draft(trainer)
    ready = next_line(device.get(f"/workshop/drafts/{draft.id}").text)
    assert f'href="/workshop/drafts/{draft.id}/publish">Xem lại rồi xuất bản' in ready
    broken = make_draft(trainer, slug="co-loi", files={**FILES, "course.yml": b"key: co-loi\n"})
    assert 'href="#next-steps">Sửa ' in next_line(device.get(f"/workshop/drafts/{broken.id}").text)
    empty = make_draft(trainer, slug="rong", files={"course.yml": FILES["course.yml"]})
    assert 'href="#new-title">Thêm bài học đầu tiên' in next_line(device.get(f"/workshop/drafts/{empty.id}").text)


@pytest.mark.parametrize("page", ["", "/publish"])
def test_faults_are_told_in_the_words_of_the_form_with_a_link_to_the_field(
    device: PageClient, trainer: Person, page: str
) -> None:
    draft = make_draft(trainer, files=BROKEN)
    listed = faults_listed(device.get(f"/workshop/drafts/{draft.id}{page}").text)
    base = f"/workshop/drafts/{draft.id}"
    lesson, quiz = (f"{base}/items/{file_at(draft, path).id}" for path in ("01-bai-mot.md", "02-kiem-tra.md"))
    summary = "Giới thiệu trong hai ba câu ngắn"
    for href, where, said in (
        (f"{base}/settings#summary", f"Thông tin khóa học, {summary}", f"Ô “{summary}” còn trống. Điền rồi bấm Lưu."),
        (f"{base}/settings#edition", "Thông tin khóa học, Lần ban hành", "Ô “Lần ban hành” là số từ 1 đến 1000."),
        (f"{lesson}?line=0#editor-minutes", "Bài một", "Ô “Số phút” là số từ 1 đến 600."),
        (f"{lesson}?line=3", "Bài một", "Khóa học không có hình này. Bấm Hình để thêm lại."),
        (f"{lesson}?line=3", "Bài một", "Hình thiếu lời tả cho người không nhìn thấy."),
        (
            f"{lesson}?line=5",
            "Bài một, chỗ “Chưa thành tiêu đề”",
            "Dòng này định làm tiêu đề mà chưa thành. Chọn dòng ấy, bấm Tiêu đề.",
        ),
        (f"{quiz}?line=4", "Bài kiểm tra, câu 1", "Chưa có phương án đúng. Đánh dấu ít nhất một phương án đúng."),
    ):
        assert (href, where, said) in listed
    assert [said for _, _, said in listed if re.search(r"`|\.md|\.yml|!\[|##|dòng \d|key:", said)] == []


def faults_listed(page: str) -> list[tuple[str, str, str]]:
    """(href, where, what is said) of each."""
    found = re.findall(r'<li class="fault"><a href="(.*?)">(.*?)</a><span>(.*?)</span>', page)
    return [(unescape(href), unescape(where), unescape(said)) for href, where, said in found]


def test_settings_open_the_part_in_which_something_is_wrong(device: PageClient, trainer: Person) -> None:
    wrong = FILES["course.yml"] + b"edition: 0\n"
    draft = make_draft(trainer, files={**FILES, "course.yml": wrong})
    page = device.get(f"/workshop/drafts/{draft.id}/settings").text
    assert "<details open><summary>Học lại, học trước, mã kỹ năng" in page
    assert "<details><summary>Từ cần giải nghĩa" in page
    assert "Ô “Lần ban hành” là số từ 1 đến 1000." in page


@pytest.mark.shipped_courses
@pytest.mark.sqlite_only
def test_an_address_that_is_taken_leads_to_its_field_which_is_open(device: PageClient, trainer: Person) -> None:
    taken = find_course(TAKEN)
    assert taken is not None
    draft = make_draft(trainer, slug=taken.slug)
    page = device.get(f"/workshop/drafts/{draft.id}/publish").text
    assert f"/workshop/drafts/{draft.id}/publish#slug" in [href for href, _, _ in faults_listed(page)]
    assert "<details open><summary>Đổi địa chỉ" in page
    assert 'id="slug"' in page
