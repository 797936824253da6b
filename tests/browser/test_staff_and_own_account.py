"""What staff do for people, and what people do about their own data, on a phone and at an office PC."""

import pytest

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people.actions import set_residence
from app.people.models import Person
from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_person, make_staff, place_id_of

BIM_SON = "14812"


def on(*devices: tuple[str, bool]) -> pytest.MarkDecorator:
    """Run the story on each of these (device, has_script)."""
    ids = [device if has_script else f"{device}_without_js" for device, has_script in devices]
    return pytest.mark.parametrize(("device", "has_script"), devices, ids=ids)


def sign_in_staff(story: Story, role: Role, place: str | None) -> None:
    with story.site.stored():
        person = make_staff(role, place)
        db.session.expunge(person)
    story.sign_in_as(person, WayIn.STAFF)


def sign_in_resident(story: Story) -> Person:
    with story.site.stored():
        person = make_person(phone="+84912345678")
        set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON))
        db.session.expunge(person)
    story.sign_in_as(person, WayIn.CARD)
    return person


@on(("desktop", True), ("phone", False))
def test_an_officer_founds_a_team_and_its_first_member_comes_in_with_the_printed_card(
    site: Site, new_story: NewStory, device: str, has_script: bool
) -> None:
    officer = new_story(site, device, has_script=has_script)
    sign_in_staff(officer, Role.OFFICER, BIM_SON)
    officer.open("/staff")
    officer.press("Tổ công nghệ số")
    officer.fill("Tên tổ", f"Tổ {device} {has_script}")
    officer.press("Lập tổ")
    officer.press("Thêm thành viên")
    officer.fill("Họ và tên", "Đỗ Văn Thành")
    officer.press("Thêm và in thẻ")
    officer.sees("Thẻ học của Đỗ Văn Thành")
    officer.screenshot(f"card-{device}", whole=True)
    first_code = officer.page.locator(".printed-code").nth(1).inner_text()
    officer.press("Xong, về trang của tổ")
    officer.sees("Chưa vào lần nào")

    member = new_story(site, "phone", has_script=has_script)
    member.open("/first-pin")
    member.fill("Mã dùng một lần, 10 chữ và số", first_code)
    member.fill("Chọn mã PIN 6 số", "493817")
    member.fill("Gõ lại mã PIN", "493817")
    member.page.locator("input[name=consent]").check()
    member.press("Đặt mã PIN và vào học")
    member.sees("Chào Đỗ Văn Thành")
    member.open("/me/account")
    member.sees("Phường Bỉm Sơn, Thanh Hóa")

    officer.reload()
    officer.does_not_see("Chưa vào lần nào")


@on(("desktop", True))
def test_an_operator_gives_a_role_and_shows_the_link_once(
    site: Site, new_story: NewStory, device: str, has_script: bool
) -> None:
    operator = new_story(site, device, has_script=has_script)
    sign_in_staff(operator, Role.OPERATOR, None)
    operator.open("/staff")
    operator.press("Giao quyền")
    operator.fill("Xã, phường hoặc tỉnh", "bim son")
    operator.press("Tìm")
    operator.press("Phường Bỉm Sơn, Thanh Hóa")
    operator.press("Giao quyền")
    operator.sees("Bác xem lại giúp")
    operator.choose_value("officer")
    operator.fill("Hoặc người mới: họ và tên", f"Hoàng Thị {device} {has_script}")
    operator.press("Giao quyền")
    assert "/welcome/" in operator.page.get_by_label("Đường dẫn một lần").input_value()
    operator.press("Xong, về trang giao quyền")
    operator.sees("Chưa đặt mật khẩu")


@on(("phone", True), ("phone", False))
def test_a_resident_moves_house_reads_what_is_kept_and_is_erased(
    site: Site, new_story: NewStory, device: str, has_script: bool
) -> None:
    resident = new_story(site, device, has_script=has_script)
    sign_in_resident(resident)
    resident.open("/me/account")
    resident.press("Tôi đã chuyển nhà, đổi xã")
    resident.fill("Tên xã, phường", "xuan tho da lat")
    resident.press("Tìm")
    resident.press("Phường Xuân Trường - Đà Lạt, Lâm Đồng")
    resident.press("Đúng rồi")
    resident.sees("Phường Xuân Trường - Đà Lạt, Lâm Đồng")
    resident.open("/privacy")
    resident.open("/me/erase")
    resident.press("Xóa hết dữ liệu của tôi")
    resident.sees("Bác xem lại giúp")
    resident.choose("Tôi hiểu là xóa rồi thì không lấy lại được.")
    resident.press("Xóa hết dữ liệu của tôi")
    resident.sees("Đã xóa dữ liệu")
    resident.open("/me/account")
    resident.sees("Phần này cần đăng nhập")
