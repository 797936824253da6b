"""The buttons of the editor: what each writes, pictures with their words, pasted text, faults beside the line, keys."""

import base64
import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.writing import Desk, sit_down

DEVICES = pytest.mark.parametrize("device", ["desktop", "phone"])
PASTE = """([html, plain, rtf]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    if (rtf) data.setData("text/rtf", rtf);
    data.setData("text/plain", plain);
    const box = document.querySelector(".cm-content") ?? document.querySelector("textarea[data-text]");
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def photo(width: int = 400, height: int = 200) -> bytes:
    """White with a black square in its left half."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste((0, 0, 0), (40, 60, 140, 140))
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def choose_picture(desk: Desk, content: bytes, name: str = "ảnh chụp.png") -> None:
    with desk.page.expect_file_chooser() as chosen:
        desk.press("Hình")
    chosen.value.set_files([{"name": name, "mimeType": "image/png", "buffer": content}])
    expect(desk.page.get_by_role("dialog")).to_be_visible()


@DEVICES
def test_each_button_writes_what_the_format_says(site: Site, new_story: NewStory, device: str) -> None:
    desk = sit_down(new_story(site, device), f"thanh-nut-{device}", "Câu một.\n\nCâu hai.\n\nCâu ba.\n")
    desk.choose("một")
    desk.press("Đậm")
    assert desk.text().startswith("Câu **một**.")
    desk.press("Đậm")
    assert desk.text().startswith("Câu một.")
    desk.press("Nghiêng")
    assert desk.text().startswith("Câu *một*.")
    desk.choose("Câu hai.")
    desk.press("Tiêu đề")
    assert "\n## Câu hai.\n" in desk.text()
    desk.press("Tiêu đề")
    desk.press("Gạch đầu dòng")
    assert "\n- Câu hai.\n" in desk.text()
    desk.press("Đánh số")
    assert "\n1. Câu hai.\n" in desk.text()
    desk.choose("Câu ba.")
    desk.press("Khung nhớ")
    assert desk.text() == "Câu *một*.\n\n1. Câu hai.\n\n> **Nhớ:** Câu ba.\n"


@DEVICES
def test_a_new_box_comes_with_a_hint_that_is_typed_over(site: Site, new_story: NewStory, device: str) -> None:
    desk = sit_down(new_story(site, device), f"khung-moi-{device}", "Mở đầu.\n")
    desk.put_cursor(2)
    desk.press("Cẩn thận")
    assert desk.text() == "Mở đầu.\n\n> **Cẩn thận:** Điều dễ bị lừa hoặc làm hỏng.\n"
    desk.page.keyboard.insert_text("Người lạ.")
    assert desk.text() == "Mở đầu.\n\n> **Cẩn thận:** Người lạ.\n"
    for tool, mark in (
        ("Các bước", "> **Các bước:**\n> 1. "),
        ("Phần gập", "> **Xem thêm:** "),
        ("Mẹo", "> **Mẹo:** "),
    ):
        desk.put_cursor()
        desk.press(tool)
        assert f"\n\n{mark}" in desk.text()
    desk.put_cursor()
    desk.press("Hai loại máy")
    assert "> **Android:** mở Cài đặt" in desk.text()
    assert "> **iPhone:** mở Cài đặt" in desk.text()
    desk.save()
    expect(desk.page.locator("[data-preview] article")).to_contain_text("iPhone")
    assert desk.page.locator(".fault:not(.is-warning)").count() == 0, "faults are shown together with the preview"


