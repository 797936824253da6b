"""Careless, impatient and generous hands in the form of a quiz lose no word."""

import base64
import re

from playwright.sync_api import Page, expect

from tests.browser.quiz_desk import TWO, Builder, new_quiz
from tests.browser.story import Story
from tests.integration.authoring.drafts import QUIZ
from tests.photos import phone_photo

PAIRS = TWO + "\n## Ghép\n<!-- key: q-ghep -->\n- Công an -> 113\n- Cứu hỏa -> 114\n"


def change_kind(quiz: Builder, kind: str) -> None:
    quiz.press("Đổi loại câu")
    quiz.page.locator(".kind-choice", has_text=kind).click()
    expect(quiz.card.locator("[data-kind]")).to_have_text(kind)


def paste(page: Page, text: str = "", picture: bytes = b"") -> None:
    """Into what has the focus, as the keyboard does."""
    page.evaluate(
        """([text, picture]) => {
            const clipboardData = new DataTransfer();
            if (text) clipboardData.setData('text/plain', text);
            if (picture) {
                const bytes = Uint8Array.from(atob(picture), letter => letter.charCodeAt(0));
                clipboardData.items.add(new File([bytes], 'image.jpg', {type: 'image/jpeg'}));
            }
            const event = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});
            const wasTaken = !document.activeElement.dispatchEvent(event);
            if (!wasTaken && text) document.execCommand('insertText', false, text);
        }""",
        [text, base64.b64encode(picture).decode()],
    )


def test_a_kind_that_is_changed_and_changed_back_has_all_its_words_again(desktop: Story) -> None:
    quiz = new_quiz(desktop, PAIRS)
    quiz.open()
    quiz.open_question(4)
    change_kind(quiz, "Gõ chữ")
    desktop.sees("Chữ chưa có chỗ ở loại này vẫn giữ: đổi lại loại Ghép cặp là có.")
    quiz.save()
    quiz.page.reload()
    quiz.is_ready()
    quiz.open_question(4)
    quiz.press("Thêm câu trả lời")
    quiz.page.keyboard.type("Cấp cứu")
    change_kind(quiz, "Đúng hay sai")
    change_kind(quiz, "Ghép cặp")
    expect(quiz.card.locator("[data-rows] > li")).to_have_count(2)
    change_kind(quiz, "Gõ chữ")
    expect(quiz.field("Câu trả lời 2")).to_have_value("Cấp cứu")
    change_kind(quiz, "Ghép cặp")
    quiz.save()
    assert quiz.stored()[3].pairs == (("Công an", "113"), ("Cứu hỏa", "114"), ("Cấp cứu", ""))


def test_options_that_a_kind_has_no_place_for_come_back_with_their_remarks(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    before = quiz.stored()[0].options
    quiz.open()
    quiz.open_question(1)
    change_kind(quiz, "Gõ chữ")
    quiz.field("Câu trả lời 1").fill("Không một ai")
    change_kind(quiz, "Chọn một")
    expect(quiz.field("Phương án 3")).to_have_value("Không một ai")
    quiz.row(3).get_by_role("button", name="Bỏ phương án 3").click()
    quiz.save()
    assert quiz.stored()[0].options == before


def test_a_text_that_is_longer_than_its_field_is_not_cut_off_in_silence(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    quiz.open_question(1)
    quiz.field("Câu hỏi").fill("Giữ lại.")
    paste(quiz.page, "chữ " * 2500)
    desktop.sees("Chữ vừa chép dài 10000 chữ cái, ô này chỉ còn chỗ cho 992.")
    expect(quiz.field("Câu hỏi")).to_have_value("Giữ lại.")
    quiz.card.locator("[data-stem-text]").focus()
    paste(quiz.page, "chữ " * 2500)
    quiz.save()
    assert quiz.stored()[0].stem.count("chữ") == 2500


def test_a_double_tap_adds_one_question_of_the_kind_that_was_chosen(phone: Story) -> None:
    quiz = new_quiz(phone, TWO)
    quiz.open()
    page = phone.page
    page.get_by_role("button", name="Thêm câu hỏi", exact=True).scroll_into_view_if_needed()
    button = page.get_by_role("button", name="Thêm câu hỏi", exact=True).bounding_box()
    assert button
    page.mouse.dblclick(button["x"] + 20, button["y"] + 20)
    expect(page.locator("[data-kinds-dialog]")).to_be_visible()
    choice = page.locator(".kind-choice").first
    choice.dblclick()
    expect(page.locator(".quiz-card")).to_have_count(4)
    expect(quiz.card.locator("[data-kind]")).to_have_text("Chọn một")
    quiz.card.locator("[data-delete]").dblclick()
    expect(page.locator(".quiz-card")).to_have_count(3)
    page.locator("[data-add-pool]").dblclick()
    expect(page.locator(".quiz-card")).to_have_count(4)


def test_who_goes_on_to_try_the_quiz_tries_what_stands_in_the_form(desktop: Story) -> None:
    quiz = new_quiz(desktop, QUIZ)
    quiz.open()
    quiz.open_question(1)
    quiz.title("Vừa sửa xong")
    quiz.page.get_by_role("link", name="Làm thử cả bài").first.click()
    desktop.page.wait_for_url(re.compile("/try/"))
    desktop.sees("Vừa sửa xong")


def test_a_picture_is_pasted_into_a_question_and_words_from_word_are_no_picture(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    quiz.open_question(1)
    quiz.card.locator("[data-stem-text]").focus()
    paste(quiz.page, "Chữ chép từ Word", phone_photo((200, 300)))
    expect(quiz.card.locator("[data-stem-text]")).to_have_value("Chữ chép từ Word")
    paste(quiz.page, picture=phone_photo((200, 300)))
    dialog = quiz.page.locator("[data-picture-dialog]")
    dialog.get_by_label("Hình này cho thấy gì?").fill("Màn hình")
    dialog.get_by_role("button", name="Thêm vào bài").click()
    expect(quiz.card.locator("[data-pictures] li")).to_have_count(1)
    quiz.save()
    assert quiz.stored()[0].stem == "Chữ chép từ Word\n\n![Màn hình](anh/image.jpg)"
