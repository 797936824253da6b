"""What the pages of a course say is wrong: in the words of the form, with a way to the very field; and what is next."""

import re

from app.people.models import Person
from tests.integration.authoring.drafts import FILES, make_draft
from tests.page_client import PageClient


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