@DEVICES
def test_a_link_a_word_and_a_question_are_asked_for(site: Site, new_story: NewStory, device: str) -> None:
    desk = sit_down(new_story(site, device), f"hoi-them-{device}", "Xem bài sau để biết mã OTP.\n")
    dialog = desk.page.get_by_role("dialog")
    desk.choose("bài sau")
    desk.press("Liên kết")
    dialog.get_by_label("Tới mục khác của khóa này").select_option(label="Bài hai")
    desk.story.check_page()
    dialog.get_by_role("button", name="Thêm vào bài").click()
    desk.has_text("[bài sau](02-bai-hai.md)")
    desk.choose("mã OTP")
    desk.press("Giải nghĩa")
    expect(dialog.get_by_label("Từ trong bài")).to_have_value("mã OTP")
    dialog.get_by_label("Nghĩa là gì?").fill("mã dùng một lần")
    desk.story.check_page()
    dialog.get_by_role("button", name="Thêm vào bài").click()
    desk.has_text("[mã OTP](#ma-otp)")
    desk.put_cursor()
    desk.press("Câu hỏi")
    dialog.get_by_label("Câu hỏi", exact=True).fill("Ai được hỏi mã?")
    options, reasons = dialog.get_by_label("Chữ của lựa chọn"), dialog.get_by_label("Vì sao đúng hoặc sai?")
    for index, (words, why) in enumerate((("Không ai cả", "Đúng, mã chỉ của bác."), ("Công an", "Không ai hỏi mã."))):
        options.nth(index).fill(words)
        reasons.nth(index).fill(why)
    desk.story.check_page()
    dialog.get_by_role("button", name="Thêm vào bài").click()
    desk.has_text("## ?")
    desk.save()
    assert desk.stored() == (
        "Xem [bài sau](02-bai-hai.md) để biết [mã OTP](#ma-otp).\n\n## ? Ai được hỏi mã?\n\n"
        "- [x] Không ai cả\n  > Đúng, mã chỉ của bác.\n- [ ] Công an\n  > Không ai hỏi mã.\n"
    )
    assert desk.stored_item().terms == {"ma-otp": "mã dùng một lần"}
    expect(desk.page.locator("[data-faults-summary]")).to_have_text("Không có chỗ nào phải sửa.")


def test_an_address_that_leads_nowhere_is_asked_for_again(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "dia-chi")
    dialog = desk.page.get_by_role("dialog")
    desk.put_cursor(0)
    desk.press("Liên kết")
    dialog.get_by_label("Chữ để bấm vào").fill("gọi")
    dialog.get_by_role("button", name="Thêm vào bài").click()
    expect(dialog).to_contain_text("Gõ địa chỉ trang")
    expect(dialog.get_by_label("Địa chỉ trang")).to_be_focused()
    dialog.get_by_label("Địa chỉ trang").fill("0912 345 678")
    dialog.get_by_role("button", name="Thêm vào bài").click()
    desk.has_text("[gọi](tel:0912345678)")


@DEVICES
def test_a_picture_is_blurred_cropped_and_said_in_words(site: Site, new_story: NewStory, device: str) -> None:
    """By numbers alone, as without a pointer. What the server has shows neither the square nor the cut side."""
    desk = sit_down(new_story(site, device), f"hinh-{device}", "Mở đầu.\n")
    desk.put_cursor()
    choose_picture(desk, photo(1600, 800))
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Thêm vùng mờ").click()
    for label, value in (("Cách trái", "0"), ("Cách trên", "0"), ("Rộng", "300"), ("Cao", "300")):
        dialog.get_by_label(label).fill(value)
    dialog.get_by_text("Cắt bằng số").click()
    dialog.get_by_label("Phải", exact=True).fill("640")
    dialog.get_by_role("button", name="Thêm vào bài").click()
    expect(dialog).to_contain_text("Điền ô này rồi bấm lại.")
    desk.story.check_page()
    desk.story.screenshot(f"editor-picture-{device}")
    dialog.get_by_label("Hình này cho thấy gì?").fill("Một ô vuông trên nền trắng")
    with desk.page.expect_response("**/media") as answer:
        dialog.get_by_role("button", name="Thêm vào bài").click()
    added = answer.value.json()
    desk.has_text("![")
    assert desk.text() == f"Mở đầu.\n\n![Một ô vuông trên nền trắng]({added['path']})\n"
    assert added["path"] == "anh/anh-chup.png"
    kept = Image.open(io.BytesIO(desk.page.request.get(site.address + added["address"]).body())).convert("L")
    assert kept.width == 640 * kept.height // 640
    darkest, lightest = kept.getextrema()
    assert isinstance(darkest, int)
    assert darkest > 60, "the square can still be told"
    assert lightest == 255
    desk.save()
    expect(desk.page.locator("[data-preview] img")).to_have_attribute("alt", "Một ô vuông trên nền trắng")
    if device == "desktop":
        expect(desk.page.locator(".rich-figure img")).to_have_js_property("complete", True)


