"""Careless use of the editor loses no word: Back, a page closed at once, a network that comes and goes while the page
loads, an item that somebody deletes meanwhile, a text pasted that is far too long."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from app.authoring.models import DraftFile
from app.extensions import db
from app.shared.clock import now
from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.test_editor_saving import second_tab, write
from tests.browser.writing import BODY, Desk, sit_down

DEVICES = pytest.mark.parametrize("device", ["desktop", "phone"])


def change_file(desk: Desk, **values: Any) -> None:
    """What somebody else does to the item meanwhile."""
    with desk.story.site.stored():
        file = db.session.get_one(DraftFile, desk.file_id)
        for name, value in values.items():
            setattr(file, name, value)


def test_a_title_that_could_not_be_sent_is_kept_without_any_change_of_the_text(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "chi-ten")
    site.stop()
    desk.page.get_by_label("Tên mục").fill("Tên viết khi mất mạng")
    desk.page.close()
    site.start()
    desk.story.faults.clear()
    desk = second_tab(desk)
    expect(desk.page.get_by_label("Tên mục")).to_have_value("Tên viết khi mất mạng")
    desk.is_saved()
    assert desk.stored_item().title == "Tên viết khi mất mạng"


@DEVICES
def test_back_shows_what_is_stored_and_not_what_the_browser_remembers(
    site: Site, new_story: NewStory, device: str
) -> None:
    desk = sit_down(new_story(site, device), f"quay-lai-{device}")
    write(desk, "Chữ cũ.")
    desk.page.get_by_label("Tên mục").fill("Tên cũ")
    desk.is_saved()
    desk.story.open("/workshop")
    stored = desk.stored_item()
    change_file(desk, text=file_text(desk).replace("Chữ cũ.", "Chữ mới.").replace("Tên cũ", "Tên mới"), revision=9)
    assert stored.title == "Tên cũ"
    desk.page.go_back()
    desk.is_ready()
    assert desk.text().strip() == f"{BODY}Chữ mới."
    expect(desk.page.get_by_label("Tên mục")).to_have_value("Tên mới")


def file_text(desk: Desk) -> str:
    with desk.story.site.app.app_context():
        text = db.session.get_one(DraftFile, desk.file_id).text
        db.session.remove()
    assert text is not None
    return text


def test_what_is_typed_before_the_editor_has_loaded_is_saved(site: Site, new_story: NewStory) -> None:
    """A slow network: the text area is there long before the script."""
    desk = sit_down(new_story(site, "desktop"), "tai-cham")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.page.route("**/code_surface.js", hold)
    desk.page.goto(site.address + desk.path)
    desk.page.get_by_label("Nội dung").press("Control+End")
    desk.page.keyboard.insert_text("Gõ sớm.")
    desk.page.wait_for_function("() => document.querySelector('[data-text]').value.includes('Gõ sớm.')")
    for route in held:
        route.continue_()
    desk.is_ready()
    desk.is_saved()
    assert desk.stored() == f"{BODY}Gõ sớm.\n"


def test_where_the_large_part_of_the_editor_does_not_load_the_plain_text_area_serves(
    site: Site, new_story: NewStory
) -> None:
    desk = sit_down(new_story(site, "desktop"), "tai-hong")
    desk.page.route("**/code_surface.js", lambda route: route.abort())
    desk.page.reload()
    desk.is_ready()
    write(desk, "Vẫn viết được.")
    desk.is_saved()
    assert desk.stored() == f"{BODY}Vẫn viết được.\n"
    expect(desk.page.get_by_role("button", name="Xem dạng chữ")).to_be_hidden()
    desk.story.faults.clear()


@DEVICES
def test_an_item_that_was_deleted_meanwhile_says_so_and_goes_on_when_it_is_back(
    site: Site, new_story: NewStory, device: str
) -> None:
    desk = sit_down(new_story(site, device), f"bi-xoa-{device}")
    change_file(desk, deleted_at=now())
    write(desk, "Viết khi bị xóa.")
    expect(desk.state()).to_contain_text("có thể vừa bị xóa", timeout=10_000)
    desk.story.faults.clear()
    desk.story.check_page()
    change_file(desk, deleted_at=None)
    desk.page.evaluate("dispatchEvent(new Event('focus'))")
    desk.is_saved()
    assert desk.stored() == f"{BODY}Viết khi bị xóa.\n"


@DEVICES
def test_a_page_that_is_left_in_the_moment_after_a_letter_has_it_when_it_opens_again(
    site: Site, new_story: NewStory, device: str
) -> None:
    desk = sit_down(new_story(site, device), f"di-ngay-{device}")
    write(desk, "Một.")
    desk.page.goto(f"{site.address}/workshop")
    desk.page.go_back()
    desk.is_ready()
    assert desk.text().strip() == f"{BODY}Một."
    write(desk, " Hai.")
    desk.is_saved()
    assert desk.stored() == f"{BODY}Một. Hai.\n"


@DEVICES
def test_who_asks_to_save_hears_of_it_also_where_nothing_is_new(site: Site, new_story: NewStory, device: str) -> None:
    desk = sit_down(new_story(site, device), f"hoi-luu-{device}")
    aloud = desk.page.locator("[data-state-aloud]")
    write(desk, "Một câu.")
    desk.is_saved()
    expect(aloud).to_be_empty()
    desk.page.get_by_role("button", name="Lưu", exact=True).dblclick()
    expect(desk.state()).to_have_text("Đã lưu hết, không có chữ mới.")
    expect(aloud).to_have_text("Đã lưu hết, không có chữ mới.")
    write(desk, " Hai câu.")
    desk.page.get_by_role("button", name="Lưu", exact=True).click()
    expect(aloud).to_have_text(re.compile(r"^Đã lưu \d\d:\d\d$"))
    assert desk.stored() == f"{BODY}Một câu. Hai câu.\n"


def test_keys_are_told_only_where_the_text_box_knows_them(site: Site, new_story: NewStory) -> None:
    phone = sit_down(new_story(site, "phone"), "goi-y-phone")
    expect(phone.text_box).to_have_accessible_description(re.compile("giữ nguyên các dấu"))
    desktop = sit_down(new_story(site, "desktop"), "goi-y-desktop")
    expect(desktop.text_box).to_have_accessible_description(re.compile("Alt\\+F10"))


def test_a_phone_explains_the_marks_of_the_plain_text_and_a_desktop_has_none(site: Site, new_story: NewStory) -> None:
    phone = sit_down(new_story(site, "phone"), "dau-phone")
    phone.page.get_by_text("Các dấu trong ô này là gì?").click()
    expect(phone.page.locator(".editor-marks")).to_contain_text("ở đầu dòng: tiêu đề")
    phone.story.check_page()
    desktop = sit_down(new_story(site, "desktop"), "dau-desktop")
    expect(desktop.page.locator(".editor-marks")).to_be_hidden()
