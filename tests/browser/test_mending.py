"""Faults mended at one press where one writes: in the text itself, and a lesson that is too long in two."""

from tests.browser.story import Story
from tests.browser.writing import sit_down

PROSE = "\n\n".join(["Bác giữ nút nguồn ba giây rồi chờ."] * 62)
BROKEN = "Mở đầu.\n\n# Ý thứ nhất\n\nXem [trang](http://vneid.gov.vn).\n\n<b>Đậm</b>\n\n<i>Nghiêng</i>\n"


def test_faults_of_the_text_are_mended_in_the_editor(desktop: Story) -> None:
    desk = sit_down(desktop, "sua-ngay", BROKEN)
    for label in ("Dùng ##", "Đổi thành https://vneid.gov.vn", "Bỏ các thẻ HTML"):
        desk.page.get_by_role("button", name=label, exact=True).click()
        desk.page.get_by_role("button", name=label, exact=True).wait_for(state="detached")
    desk.has_text("## Ý thứ nhất\n\nXem [trang](https://vneid.gov.vn).\n\nĐậm\n\nNghiêng\n")
    desktop.check_page()


def test_a_lesson_that_is_too_long_becomes_two_with_what_was_just_written(desktop: Story) -> None:
    desk = sit_down(desktop, "tach-bai", f"Mở đầu.\n\n## Trước\n\n{PROSE}\n\n## Sau đó\n\n{PROSE}\n")
    desk.put_cursor(0)
    desk.page.keyboard.insert_text("Chuyện nhà bà Tư. ")
    button = desk.page.get_by_role("button", name="Tách từ “Sau đó” thành bài riêng", exact=True)
    button.wait_for()
    button.click()
    desk.page.wait_for_function("before => location.pathname !== before", arg=desk.path)
    desktop.arrive()
    assert desk.page.locator("h1").first.inner_text() == "Sau đó"
    desktop.open(f"/workshop/drafts/{desk.draft_id}")
    assert desk.page.locator(".draft-item-text strong").all_inner_texts() == ["Bài một", "Sau đó", "Bài hai"]
    assert desk.stored().startswith("Chuyện nhà bà Tư. Mở đầu.")
    desktop.does_not_see("Tách từ")
