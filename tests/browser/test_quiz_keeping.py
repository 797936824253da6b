"""What was written in the form of a quiz stays, and can be taken back, also after a reload."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewStory
from tests.browser.quiz_desk import TWO, Builder, new_quiz
from tests.browser.site import Site
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


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_two_tabs_that_were_closed_without_a_network_lose_nothing(site: Site, new_story: NewStory, device: str) -> None:
    older = new_quiz(new_story(site, device), TWO)
    older.open()
    newer = older.second_tab()
    site.stop()
    for number, title in ((1, "Hỏi ở thẻ một"), (2, "Gọi ở thẻ một?"), (3, "Kể ở cả hai")):
        older.open_question(number)
        older.title(title)
    older.close_unsent()
    newer.open_question(3)
    newer.title("Kể ở cả hai")
    newer.open_question(1)
    newer.title("Hỏi ở thẻ hai")
    newer.add("Tự viết")
    newer.title("Câu thêm ở thẻ hai")
    newer.close_unsent()
    site.start()
    quiz = older.second_tab()
    assert quiz.titles() == ["Hỏi ở thẻ hai", "Câu thêm ở thẻ hai", "Gọi số nào?", "Kể ở cả hai"]
    dialog = quiz.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Máy này còn giữ một bản sửa lúc")
    expect(dialog).to_contain_text("Có 2 chỗ khác nhau")
    quiz.story.check_page()
    dialog.get_by_role("button", name="Để sau").click()
    quiz.save()
    reload(quiz)
    expect(dialog.locator("fieldset")).to_have_count(2)
    dialog.get_by_role("button", name="Để sau").click()
    quiz.press("Xem hai bản")
    dialog.locator("fieldset", has_text="Hỏi ở thẻ hai").get_by_label("Lấy bản kia").check()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    expect(quiz.page.get_by_role("button", name="Xem hai bản")).to_be_hidden()
    quiz.save()
    titles = ["Hỏi ở thẻ một", "Câu thêm ở thẻ hai", "Gọi ở thẻ một?", "Kể ở cả hai"]
    assert [question.title for question in quiz.stored()] == titles
    reload(quiz)
    assert quiz.titles() == titles
    expect(dialog).to_be_hidden()


def test_what_two_tabs_wrote_alike_needs_no_choice(desktop: Story) -> None:
    older = new_quiz(desktop, TWO)
    older.open()
    newer = older.second_tab()
    older.site.stop()
    newer.page.locator("[data-setting=minutes]").fill("7")
    for tab in (older, newer):
        tab.open_question(1)
        tab.title("Viết ở cả hai")
        tab.close_unsent()
    older.site.start()
    quiz = older.second_tab()
    quiz.save()
    expect(quiz.page.get_by_role("dialog")).to_be_hidden()
    expect(quiz.page.get_by_role("button", name="Xem hai bản")).to_be_hidden()
    assert [question.title for question in quiz.stored()] == ["Viết ở cả hai", "Gọi số nào?", "Kể lại"]
    assert "minutes: 7" in quiz.stored_text()


def test_each_tab_takes_back_its_own_steps_only(desktop: Story) -> None:
    first = new_quiz(desktop, TWO)
    first.open()
    first.open_question(1)
    first.title("Hỏi ở thẻ một")
    first.save()
    second = first.second_tab()
    expect(second.page.locator("[data-undo]")).to_be_disabled()
    reload(first)
    first.press("Hoàn tác")
    expect(first.page.locator(".quiz-card [data-title]").first).to_have_text("Ai được hỏi mã OTP?")
    first.save()
    second.open_question(2)
    second.title("Gọi ở thẻ hai?")
    second.page.locator("[data-save]").click()
    dialog = second.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Anh chị đã lưu bản khác lúc")
    expect(second.page.locator("p[data-state]")).to_contain_text("ở thẻ hoặc máy khác")
    second.story.faults.clear()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    second.save()
    titles = ["Ai được hỏi mã OTP?", "Gọi ở thẻ hai?", "Kể lại"]
    assert [question.title for question in second.stored()] == titles


def test_half_a_symbol_is_left_out_and_stands_in_no_ones_way(desktop: Story) -> None:
    """As where a text is cut off in the middle of one."""
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    quiz.open_question(1)
    quiz.field("Câu hỏi").evaluate(
        "field => { field.value = 'Gọi ai? \\ud83d'; field.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    quiz.save()
    assert quiz.stored()[0].title == "Gọi ai?"
    reload(quiz)
    expect(quiz.page.locator("[data-undo]")).to_be_enabled()