def test_what_is_drawn_with_a_pointer_is_cut_or_made_unreadable(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "hinh-keo")
    desk.put_cursor()
    choose_picture(desk, photo())
    dialog = desk.page.get_by_role("dialog")
    box = dialog.locator("canvas").bounding_box()
    assert box is not None

    def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
        desk.page.mouse.move(box["x"] + start[0] * box["width"], box["y"] + start[1] * box["height"])
        desk.page.mouse.down()
        desk.page.mouse.move(box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=4)
        desk.page.mouse.up()

    drag((0.1, 0.3), (0.35, 0.7))
    assert dialog.get_by_label("Rộng").input_value() == "100"
    dialog.get_by_label("Cắt, chỉ giữ phần đó").check()
    drag((0.5, 0.0), (1.0, 1.0))
    dialog.get_by_text("Cắt bằng số").click()
    assert dialog.get_by_label("Trái", exact=True).input_value() == "200"
    dialog.get_by_role("button", name="Thôi").click()
    assert "![" not in desk.text()


def test_a_file_that_is_no_picture_is_refused_in_words(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "khong-phai-hinh")
    with desk.page.expect_file_chooser() as chosen:
        desk.press("Hình")
    chosen.value.set_files([{"name": "a.png", "mimeType": "image/png", "buffer": b"chu thuong"}])
    expect(desk.page.locator("[data-notice-text]")).to_contain_text("không mở được như một hình")


def test_of_several_pictures_each_that_is_refused_is_told_and_the_others_go_in(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "nhieu-hinh", "Mở đầu.\n")
    desk.put_cursor()
    files = [("a.png", b"chu thuong"), ("b.png", photo()), ("c.png", photo()), ("d.png", b"chu khac")]
    chooser = desk.page.locator("[data-picture-file]")
    chooser.set_input_files([{"name": name, "mimeType": "image/png", "buffer": content} for name, content in files])
    dialog = desk.page.get_by_role("dialog")
    told = desk.page.locator("[data-notice-text]")
    desk.page.context.set_offline(True)
    for words in ("Hình hai", "Hình ba"):
        dialog.get_by_label("Hình này cho thấy gì?").fill(words)
        dialog.get_by_role("button", name="Thêm vào bài").click()
        expect(told).to_contain_text("b.png: Chưa gửi được tệp")
        desk.page.context.set_offline(False)
    expect(dialog).to_be_hidden()
    expect(told).to_have_text(re.compile("^a.png: Tệp này.*b.png: Chưa gửi được.*d.png: Tệp này", re.S))
    desk.has_text("![Hình ba](anh/c.png)")
    desk.story.faults.clear()
    desk.page.get_by_role("button", name="Thử lại").click()
    desk.has_text("![Hình hai](anh/b.png)")
    expect(desk.page.locator("[data-notice]")).to_be_hidden()


def test_a_picture_that_could_not_be_sent_can_be_tried_again(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "hinh-thu-lai", "Mở đầu.\n")
    desk.put_cursor()
    choose_picture(desk, photo())
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Hình này cho thấy gì?").fill("Ô vuông")
    desk.page.context.set_offline(True)
    dialog.get_by_role("button", name="Thêm vào bài").click()
    expect(desk.page.locator("[data-notice-text]")).to_contain_text("Chưa gửi được tệp")
    desk.page.context.set_offline(False)
    desk.story.faults.clear()
    desk.page.get_by_role("button", name="Thử lại").click()
    expect(desk.page.locator("[data-notice]")).to_be_hidden()
    desk.has_text("![Ô vuông](anh/anh-chup.png)")


