"""What was written in the form of a quiz stays, and can be taken back, also after a reload."""

from playwright.sync_api import expect

from tests.browser.quiz_desk import TWO, Builder, new_quiz
from tests.browser.story import Story


def reload(quiz: Builder) -> None:
    quiz.page.reload()
    quiz.is_ready()


def change_three_things(quiz: Builder) -> None:
    quiz.open_question(1)
    quiz.title("Hỏi một")
    quiz.field("Phương án 1").fill("Bác sĩ")
    quiz.card.locator("[data-delete]").click()
    quiz.open_question(1)
    quiz.title("Gọi số mới nào?")


def test_what_was_done_before_a_reload_is_taken_back_step_by_step_and_saved(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    change_three_things(quiz)
    quiz.save()
    reload(quiz)
    assert quiz.titles() == ["Gọi số mới nào?", "Kể lại"]
    for titles in (["Gọi số nào?", "Kể lại"], ["Hỏi một", "Gọi số nào?", "Kể lại"]):
        quiz.press("Hoàn tác")
        expect(quiz.page.locator(".quiz-card [data-title]")).to_have_text(titles)
    quiz.save()
    reload(quiz)
    quiz.open_question(1)
    expect(quiz.field("Phương án 1")).to_have_value("Bác sĩ")
    quiz.press("Hoàn tác")
    expect(quiz.field("Phương án 1")).to_have_value("Công an")
    quiz.press("Hoàn tác")
    expect(quiz.page.locator("[data-undo]")).to_be_disabled()
    quiz.save()
    assert quiz.stored_text() == TWO
    reload(quiz)
    for _step in range(4):
        quiz.press("Làm lại")
    expect(quiz.page.locator("[data-redo]")).to_be_disabled()
    quiz.save()
    assert [question.title for question in quiz.stored()] == ["Gọi số mới nào?", "Kể lại"]


def test_a_reload_in_the_middle_of_a_word_can_be_taken_back_too(phone: Story) -> None:
    quiz = new_quiz(phone, TWO)
    quiz.open()
    change_three_things(quiz)
    reload(quiz)
    expect(quiz.page.locator(".quiz-card [data-title]").first).to_have_text("Gọi số mới nào?")
    for _step in range(4):
        quiz.press("Hoàn tác")
    quiz.save()
    assert [question.title for question in quiz.stored()] == ["Ai được hỏi mã OTP?", "Gọi số nào?", "Kể lại"]
    assert quiz.stored()[0].options[0].words == "Công an"


def test_nothing_is_taken_back_past_what_somebody_else_has_written(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    quiz.open_question(1)
    quiz.title("Hỏi một")
    quiz.save()
    other = Builder(quiz.site, desktop.open_tab(quiz.path + "?as=text"), quiz.draft_id, quiz.file_id)
    other.page.locator(".cm-content").click()
    other.page.keyboard.press("Control+End")
    other.page.keyboard.type("\n\n## Câu của đồng nghiệp\n- = 5\n")
    other.page.get_by_role("button", name="Lưu", exact=True).click()
    expect(other.page.locator(".editor-saved")).to_contain_text("Đã lưu")
    reload(quiz)
    assert "Câu của đồng nghiệp" in quiz.titles()[-1]
    expect(quiz.page.locator("[data-undo]")).to_be_disabled()


def test_keys_take_back_where_a_field_has_nothing_left_and_the_focus_stays(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    quiz.open_question(1)
    quiz.title("Hỏi một")
    quiz.save()
    reload(quiz)
    quiz.open_question(1)
    quiz.field("Câu hỏi").focus()
    quiz.page.keyboard.press("Control+z")
    expect(quiz.field("Câu hỏi")).to_have_value("Ai được hỏi mã OTP?")
    expect(quiz.field("Câu hỏi")).to_be_focused()
    quiz.page.keyboard.press("Control+Shift+z")
    expect(quiz.field("Câu hỏi")).to_have_value("Hỏi một")
    quiz.page.keyboard.type("?")
    quiz.page.keyboard.press("Control+z")
    expect(quiz.field("Câu hỏi")).to_have_value("Hỏi một")
    quiz.save()
    assert quiz.stored()[0].title == "Hỏi một"


def test_the_editor_of_texts_never_takes_the_forms_unsent_copy_for_its_own(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    desktop.context.route(
        "**/questions", lambda route: route.abort() if route.request.method == "PUT" else route.continue_()
    )
    quiz.open_question(1)
    quiz.title("Viết khi mất mạng")
    desktop.page.locator("[data-save]").click()
    desktop.sees("Chưa gửi được, giữ trong máy")
    desktop.faults.clear()
    text = desktop.context.new_page()
    text.goto(quiz.site.address + quiz.path + "?as=text")
    text.wait_for_selector(".editor.is-ready")
    expect(text.locator(".cm-content")).to_contain_text("Ai được hỏi mã OTP?")
    expect(text.locator(".cm-content")).not_to_contain_text("parts")
    text.close()
    desktop.context.unroute("**/questions")
    quiz.save()
    assert quiz.stored()[0].title == "Viết khi mất mạng"
