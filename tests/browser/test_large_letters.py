"""Whoever needs the largest letters reads every page without scrolling sideways and without words cut in pieces."""

import pytest

from app.access.actor import WayIn
from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.story import Story
from tests.browser.writing import make_draft, make_trainer

COURSE = "/courses/nhan-biet-va-tranh-lua-dao-qua-mang"
PATHS = (
    "/",
    "/courses",
    COURSE,
    f"{COURSE}/so-la-goi-den",
    f"{COURSE}/so-la-goi-den/hard",
    "/go",
    "/sign-in",
    "/register",
    "/privacy",
    "/places",
    "/places/38",
)
OF_THE_WORKSHOP = (
    "/workshop",
    "/workshop/new",
    "/workshop/new/template",
    "/workshop/results",
    f"/workshop{COURSE}",
    f"/workshop{COURSE}/hand-on",
    f"/workshop{COURSE}/hand-on/handout",
    f"/workshop{COURSE}/hand-on/run-sheet",
)
OF_A_DRAFT = ("", "/publish", "/settings", "/history")
LONGEST_SYLLABLE = 7
"""Letters: nghiêng."""
NARROW_CARDS = """letters => [...document.querySelectorAll(".card-text")]
    .filter(text => text.clientWidth < letters * 0.5 * parseFloat(getComputedStyle(text).fontSize))
    .map(text => text.innerText)"""


def with_letters(story: Story, size: int) -> Story:
    story.set_cookie("display", f"l=vi&s={size}&x=")
    return story


def open_and_judge(story: Story, path: str, size: int) -> None:
    story.open(path)
    assert f"size-{size}" in (story.page.locator("html").get_attribute("class") or "")
    assert story.page.evaluate(NARROW_CARDS, LONGEST_SYLLABLE) == []


@pytest.mark.parametrize("size", [150, 200])
def test_no_page_is_wider_than_the_phone(phone: Story, size: int) -> None:
    for path in PATHS:
        open_and_judge(with_letters(phone, size), path, size)


@pytest.mark.parametrize("kind", ["lesson", "quiz", "drill"])
def test_no_page_of_the_workshop_is_wider_than_the_phone(site: Site, new_story: NewStory, kind: str) -> None:
    trainer, story = make_trainer(site, "Nguyễn Thị Hoàng Phương Thảo Nguyên"), with_letters(new_story(site), 200)
    draft_id, file_id = make_draft(site, trainer, f"chu-to-{kind}", kind=kind)
    story.sign_in_as(trainer, WayIn.STAFF)
    draft = f"/workshop/drafts/{draft_id}"
    for path in (*OF_THE_WORKSHOP, *(draft + rest for rest in OF_A_DRAFT), f"{draft}/items/{file_id}"):
        open_and_judge(story, path, 200)
