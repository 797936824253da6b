"""Whoever needs the largest letters reads every page of the public without scrolling sideways."""

import pytest

from tests.browser.story import Story

COURSE = "/courses/nhan-biet-va-tranh-lua-dao-qua-mang"
PATHS = (
    "/",
    "/courses",
    COURSE,
    f"{COURSE}/so-la-goi-den",
    "/sign-in",
    "/register",
    "/privacy",
    "/places",
    "/places/38",
)


@pytest.mark.parametrize("size", [150, 200])
def test_no_page_is_wider_than_the_phone(phone: Story, size: int) -> None:
    phone.set_cookie("display", f"l=vi&s={size}&x=")
    for path in PATHS:
        phone.open(path)
        assert f"size-{size}" in (phone.page.locator("html").get_attribute("class") or "")
