"""A trainer in front of the editor of the workshop: what they type, see and find stored."""

from typing import Any
from uuid import UUID

from playwright.sync_api import CDPSession, Locator, expect

from app.access.actor import Actor, Role, WayIn
from app.authoring.drafts import create_draft, live_files
from app.authoring.item_text import read_item_text
from app.authoring.models import DraftFile
from app.extensions import db
from app.people.models import Person
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_staff

COURSE = """key: {slug}
title: Khóa thử
goal: Viết được một bài
audience: resident
minutes: 12
"""
HEAD = "---\nkind: {kind}\nkey: {key}\ntitle: {title}\nminutes: 6\n{more}---\n"
MORE = {"drill": "channel: zalo\nfrom: Số lạ\n"}
TEXT = """() => {
    const content = document.querySelector('.cm-content');
    return content ? content.cmTile.view.state.doc.toString() : document.querySelector('textarea[data-text]').value;
}"""
BODY = "Mở đầu của bài.\n\n## Ý thứ nhất\n\nMột câu ngắn.\n"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Desk:
    """One device of a trainer with one item open."""

    def __init__(self, story: Story, draft_id: UUID, file_id: UUID) -> None:
        self.story = story
        self.page = story.page
        self.path = f"/workshop/drafts/{draft_id}/items/{file_id}"
        self.draft_id = draft_id
        self.file_id = file_id

    def open(self) -> None:
        self.story.open(self.path)
        self.is_ready()

    def is_ready(self) -> None:
        self.page.wait_for_selector(".editor.is-ready")

    @property
    def text_box(self) -> Locator:
        """Where one types: CodeMirror's content, or the text area of a phone."""
        return self.page.locator(".cm-content, textarea[data-text]:not([hidden])").first

    def text(self) -> str:
        """What stands in the editor."""
        found: str = self.page.evaluate(TEXT)
        return found

    def has_text(self, words: str) -> None:
        """Wait until these words stand in the editor."""
        self.page.wait_for_function(f"words => ({TEXT})().includes(words)", arg=words)

    def put_cursor(self, place: int | None = None, until: int | None = None) -> None:
        """At a letter of the text (None: its end), or a range."""
        self.text_box.focus()
        self.page.evaluate(
            """([from, to]) => {
                const content = document.querySelector('.cm-content');
                if (content) {
                    const {view} = content.cmTile;
                    const end = view.state.doc.length;
                    view.dispatch({selection: {anchor: from ?? end, head: to ?? from ?? end}});
                } else {
                    const area = document.querySelector('textarea[data-text]');
                    area.setSelectionRange(from ?? area.value.length, to ?? from ?? area.value.length);
                }
            }""",
            [place, until],
        )

    def choose(self, words: str) -> None:
        start = self.text().index(words)
        self.put_cursor(start, start + len(words))

    def press(self, tool: str) -> None:
        """A button of the toolbar by its word."""
        self.page.get_by_role("toolbar").get_by_role("button", name=tool, exact=True).click()

    def state(self) -> Locator:
        return self.page.locator("[data-state].editor-saved")

    def is_saved(self) -> None:
        expect(self.state()).to_contain_text("Đã lưu", timeout=15_000)

    def save(self) -> None:
        self.page.get_by_role("button", name="Lưu", exact=True).click()
        self.is_saved()

    def stored(self) -> str:
        """The text in the database, without its front matter."""
        return self.stored_item().body

    def stored_item(self) -> Any:
        with self.story.site.app.app_context():
            file = db.session.get(DraftFile, self.file_id)
            assert file is not None
            assert file.text is not None
            content = read_item_text(file.text)
            db.session.remove()
        return content

    def cdp(self) -> CDPSession:
        return self.page.context.new_cdp_session(self.page)


def make_trainer(site: Site, name: str = "Đỗ Văn Soạn") -> Person:
    with site.stored():
        person = make_staff(Role.TRAINER, None, name=name)
        db.session.flush()
        db.session.expunge(person)
    return person


def make_draft(
    site: Site, owner: Person, slug: str, body: str = BODY, kind: str = "lesson", **files: bytes
) -> tuple[UUID, UUID]:
    """A course of two items, the first of this kind and text: its id and the item's."""
    head = HEAD.format(kind=kind, key=f"{slug}-mot", title="Bài một", more=MORE.get(kind, ""))
    second = HEAD.format(kind="lesson", key=f"{slug}-hai", title="Bài hai", more="") + "Bài sau.\n"
    folder = {
        "course.yml": COURSE.format(slug=slug).encode(),
        "01-bai-mot.md": (head + body).encode(),
        "02-bai-hai.md": second.encode(),
        **files,
    }
    with site.stored():
        actor = Actor(way_in=WayIn.STAFF, person_id=owner.id, canonical_id=owner.id, is_registered=True)
        draft = create_draft(folder, slug=slug, by=actor, place_id=None, owner_id=owner.id)
        file = next(file for file in live_files(draft) if file.path == "01-bai-mot.md")
        return draft.id, file.id


def sit_down(story: Story, slug: str, body: str = BODY, kind: str = "lesson", **files: bytes) -> Desk:
    """A new trainer signed in on this device, with a new course open."""
    trainer = make_trainer(story.site)
    draft_id, file_id = make_draft(story.site, trainer, slug, body, kind, **files)
    story.sign_in_as(trainer, WayIn.STAFF)
    desk = Desk(story, draft_id, file_id)
    desk.open()
    return desk