@DEVICES
def test_formatted_text_is_pasted_as_markdown_with_its_pictures(site: Site, new_story: NewStory, device: str) -> None:
    """As Word has it: the picture named by a file that no page may read, its bytes in the RTF."""
    desk = sit_down(new_story(site, device), f"dan-word-{device}", "Mở đầu.\n")
    asked: list[str] = []

    def convert(route: Route) -> None:
        asked.append(route.request.post_data_buffer.decode() if route.request.post_data_buffer else "")
        answer = route.fetch().json()
        route.fulfill(body=json.dumps({**answer, "notes": ["Đã bỏ một bảng."]}), content_type="application/json")

    desk.page.route("**/workshop/convert", convert)
    desk.put_cursor()
    html = '<h2>Từ Word</h2><ul><li>một</li></ul><img width=10 src="file:///C:/Temp/image001.png" alt="">'
    rtf = r"{\rtf1 {\*\shppict{\pict{\*\picprop x}\picw10\pngblip " + photo().hex() + "}}}"
    desk.page.evaluate(PASTE, [html, "Từ Word", rtf])
    expect(desk.page.locator("[data-notice-text]")).to_contain_text("Đã bỏ một bảng.")
    assert 'src="anh/hinh-1.png"' in asked[0]
    assert desk.text() == "Mở đầu.\n\n## Từ Word\n\n- một\n\n![](anh/hinh-1.png)\n"
    desk.save()
    expect(desk.page.locator(".fault")).to_contain_text("thiếu lời tả")
    desk.page.get_by_role("button", name="Thêm lời tả").click()
    desk.page.get_by_role("dialog").get_by_label("Hình này cho thấy gì?").fill("Ô vuông")
    desk.page.get_by_role("dialog").get_by_role("button", name="Thêm vào bài").click()
    desk.has_text("![Ô vuông](anh/hinh-1.png)")
    expect(desk.page.locator("[data-preview] img")).to_have_attribute("alt", "Ô vuông")


def test_a_picture_inside_pasted_text_goes_into_the_draft(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "dan-hinh", "Mở đầu.\n")
    desk.put_cursor()
    source = base64.b64encode(photo()).decode()
    html = f'<p><b>Đậm</b></p><p><img alt="Ô vuông" src="data:image/png;base64,{source}"></p>'
    desk.page.evaluate(PASTE, [html, "Đậm", ""])
    expect(desk.page.locator("[data-notice-text]")).to_contain_text("Đã dán")
    desk.has_text("**Đậm**")
    desk.has_text("![Ô vuông](anh/")
    expect(desk.page.locator("[data-preview] img")).to_have_attribute("alt", "Ô vuông")
    assert desk.page.locator(".fault").count() == 0


def test_plain_text_is_pasted_as_it_is(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "dan-tron", "")
    desk.put_cursor()
    desk.page.evaluate(PASTE, ["<span style='color:red'>Chữ thường</span>", "Chữ thường", ""])
    assert desk.text() == "Chữ thường"


def test_when_pasted_text_cannot_be_turned_into_markdown_its_words_go_in(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "dan-hong", "")
    desk.page.route("**/workshop/convert", lambda route: route.abort())
    desk.put_cursor()
    desk.page.evaluate(PASTE, ["<b>Chữ đậm</b>", "Chữ đậm", ""])
    expect(desk.page.locator("[data-notice-text]")).to_contain_text("chỉ dán chữ trơn")
    assert desk.text().strip() == "Chữ đậm"
    desk.story.faults.clear()


