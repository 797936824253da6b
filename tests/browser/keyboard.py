"""Answering with keys alone, as somebody does who cannot use a finger or a mouse."""

from collections.abc import Callable

from app.content.compile.quiz import Question
from tests.browser.story import Story

MOST_TABS = 60
IN_PARTS = {"matching", "ordering", "gaps"}


def tab_to(story: Story, selector: str) -> None:
    """Press Tab until what matches has the focus, and see that the focus shows."""
    for _tab in range(MOST_TABS):
        if story.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = story.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{selector} has the focus and does not show it"
            return
        story.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector} on {story.page.url}")


def press_enter_on(story: Story, selector: str) -> None:
    tab_to(story, selector)
    story.page.keyboard.press("Enter")
    story.arrive()


def answer_by_keys(story: Story, question: Question, values: list[str]) -> None:
    """Fill in the question on the page and send it."""
    page = story.page
    if question.type in IN_PARTS:
        for value in values:
            name, _, words = value.partition("=")
            fill_by_keys(story, f'[name="answer-{name}"]', words)
    elif question.type in {"text", "number", "free"}:
        fill_by_keys(story, "#typed", values[0])
    elif question.type == "multiple":
        for value in values:
            tab_to(story, f'input[value="{value}"]')
            page.keyboard.press("Space")
    else:
        tab_to(story, 'input[type="radio"]')
        page.keyboard.press("Space")
        walk(story, "ArrowDown", lambda: page.locator(f'input[value="{values[0]}"]').is_checked())
    press_enter_on(story, "form.question .actions button")


def fill_by_keys(story: Story, selector: str, words: str) -> None:
    tab_to(story, selector)
    if story.page.locator(selector).evaluate("field => field.localName") != "select":
        story.page.keyboard.type(words)
        return
    walk(story, "ArrowDown", lambda: story.page.locator(selector).input_value() == words)


def walk(story: Story, key: str, has_arrived: Callable[[], bool]) -> None:
    for _step in range(10):
        if has_arrived():
            return
        story.page.keyboard.press(key)
    assert has_arrived()
