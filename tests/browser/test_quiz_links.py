"""A trainer presses a fault, or a question to improve, and stands before that very question."""

import re

from playwright.sync_api import expect

from tests.browser.quiz_desk import TWO, new_quiz
from tests.browser.story import Story

NUMBERED = "".join(f"\n## Câu số {number}\n<!-- key: q-{number} -->\n- = {number}\n" for number in range(1, 31))
WRONG = TWO + NUMBERED + "\n## Câu hỏng\n<!-- key: q-hong -->\n- [ ] một\n- [ ] hai\n"


def test_a_fault_of_the_draft_opens_its_question_in_view_and_with_the_focus(phone: Story) -> None:
    quiz = new_quiz(phone, WRONG)
    phone.open(f"/workshop/drafts/{quiz.draft_id}")
    fault = phone.page.locator(".notice.wrong a[href*=line]").first
    fault.click()
    quiz.is_ready()
    phone.check_page()
    expect(quiz.card.locator("[data-title]")).to_have_text("Câu hỏng")
    expect(quiz.card.locator(":focus")).to_be_in_viewport()
    expect(quiz.card.locator(".field-fault").first).to_be_visible()


def test_a_question_is_found_by_its_key_where_unsent_words_have_moved_it(desktop: Story) -> None:
    quiz = new_quiz(desktop, WRONG)
    quiz.open()
    quiz.site.stop()
    quiz.open_question(1)
    quiz.card.locator("[data-delete]").click()
    quiz.close_unsent()
    quiz.site.start()
    later = quiz.second_tab("?question=q-29").page
    expect(later.locator("[data-notice-text]")).to_contain_text("Đã lấy lại phần sửa")
    opened = later.locator(".quiz-card.is-open [data-open]")
    expect(opened).to_have_text("31.Câu số 29")
    expect(opened).to_be_focused()
    expect(opened).to_be_in_viewport()


def test_without_scripts_the_question_has_the_focus_and_is_saved_alone(phone_without_js: Story) -> None:
    quiz = new_quiz(phone_without_js, WRONG)
    phone_without_js.open(f"/workshop/drafts/{quiz.draft_id}")
    phone_without_js.page.locator(".notice.wrong a[href*=line]").first.click()
    phone_without_js.arrive()
    area = phone_without_js.page.get_by_label("Câu cần sửa")
    expect(area).to_be_focused()
    expect(area).to_be_in_viewport()
    expect(area).to_have_value(re.compile("^## Câu hỏng"))
    area.fill(area.input_value().replace("- [ ] một", "- [x] một"))
    phone_without_js.press("Lưu")
    assert quiz.stored_text() == WRONG.replace("- [ ] một", "- [x] một")
