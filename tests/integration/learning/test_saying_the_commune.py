""" "Bà con ở xã nào?": found by any name, told which part of a divided commune it is, or left for later."""

import pytest

from tests.learning_steps import Walk
from tests.page_client import PageClient

pytestmark = [pytest.mark.shipped_courses, pytest.mark.sqlite_only]


@pytest.fixture
def guest(client: PageClient) -> PageClient:
    """A guest who has just finished the first lesson."""
    walk = Walk(client)
    walk.understand(walk.lessons[0])
    return client


def test_an_old_name_without_marks_leads_to_the_commune_of_today(guest: PageClient) -> None:
    page = guest.get("/me/commune?q=xuan tho da lat&next=/courses").text
    assert "Phường Xuân Trường - Đà Lạt, Lâm Đồng" in page
    assert "Trước là Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng." in page
    said = guest.post("/me/commune", data={"commune": "24805", "next": "/courses"})
    assert said.location == "/me/code?next=/courses"
    assert "Phường Xuân Trường - Đà Lạt" in guest.get("/me").text


def test_a_divided_commune_shows_each_part_and_which_to_take_in_doubt(guest: PageClient) -> None:
    page = guest.get("/me/commune?q=thi tran thieu hoa").text
    assert page.count("Trước là một phần") >= 2
    assert page.count("Chưa rõ thôn thì chọn nơi này.") >= 1


def test_a_name_that_nobody_knows_says_what_to_try(guest: PageClient) -> None:
    assert "Bà con thử gõ thêm tên huyện hoặc tỉnh cũ." in guest.get("/me/commune?q=zzzzzz").text


def test_leaving_it_for_later_leads_on_to_the_code(guest: PageClient) -> None:
    page = guest.get("/me/commune?next=/courses").text
    assert 'href="/me/code?next=/courses"' in page
    assert "Mã học của bác" in guest.get("/me/code?next=/courses").text


@pytest.mark.parametrize("code", ["", "99999", "38", "'; DROP TABLE place; --", "1481²"])
def test_what_is_no_commune_of_today_is_refused(guest: PageClient, code: str) -> None:
    assert guest.post("/me/commune", data={"commune": code}).status_code in {400, 404}
