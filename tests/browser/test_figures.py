"""What the public and officers read about a place, on a phone and at an office PC."""

from datetime import timedelta

import pytest

from app.access.actor import Role, WayIn
from app.content.queries import list_catalogue
from app.extensions import db
from app.operations.jobs_cli import run_round
from app.progress.periods import PeriodKind, last_closed
from app.shared.clock import now
from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_completion, make_person, make_staff

BIM_SON = "14812"
THANH_HOA = "38"
PHONE = ("phone", True)
PHONE_WITHOUT_JS = ("phone", False)
DESKTOP = ("desktop", True)


@pytest.fixture(scope="module", autouse=True)
def published(site: Site) -> None:
    """Last month 9 residents and 2 guests of Phường Bỉm Sơn completed one course, 3 residents another; now 2 more."""
    with site.stored():
        first, second = (course.id for course in list_catalogue() if course.audience == "resident")
        closed = last_closed(PeriodKind.ADMIN_MONTH)
        at = now() - timedelta(days=(now().date() - closed.end).days + 3)
        for _ in range(9):
            make_completion(make_person(), first, BIM_SON, at)
        for _ in range(2):
            make_completion(make_person(is_registered=False), first, BIM_SON, at, kind="guest")
        for _ in range(3):
            make_completion(make_person(), second, BIM_SON, at, mode="class")
        for _ in range(2):
            make_completion(make_person(), second, BIM_SON, now())
    with site.stored():
        run_round()


def on_every(*devices: tuple[str, bool]) -> pytest.MarkDecorator:
    ids = [device if has_script else f"{device}_without_js" for device, has_script in devices]
    return pytest.mark.parametrize(("device", "has_script"), devices, ids=ids)


def as_officer(story: Story, place_code: str) -> Story:
    with story.site.stored():
        person = make_staff(Role.OFFICER, place_code)
        db.session.expunge(person)
    story.sign_in_as(person, WayIn.STAFF)
    return story


@on_every(PHONE, PHONE_WITHOUT_JS, DESKTOP)
def test_the_public_sees_the_closed_month_and_no_small_number(
    site: Site, new_story: NewStory, device: str, has_script: bool
) -> None:
    stranger = new_story(site, device, has_script=has_script)
    stranger.open(f"/places/{BIM_SON}")
    assert stranger.heading() == "Phường Bỉm Sơn"
    stranger.sees("từ 12 đến 15 lượt hoàn thành khóa học ở phường Bỉm Sơn")
    stranger.sees("dưới 5")
    stranger.sees("từ 5 trở lên")
    stranger.does_not_see("học xong ít nhất một khóa")
    stranger.page.get_by_text("Trang này ghi gì?").click()
    stranger.check_page()
    stranger.screenshot(f"place-{device}", whole=True)
    stranger.press("Thanh Hóa")
    assert stranger.heading() == "Tỉnh Thanh Hóa"
    stranger.sees("từ 12 đến 15 lượt hoàn thành khóa học ở tỉnh Thanh Hóa")


@on_every(PHONE, PHONE_WITHOUT_JS, DESKTOP)
def test_an_officer_reads_exact_figures_and_goes_back_a_month(
    site: Site, new_story: NewStory, device: str, has_script: bool
) -> None:
    officer = as_officer(new_story(site, device, has_script=has_script), BIM_SON)
    officer.open("/figures")
    assert officer.path == f"/places/{BIM_SON}"
    assert "2 người ở phường Bỉm Sơn học xong ít nhất một khóa" in officer.heading()
    officer.press("Kỳ trước")
    assert "12 người ở phường Bỉm Sơn học xong ít nhất một khóa" in officer.heading()
    officer.page.get_by_text("Chọn kỳ khác, bản đồ khác").click()
    officer.page.get_by_text("Số này là gì?").first.click()
    officer.check_page()
    officer.page.get_by_label("Kỳ", exact=True).select_option("year")
    officer.press("Xem")
    assert "14 người ở phường Bỉm Sơn" in officer.heading()
    officer.screenshot(f"figures-{device}", whole=True)


@on_every(PHONE, DESKTOP)
def test_a_province_officer_orders_the_communes_and_opens_one(
    site: Site, new_story: NewStory, device: str, has_script: bool
) -> None:
    officer = as_officer(new_story(site, device, has_script=has_script), THANH_HOA)
    officer.open("/figures")
    officer.press("Người")
    officer.screenshot(f"province-{device}")
    assert officer.page.locator("tbody a").first.inner_text() == "Phường Bỉm Sơn"
    officer.press("Phường Bỉm Sơn")
    assert "2 người ở phường Bỉm Sơn" in officer.heading()


def test_an_officer_of_another_commune_reads_what_the_public_reads(site: Site, new_story: NewStory) -> None:
    officer = as_officer(new_story(site, "desktop"), "15796")
    officer.open(f"/places/{BIM_SON}")
    officer.sees("dưới 5")
    officer.does_not_see("học xong ít nhất một khóa")
