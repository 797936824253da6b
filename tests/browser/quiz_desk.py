"""A trainer in front of the form of a quiz: what they fill in, press, and find stored."""

import re
from uuid import UUID

from playwright.sync_api import Locator, expect

from app.access.actor import Role, WayIn
from app.authoring.compiling import compile_item
from app.authoring.drafts import get_file
from app.authoring.models import CourseDraft
from app.content.quiz_source.model import SourceQuestion
from app.content.quiz_source.read import read_quiz_source
from app.extensions import db
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_staff, sign_in
from tests.integration.authoring.drafts import HEADER, QUIZ, file_at, make_draft

EMPTY = "---\nkind: quiz\nkey: kiem-tra\ntitle: Bài kiểm tra\nminutes: 5\npass: 70\n---\n"
KEPT = "Chưa gửi được, giữ trong máy"
PATH = "01-kiem-tra.md"
TWO = QUIZ + "\n## Gọi số nào?\n<!-- key: q-so -->\n- = 113\n\n## Kể lại\n<!-- key: q-ke -->\n- ____\n"


class Builder:
    """One quiz of a draft, and a person who writes it."""

    def __init__(self, site: Site, story: Story, draft_id: UUID, file_id: UUID) -> None:
        self.site, self.story, self.page = site, story, story.page
        self.draft_id, self.file_id = draft_id, file_id
        self.path = f"/workshop/drafts/{draft_id}/items/{file_id}"

    def open(self) -> None:
        self.story.open(self.path)
        self.is_ready()

    def is_ready(self) -> None:
        expect(self.page.locator(".quiz-builder.is-ready")).to_be_visible()

    def press(self, label: str) -> None:
        """A button by its whole name, in the open question first."""
        inside = self.card.get_by_role("button", name=label, exact=True)
        (inside if inside.count() else self.page.get_by_role("button", name=label, exact=True)).first.click()

    def open_question(self, number: int) -> None:
        self.page.locator(".quiz-open").nth(number - 1).click()
        expect(self.card).to_be_visible()

    def add(self, kind: str) -> None:
        self.page.get_by_role("button", name="Thêm câu hỏi", exact=True).click()
        self.page.locator(".kind-choice", has_text=kind).click()
        expect(self.card.get_by_label("Câu hỏi", exact=True)).to_be_focused()

    @property
    def card(self) -> Locator:
        """The one that is open."""
        return self.page.locator(".quiz-card.is-open")

    def field(self, label: str) -> Locator:
        return self.card.get_by_label(label, exact=True)

    def row(self, number: int) -> Locator:
        return self.card.locator("[data-rows] > li").nth(number - 1)

    def title(self, text: str) -> None:
        self.field("Câu hỏi").fill(text)

    def save(self) -> None:
        self.page.locator("[data-save]").click()
        expect(self.page.locator("p[data-state]")).to_have_text(re.compile("^Đã lưu"))

    def close_unsent(self) -> None:
        """While the server is stopped: what was written stays in the browser, sent not even at parting."""
        self.page.locator("[data-save]").click()
        expect(self.page.locator("p[data-state]")).to_contain_text(KEPT, timeout=10_000)
        self.page.close()
        self.story.faults.clear()

    def second_tab(self, query: str = "") -> "Builder":
        """The same quiz once more, in another tab of the same device."""
        tab = Builder(self.site, self.story.open_tab(self.path + query), self.draft_id, self.file_id)
        tab.is_ready()
        return tab

    def titles(self) -> list[str]:
        return self.page.locator(".quiz-card [data-title]").all_inner_texts()

    def stored_text(self) -> str:
        with self.site.stored():
            return get_file(db.session.get(CourseDraft, self.draft_id), self.file_id).text or ""

    def stored(self) -> list[SourceQuestion]:
        return list(read_quiz_source(self.stored_text()).questions)

    def serious(self) -> list[str]:
        with self.site.stored():
            draft = db.session.get(CourseDraft, self.draft_id)
            _, _, faults = compile_item(draft, get_file(draft, self.file_id))
            return [fault.reason for fault in faults if not fault.is_warning]


def new_quiz(story: Story, text: str = EMPTY) -> Builder:
    """A shared draft with this one quiz, and its author, "Trần Thị Soạn", signed in on the device."""
    files = {"course.yml": HEADER.encode(), PATH: text.encode()}
    with story.site.stored():
        author = make_staff(Role.TRAINER, None, name="Trần Thị Soạn")
        draft = make_draft(author, files=files, slug=f"khoa-{author.id.hex[-8:]}")
        draft.is_shared = True
        db.session.flush()
        ids = draft.id, file_at(draft, PATH).id
        sign_in(story, author, WayIn.STAFF)  # type: ignore[arg-type]
    return Builder(story.site, story, *ids)