@DEVICES
def test_faults_stand_beside_the_text_and_are_mended_at_one_press(site: Site, new_story: NewStory, device: str) -> None:
    desk = sit_down(new_story(site, device), f"loi-{device}", "Mở đầu.\n\n# Tiêu đề lớn\n\nMột câu.\n")
    expect(desk.page.locator("[data-faults-summary]")).to_have_text("1 chỗ phải sửa")
    desk.page.get_by_role("button", name="Tới dòng 3").click()
    if device == "desktop":
        assert desk.page.locator(".cm-lint-marker-error").count() == 1
    desk.story.check_page()
    desk.page.locator(".fault").get_by_role("button", name="Dùng ##").click()
    expect(desk.page.locator("[data-faults-summary]")).to_have_text("Không có chỗ nào phải sửa.")
    assert desk.text() == "Mở đầu.\n\n## Tiêu đề lớn\n\nMột câu.\n"


def test_a_lesson_that_is_too_long_becomes_two_at_one_press(site: Site, new_story: NewStory) -> None:
    words = "Bác giữ nút nguồn ba giây rồi chờ máy lên.\n\n" * 55
    desk = sit_down(new_story(site, "desktop"), "tach-bai", f"{words}## Phần sau\n\n{words}")
    desk.page.get_by_role("button", name="Tách từ “Phần sau” thành bài riêng").click()
    desk.page.wait_for_url(lambda url: not url.endswith(desk.path))
    desk.is_ready()
    assert desk.page.get_by_label("Tên mục").input_value() == "Phần sau"
    assert desk.text() == words.rstrip("\n") + "\n"
    assert desk.stored() == words.rstrip("\n") + "\n"
    assert desk.stored_item().title == "Bài một"


def test_everything_is_reached_by_keys(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "phim", "Câu một.\n")
    keys = desk.page.keyboard
    desk.put_cursor(4, 7)
    keys.press("Control+b")
    assert desk.text() == "Câu **một**.\n"
    keys.press("Alt+F10")
    focused = "document.activeElement.innerText.trim()"
    assert desk.page.evaluate(focused) == "Đậm"
    keys.press("ArrowRight")
    assert desk.page.evaluate(focused) == "Nghiêng"
    keys.press("End")
    assert desk.page.evaluate(focused) == "Câu hỏi"
    keys.press("Escape")
    assert desk.page.evaluate("document.activeElement.className").startswith("cm-content")
    keys.press("Control+Shift+8")
    assert desk.text() == "- Câu **một**.\n"
    keys.press("Control+f")
    assert desk.page.get_by_role("textbox", name="Tìm chữ").is_visible()
    desk.story.check_page()
    keys.press("Escape")
    keys.press("Escape")
    keys.press("Tab")
    assert not desk.page.evaluate("document.activeElement.className").startswith("cm-content")
    desk.put_cursor(2)
    keys.press("Control+s")
    desk.is_saved()


@pytest.mark.parametrize("kind", ["practice", "drill"])
def test_practices_and_drills_have_buttons_of_their_own(site: Site, new_story: NewStory, kind: str) -> None:
    bodies = {"practice": "Làm trên máy mình.\n", "drill": "Có tin nhắn.\n\n## Kết\nXong.\n"}
    desk = sit_down(new_story(site, "desktop"), f"loai-{kind}", bodies[kind], kind)
    desk.put_cursor()
    if kind == "practice":
        for words in ("mở ứng dụng", "quét mã", "đọc tên"):
            desk.put_cursor()
            desk.page.keyboard.insert_text(f"\n{words}")
            desk.press("Việc phải làm")
        assert desk.text().endswith("- [ ] đọc tên")
    else:
        desk.put_cursor(desk.text().index("\n\n## Kết"))
        desk.press("Đoạn mới")
        assert "## Tên đoạn\n\n> Lời của họ" in desk.text()
        assert desk.page.get_by_label("Người nhắn").input_value() == "Số lạ"
    desk.story.check_page()
