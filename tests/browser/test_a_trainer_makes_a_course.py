"""From an idea to a published course, counted in steps: a press, a filled field, a text typed is one step each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.trainer import Trainer

LESSON = """Bác nhận tin nhắn báo trúng thưởng.

## Đừng bấm

Chữ xanh dẫn tới trang giả.

> **Nhớ:** giải thưởng thật không bắt bác nộp tiền trước.
"""
SECOND = """Kẻ gian giả làm Công an.

> **Các bước:**
> 1. Tắt máy.
> 2. Gọi 113.
"""
QUIZ = """## Ai được hỏi mã OTP của bác?
<!-- key: q-ma -->

- [ ] Công an
  > Không ai được hỏi cả.
- [x] Không ai cả
  > Đúng: mã chỉ của bác.

## Số của Công an?
<!-- key: q-so -->

- = 113
"""
MOST_STEPS_IN_MARKDOWN = 24
MOST_STEPS_BY_FORM = 70


@pytest.fixture
def trainer(site: Site, new_story: NewStory) -> Iterator[Trainer]:
    made = Trainer(site, new_story(site, "desktop"))
    yield made
    print(f"\n{made.steps} steps")  # noqa: T201 -- the measure of the story, shown with -s


def test_a_course_is_made_in_markdown_only(site: Site, new_story: NewStory, trainer: Trainer) -> None:
    title = "Tránh tin nhắn giả"
    trainer.start("Trống", title, "Không mất tiền vì tin nhắn giả")
    trainer.press("Bài đầu tiên")
    trainer.write(LESSON)
    trainer.back_to_course(title)
    trainer.add("Bài học", "Số lạ gọi đến")
    trainer.write(SECOND)
    trainer.back_to_course(title)
    trainer.add("Bài kiểm tra", "Kiểm tra")
    trainer.press("Viết dạng chữ")
    trainer.write(QUIZ)
    trainer.back_to_course(title)
    trainer.story.sees("Không có lỗi nào")
    trainer.publish()
    trainer.story.sees("Đã xuất bản")
    assert trainer.steps <= MOST_STEPS_IN_MARKDOWN

    learner = new_story(site, "phone")
    learner.open("/courses/tranh-tin-nhan-gia")
    learner.sees("Số lạ gọi đến")
    learner.open("/courses/tranh-tin-nhan-gia/bai-dau")
    learner.sees("giải thưởng thật không bắt bác nộp tiền trước")


def test_a_first_course_is_made_without_typing_markdown(site: Site, new_story: NewStory, trainer: Trainer) -> None:
    """Two lessons with a picture, a quiz of six questions of four kinds, published."""
    title = "Cảnh giác cuộc gọi lạ"
    trainer.start("Trống", title, "Không mắc bẫy cuộc gọi lạ")
    trainer.press("Bài đầu tiên")
    write_lesson(trainer, "Bác nghe máy, bên kia xưng là Công an.", "Tắt máy ngay", "Người cầm điện thoại")
    trainer.back_to_course(title)
    trainer.add("Bài học", "Gọi lại cho đúng")
    write_lesson(trainer, "Bác muốn hỏi lại cho chắc.", "Gọi số in trên thẻ", "Mặt sau của thẻ ngân hàng")
    trainer.back_to_course(title)
    trainer.add("Bài kiểm tra", "Bác thử xem")
    expect(trainer.page.locator(".quiz-builder.is-ready")).to_be_visible()
    write_quiz(trainer)
    trainer.back_to_course(title)
    trainer.story.sees("Không có lỗi nào")
    trainer.publish()
    trainer.story.sees("Đã xuất bản")
    assert trainer.steps <= MOST_STEPS_BY_FORM

    learner = new_story(site, "phone")
    learner.open("/courses/canh-giac-cuoc-goi-la/bai-dau")
    learner.sees("Tắt máy ngay")
    expect(learner.page.locator("main img")).to_have_attribute("alt", "Người cầm điện thoại")
    learner.open("/courses/canh-giac-cuoc-goi-la/bac-thu-xem")
    learner.sees("6 câu")


def write_lesson(trainer: Trainer, beginning: str, heading: str, picture: str) -> None:
    trainer.empty_editor()
    trainer.type(f"{beginning}\n\n")
    trainer.tool("Tiêu đề")
    trainer.page.keyboard.type(heading)
    trainer.type("\n\nBác không cần chào, không cần giải thích.\n\n")
    trainer.picture(picture)
    trainer.is_saved()
    expect(trainer.page.locator("[data-preview] h2")).to_have_text(heading)
    expect(trainer.page.locator("[data-preview] img")).to_have_attribute("alt", picture)


def write_quiz(trainer: Trainer) -> None:
    for number in (1, 2):
        card = trainer.question("Chọn một", f"Người lạ hỏi mã, bác làm gì? ({number})")
        trainer.answer(card, "Phương án 1", "Tắt máy")
        trainer.answer(card, "Phương án 2", "Đọc mã")
        trainer.feedback(card, "Đúng rồi.", "Mã mở được tài khoản của bác.")
    for number in (1, 2):
        card = trainer.question("Đúng hay sai", f"Công an hỏi mã qua điện thoại. ({number})")
        trainer.steps += 1
        card.locator("[data-rows] > li").nth(1).get_by_label("Sai", exact=True).check()
    card = trainer.question("Gõ chữ", "Số điện thoại của Công an?")
    trainer.answer(card, "Câu trả lời 1", "113")
    card = trainer.question("Ghép cặp", "Ghép việc với số")
    for row, (left, right) in enumerate((("Công an", "113"), ("Cứu hỏa", "114")), start=1):
        trainer.answer(card, f"Cặp {row}", left)
        trainer.steps += 1
        card.locator("[data-rows] > li").nth(row - 1).get_by_label("hợp với").fill(right)
    trainer.press("Lưu")
    expect(trainer.page.locator("p[data-state]")).to_contain_text("Đã lưu", timeout=15_000)
