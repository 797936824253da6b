"""A quiz built by form in the browser, with pointer and with keys, alone and beside a colleague."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Response, expect

from app.access.actor import Role, WayIn
from tests.browser.quiz_desk import TWO, Builder, new_quiz
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_staff, sign_in
from tests.photos import phone_photo

NewStory = Callable[..., Story]


def test_six_questions_of_four_kinds_are_made_by_form_alone(desktop: Story) -> None:
    quiz = new_quiz(desktop)
    quiz.open()
    for number in (1, 2):
        quiz.add("Chọn một")
        quiz.title(f"Mật khẩu nào khó đoán? {number}")
        quiz.field("Phương án 1").fill("ca-phe-sua-4-ly")
        quiz.field("Phương án 2").fill("123456")
        for row, why in ((1, "Đúng: dài."), (2, "Ai cũng thử.")):
            quiz.row(row).get_by_label("Nói gì với người chọn câu này?").fill(why)
    for number in (3, 4):
        quiz.add("Đúng hay sai")
        quiz.title(f"Công an hỏi mã OTP. {number}")
        quiz.row(2).get_by_label("Sai", exact=True).check()
    quiz.add("Gõ chữ")
    quiz.title("Số điện thoại Công an?")
    quiz.field("Câu trả lời 1").fill("113")
    quiz.add("Ghép cặp")
    quiz.title("Ghép việc với số")
    for row, (left, right) in enumerate((("Công an", "113"), ("Cứu hỏa", "114")), start=1):
        quiz.field(f"Cặp {row}").fill(left)
        quiz.row(row).get_by_label("hợp với").fill(right)
    expect(desktop.page.locator("[data-preview-state]")).to_have_text(re.compile("^Đang xem câu 6"))
    quiz.card.get_by_role("button", name="Xong câu này").click()
    quiz.save()
    desktop.check_page()
    assert quiz.serious() == []
    assert [question.type for question in quiz.stored()] == ["single"] * 2 + ["true_false"] * 2 + ["text", "matching"]
    assert len({question.key for question in quiz.stored()}) == 6
    quiz.open()
    assert quiz.titles()[5] == "Ghép việc với số"
    expect(desktop.page.locator(".flag:visible")).to_have_text(["2 lời nhắc", "2 lời nhắc"])


def test_every_kind_of_form_is_open_to_everybody(desktop: Story) -> None:
    quiz = new_quiz(desktop)
    quiz.open()
    desktop.page.get_by_role("button", name="Thêm câu hỏi", exact=True).click()
    desktop.check_page()
    desktop.page.keyboard.press("Escape")
    for kind in ("Chọn nhiều", "Gõ số", "Xếp thứ tự", "Điền chỗ trống", "Chạm vào hình", "Tự viết"):
        quiz.add(kind)
        quiz.card.locator("[data-more] > summary").click()
        desktop.check_page()
    quiz.page.locator("[data-add-pool]").click()
    desktop.check_page()
    quiz.save()
    assert [question.type for question in quiz.stored()][-2:] == ["hotspot", "free"]


def test_the_same_on_a_phone(phone: Story) -> None:
    quiz = new_quiz(phone, TWO)
    quiz.open()
    phone.page.locator(".quiz-open").first.click()
    phone.check_page()
    phone.page.locator("[data-show=look]").click()
    expect(phone.page.locator("[data-preview]")).to_contain_text("Ai được hỏi mã OTP?")
    phone.check_page()


def test_questions_and_options_are_put_in_order_by_keys(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    page = desktop.page
    page.get_by_role("button", name="Chuyển câu 1 xuống").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-aloud]")).to_have_text("Đã chuyển tới vị trí 2 trong 3")
    expect(page.get_by_role("button", name="Chuyển câu 2 xuống")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Chuyển câu 3 lên")).to_be_focused()
    assert [title.split()[0] for title in quiz.titles()] == ["Gọi", "Kể", "Ai"]
    page.locator(".quiz-open").last.press("Enter")
    quiz.card.get_by_role("button", name="Chuyển phương án 1 xuống").press("Enter")
    expect(quiz.field("Phương án 2")).to_have_value("Công an")
    quiz.save()
    assert [question.key for question in quiz.stored()] == ["q-so", "q-ke", "q-ma"]
    assert quiz.stored()[2].options[0].words == "Không ai cả"


def test_questions_are_put_in_order_by_dragging(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    page = desktop.page
    handle = page.locator(".quiz-card-head [data-drag]").first.bounding_box()
    last = page.locator(".quiz-card").last.bounding_box()
    assert handle and last
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, last["y"] + last["height"] - 2, steps=8)
    page.mouse.up()
    quiz.save()
    assert [question.key for question in quiz.stored()] == ["q-so", "q-ke", "q-ma"]


def test_regions_are_marked_by_pointer_and_by_keys(desktop: Story, tmp_path: Path) -> None:
    picture = tmp_path / "man-hinh.jpg"
    picture.write_bytes(phone_photo((360, 640)))
    quiz = new_quiz(desktop)
    quiz.open()
    quiz.add("Chạm vào hình")
    quiz.title("Chạm vào nút Gửi")
    page = desktop.page
    with page.expect_file_chooser() as chooser:
        quiz.card.get_by_role("button", name="Chọn hình").click()
    chooser.value.set_files(picture)
    dialog = page.locator("[data-picture-dialog]")
    dialog.get_by_label("Hình này cho thấy gì?").fill("Màn hình nhắn tin")
    dialog.get_by_role("button", name="Thêm vào bài").click()
    stage = quiz.card.locator("[data-regions]")
    expect(stage).to_be_visible()
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.3, steps=5)
    page.mouse.up()
    expect(quiz.field("Vùng 1")).to_be_focused()
    page.keyboard.type("Nút Gửi")
    quiz.card.get_by_role("button", name="Thêm vùng").press("Enter")
    expect(quiz.field("Vùng 2")).to_be_focused()
    page.keyboard.type("Nút Hủy")
    for label, value in (("Cách trái", "55"), ("Cách trên", "70"), ("Rộng", "30,5"), ("Cao", "10")):
        quiz.row(2).get_by_label(label).fill(value.replace(",", "."))
    desktop.check_page()
    quiz.save()
    question = quiz.stored()[0]
    assert [option.words for option in question.options] == ["Nút Gửi", "Nút Hủy"]
    first, second = (option.region for option in question.options)
    assert first and second
    assert (round(first.left), round(first.top), round(first.width), round(first.height)) == (10, 10, 40, 20)
    assert (second.left, second.top, second.width, second.height) == (55, 70, 30.5, 10)
    assert question.stem == "![Màn hình nhắn tin](anh/man-hinh.jpg)"
    assert quiz.serious() == []


def test_what_was_deleted_comes_back_and_what_is_undone_is_saved(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    page = desktop.page
    page.locator(".quiz-open").nth(1).click()
    quiz.card.locator("[data-delete]").click()
    desktop.sees("Đã xóa câu 2.")
    quiz.save()
    assert len(quiz.stored()) == 2
    page.locator("[data-notice-act]").click()
    quiz.save()
    assert [question.key for question in quiz.stored()] == ["q-ma", "q-so", "q-ke"]
    page.locator(".quiz-open").first.click()
    quiz.title("Hỏi khác")
    quiz.save()
    page.locator("[data-undo]").click()
    quiz.save()
    assert quiz.stored()[0].title == "Ai được hỏi mã OTP?"


def test_gaps_are_put_into_the_text_by_a_button(desktop: Story) -> None:
    quiz = new_quiz(desktop)
    quiz.open()
    quiz.add("Điền chỗ trống")
    quiz.title("Điền vào chỗ trống")
    stem = quiz.card.locator("[data-stem-text]")
    stem.fill("Gọi ngay")
    quiz.card.get_by_role("button", name="Thêm chỗ trống").click()
    desktop.page.keyboard.type("rồi báo")
    quiz.card.get_by_role("button", name="Thêm chỗ trống").click()
    gaps = quiz.card.locator(".quiz-gap")
    gaps.nth(0).get_by_label("Câu trả lời 1", exact=True).fill("113")
    gaps.nth(1).get_by_label("Người học").select_option("choice")
    gaps.nth(1).get_by_label("Phương án 1", exact=True).fill("trưởng thôn")
    gaps.nth(1).get_by_label("Phương án 2", exact=True).fill("người lạ")
    quiz.save()
    assert quiz.stored()[0].stem == "Gọi ngay (1) ____ rồi báo (2) ____"
    assert quiz.serious() == []


def test_two_trainers_in_one_quiz_choose_and_lose_nothing(site: Site, new_story: NewStory) -> None:
    mine = new_quiz(new_story(site, "desktop"), TWO)
    theirs = Builder(site, new_story(site, "desktop"), mine.draft_id, mine.file_id)
    with site.stored():
        lan = make_staff(Role.TRAINER, None, name="Lê Thị Lan")
        sign_in(theirs.story, lan, WayIn.STAFF)  # type: ignore[arg-type]
    mine.open()
    theirs.open()
    theirs.page.locator(".quiz-open").nth(0).click()
    theirs.title("Câu một của Lan")
    theirs.add("Tự viết")
    theirs.title("Câu Lan thêm")
    theirs.save()
    mine.page.locator(".quiz-open").nth(0).click()
    mine.title("Câu một của tôi")
    mine.card.get_by_role("button", name="Xong câu này").click()
    mine.page.locator(".quiz-open").nth(1).click()
    mine.title("Câu hai của tôi")
    mine.page.locator("[data-save]").click()
    dialog = mine.page.locator("[data-merge-dialog]")
    expect(dialog).to_contain_text("Lê Thị Lan đã lưu bản khác")
    assert "409" in mine.story.faults[0]
    mine.story.faults.clear()
    mine.story.check_page()
    dialog.locator("fieldset", has_text="Câu một của tôi").get_by_label("Lấy bản của Lê Thị Lan").check()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    mine.save()
    titles = [question.title for question in mine.stored()]
    assert titles == ["Câu một của Lan", "Câu Lan thêm", "Câu hai của tôi", "Kể lại"]


def test_what_is_written_without_network_is_kept_over_a_reload(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    quiz.site.stop()
    quiz.open_question(1)
    quiz.title("Viết khi mất mạng")
    quiz.close_unsent()
    quiz.site.start()
    assert quiz.stored()[0].title == "Ai được hỏi mã OTP?"
    later = quiz.second_tab()
    expect(later.page.locator("[data-notice-text]")).to_contain_text("Đã lấy lại phần sửa")
    assert later.titles()[0] == "Viết khi mất mạng"
    later.save()
    assert quiz.stored()[0].title == "Viết khi mất mạng"


def test_without_scripts_the_quiz_is_a_text_that_can_be_saved(phone_without_js: Story) -> None:
    quiz = new_quiz(phone_without_js, TWO)
    phone_without_js.open(quiz.path)
    phone_without_js.fill("Nội dung", "## Hỏi?\n<!-- key: q-hoi -->\n- [x] a\n- [ ] b\n")
    phone_without_js.press("Lưu")
    assert [question.key for question in quiz.stored()] == ["q-hoi"]


def test_markdown_of_a_question_can_be_seen_and_changed(desktop: Story) -> None:
    quiz = new_quiz(desktop, TWO)
    quiz.open()
    page = desktop.page
    page.locator(".quiz-open").nth(1).click()
    quiz.card.get_by_role("button", name="Xem dạng chữ").click()
    area = page.locator("[data-source-dialog] textarea")
    expect(area).to_have_value(re.compile("^## Gọi số nào"))
    area.fill("## Gọi số nào?\n<!-- key: q-so -->\n- = 113\n- = 114\n")
    page.get_by_role("button", name="Dùng chữ này").click()
    expect(quiz.field("Câu trả lời 2")).to_have_value("114")
    quiz.save()
    assert [option.words for option in quiz.stored()[1].options] == ["113", "114"]


def hostile_lines() -> list[str]:
    words = Path(__file__).parents[1] / "hostile" / "words"
    strings = json.loads((words / "blns.json").read_text(encoding="utf-8"))
    strings += (words / "XSS_Polyglots.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    strings += (words / "IntrudersXSS.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in strings if line.strip()]


def asked_with(answer: Response, name: str) -> bool:
    """Whether the question was sent for a preview with this field filled in."""
    return bool(answer.request.post_data_json["question"][name])


def looked_at(number: int) -> re.Pattern[str]:
    """What is said above the preview of a question; with such words some cannot be shown yet."""
    return re.compile(f"^(Đang xem câu {number},|Câu này chưa đủ)")


def test_hostile_words_in_every_field_leave_the_form_usable_and_the_preview_clean(desktop: Story) -> None:
    quiz = new_quiz(desktop)
    page = desktop.page
    page.on("dialog", lambda dialog: desktop.faults.append(f"dialog: {dialog.message}"))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', event => console.error('policy: ' + event.violatedDirective))"
    )
    quiz.open()
    lines = hostile_lines()
    for number, kind in enumerate(("Chọn một", "Gõ chữ", "Ghép cặp", "Xếp thứ tự", "Điền chỗ trống", "Tự viết")):
        quiz.add(kind)
        quiz.card.locator("[data-more] > summary").click()
        quiz.card.get_by_role("button", name="Thêm gợi ý").click()
        fields = quiz.card.locator("textarea:visible")
        for place in range(fields.count()):
            said = lines[number * 40 + place :: 97]
            fields.nth(place).fill(" ".join(said)[:90] if place else f"Câu {number} " + " ".join(said)[:300])
        explanation = "\n".join(lines[number::31])[:6000]
        with page.expect_response(lambda answer: answer.url.endswith("/preview") and asked_with(answer, "explanation")):
            quiz.card.locator("[data-place=explanation] textarea").fill(explanation)
        expect(page.locator("[data-preview-state]")).to_have_text(looked_at(number + 1))
        desktop.check_page()
    quiz.save()
    shown = [question.title for question in quiz.stored()]
    quiz.open()
    desktop.check_page()
    assert [title.split()[1] for title in quiz.titles()] == [str(number) for number in range(6)]
    assert len(shown) == 6
    for number in range(6):
        with page.expect_response("**/questions/preview"):
            page.locator(".quiz-open").nth(number).click()
        expect(page.locator("[data-preview-state]")).to_have_text(looked_at(number + 1))
    desktop.check_page()
