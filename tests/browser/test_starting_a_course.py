"""A trainer begins a course: from a text copied in Word, and from a template on a phone without scripts."""

from app.access.actor import WayIn
from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.story import Story
from tests.browser.writing import make_trainer
from tests.photos import make_photo
from tests.unit.content.interchange.clipboards import word, word_item, word_paragraph, word_picture

FILE = "file:///C:/Users/A/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png"
TABLE = (
    "<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Có việc</b></p></td>"
    "<td><p class=MsoNormal><b>Gọi</b></p></td></tr><tr><td><p class=MsoNormal>Cháy, nổ</p></td>"
    "<td><p class=MsoNormal>114</p></td></tr></table>"
)
COPIED = word(
    word_paragraph("Gọi đúng số", "MsoTitle"),
    "<h1><span lang=VI>Ba số phải nhớ<o:p></o:p></span></h1>",
    word_picture(FILE, "Picture 1"),
    *(word_paragraph("Bác nhớ ba số ấy và gọi ngay khi cần.") for _ in range(50)),
    TABLE,
    "<h1><span lang=VI>Nói gì khi gọi<o:p></o:p></span></h1>",
    word_item("Việc gì"),
    word_item("Ở đâu"),
    *(word_paragraph("Bác nói chậm, rõ, không tắt máy trước.") for _ in range(30)),
)
PASTE = """([html, rtf, plain]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/rtf", rtf);
    data.setData("text/plain", plain);
    const box = document.querySelector("#text");
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def rtf_of(picture: bytes) -> str:
    """As Word writes it: the picture as PNG, and once more for programs that do not know it."""
    png = f"{{\\*\\shppict{{\\pict{{\\*\\picprop}}\\picw9\\pich6\\pngblip\n{picture.hex()}}}}}"
    return f"{{\\rtf1\\ansi {png}{{\\nonshppict{{\\pict\\picw9\\pich6\\wmetafile8 0100090000}}}}\\par}}"


def copied_in_word(story: Story) -> None:
    picture = make_photo("PNG", (900, 600), is_noisy=True)
    story.page.evaluate(PASTE, [COPIED, rtf_of(picture), "Gọi đúng số\nBa số phải nhớ\n" + "Bác nhớ ba số. " * 90])


def test_a_text_copied_in_word_becomes_lessons_with_picture_and_table(site: Site, desktop: Story) -> None:
    desktop.sign_in_as(make_trainer(site), WayIn.STAFF)
    desktop.open("/workshop/new")
    desktop.press("Từ văn bản Word hoặc Google Docs")
    copied_in_word(desktop)
    desktop.sees("3 tiêu đề, 1 bảng, 1 hình")
    desktop.check_page()
    desktop.press("Xem thành mấy bài")
    desktop.sees("đề nghị chia thành 2 bài")
    desktop.page.locator("summary").first.click()
    picture = desktop.page.locator(".proposal img").first
    picture.scroll_into_view_if_needed()
    desktop.page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    assert desktop.page.locator(".proposal td").all_inner_texts() == ["Cháy, nổ", "114"]
    assert desktop.page.get_by_label("Bài 2").input_value() == "Nói gì khi gọi"
    desktop.fill("Bà con muốn làm được việc gì?", "Gọi được 114 khi có cháy")
    desktop.press("Tạo khóa học")
    assert desktop.heading() == "Gọi đúng số"
    desktop.sees("Ba số phải nhớ")
    desktop.sees("1 lỗi phải sửa trước khi xuất bản")
    desktop.sees("thiếu lời tả")


def test_what_was_pasted_can_be_dropped_and_pasted_again(site: Site, desktop: Story) -> None:
    desktop.sign_in_as(make_trainer(site), WayIn.STAFF)
    desktop.open("/workshop/new/text")
    copied_in_word(desktop)
    desktop.sees("Đã nhận")
    desktop.press("Bỏ, dán lại")
    desktop.does_not_see("Đã nhận")
    desktop.page.locator("#text").fill("## Một bài\nChữ gõ tay.")
    desktop.press("Xem thành mấy bài")
    desktop.sees("vừa một bài")
    assert desktop.page.get_by_label("Bài 1").input_value() == "Một bài"


def test_a_template_becomes_a_course_on_a_phone_without_scripts(site: Site, new_story: NewStory) -> None:
    phone = new_story(site, "phone", has_script=False)
    phone.sign_in_as(make_trainer(site), WayIn.STAFF)
    phone.open("/workshop")
    phone.press("Khóa học mới")
    phone.press("Từ mẫu có sẵn")
    phone.press("Tạo khóa học")
    phone.sees("Ghi tên khóa học.")
    phone.choose("Cho thành viên tổ công nghệ số")
    phone.fill("Tên khóa học", "Giúp bà con cài VNeID")
    phone.fill("Bà con muốn làm được việc gì?", "Giúp một người tự làm được")
    phone.press("Tạo khóa học")
    assert phone.heading() == "Giúp bà con cài VNeID"
    phone.sees("Không có lỗi nào")
    phone.sees("Bốn bước giúp một người")
