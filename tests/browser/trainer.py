"""A trainer at an office PC who makes a course in the workshop; every act of theirs is counted as a step."""

import io

from PIL import Image
from playwright.sync_api import Locator, expect

from app.access.actor import WayIn
from tests.browser.site import Site
from tests.browser.story import Story
from tests.browser.writing import make_trainer


class Trainer:
    """A first-time trainer at an office PC; every act of theirs is counted."""

    def __init__(self, site: Site, story: Story) -> None:
        self.story = story
        self.page = story.page
        self.steps = 0
        story.sign_in_as(make_trainer(site), WayIn.STAFF)
        story.open("/workshop")

    def press(self, label: str) -> None:
        self.steps += 1
        self.story.press(label)

    def fill(self, label: str, words: str) -> None:
        self.steps += 1
        self.story.fill(label, words)

    def choose(self, label: str) -> None:
        self.steps += 1
        self.story.choose(label)

    def write(self, words: str) -> None:
        """Everything in the editor anew, typed at once as a paste of plain text is."""
        self.steps += 1
        self.page.wait_for_selector(".editor.is-ready")
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(words)
        self.is_saved()

    def type(self, words: str) -> None:
        """Plain words at the end of the text, as one types them."""
        self.steps += 1
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(words)

    def empty_editor(self) -> None:
        self.steps += 1
        self.page.wait_for_selector(".editor.is-ready")
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")

    def tool(self, name: str) -> None:
        self.steps += 1
        self.page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()

    def picture(self, alternative: str) -> None:
        """Chosen from the computer, then said in words."""
        self.page.keyboard.press("Control+End")
        self.steps += 3
        self.page.set_input_files(
            "[data-picture-file]", {"name": "anh.png", "mimeType": "image/png", "buffer": photo()}
        )
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Hình này cho thấy gì?").fill(alternative)
        with self.page.expect_response("**/media"):
            dialog.get_by_role("button", name="Thêm vào bài").click()

    def question(self, kind: str, title: str) -> Locator:
        """One more question of this kind; its open card."""
        self.steps += 3
        self.page.get_by_role("button", name="Thêm câu hỏi", exact=True).click()
        self.page.locator(".kind-choice", has_text=kind).click()
        card = self.page.locator(".quiz-card.is-open")
        card.get_by_label("Câu hỏi", exact=True).fill(title)
        return card

    def answer(self, card: Locator, label: str, words: str) -> None:
        self.steps += 1
        card.get_by_label(label, exact=True).fill(words)

    def feedback(self, card: Locator, *said: str) -> None:
        for number, words in enumerate(said):
            self.steps += 1
            card.get_by_label("Nói gì với người chọn câu này?").nth(number).fill(words)

    def is_saved(self) -> None:
        expect(self.page.locator("[data-state].editor-saved")).to_contain_text("Đã lưu", timeout=15_000)

    def start(self, template: str, title: str, goal: str) -> None:
        self.press("Khóa học mới")
        self.press("Từ mẫu có sẵn")
        self.steps += 1
        self.page.get_by_role("radio", name=template).check()
        self.fill("Tên khóa học", title)
        self.fill("Bà con muốn làm được việc gì?", goal)
        self.press("Tạo khóa học")

    def add(self, kind: str, title: str) -> None:
        self.choose(kind)
        self.fill("Tên mục", title)
        self.press("Thêm")

    def back_to_course(self, title: str) -> None:
        self.steps += 1
        self.page.locator(".eyebrow").get_by_role("link", name=title).click()
        self.story.arrive()

    def publish(self) -> None:
        self.press("Xem lại và xuất bản")
        self.steps += 1
        self.page.locator("form[action$='/publish'] input[type=checkbox]").check()
        self.press("Xuất bản ngay")


def photo() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(target, "PNG")
    return target.getvalue()
