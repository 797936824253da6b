"""Hostile words pasted into the editor in a real browser: it stays usable, the preview shows words and nothing more."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewStory
from tests.browser.hostile_course import payloads
from tests.browser.site import Site
from tests.browser.test_hostile_words import WATCH
from tests.browser.writing import sit_down

IN_ONE_PASTE = 350
PASTE = """([html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    const target = document.querySelector(".cm-content");
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
STRANGE = """() => {
    const root = document.querySelector("[data-preview]").shadowRoot;
    const leads = ["href", "src", "action", "formaction", "xlink:href"];
    const acts = ({name, value}) => name.startsWith("on") || name === "style" || name === "srcdoc" ||
        (leads.includes(name) && /^\\s*(javascript|data|vbscript):/i.test(value));
    const banned = [...root.querySelectorAll("script, iframe, object, embed, base, meta, math, frame, video")];
    return [...root.querySelectorAll("main *, article *")]
        .flatMap(element => [...element.attributes].filter(acts).map(({name, value}) => name + "=" + value))
        .concat(banned.map(element => element.outerHTML));
}"""


def pastes() -> list[str]:
    words = payloads()
    return ["\n\n".join(words[start : start + IN_ONE_PASTE]) for start in range(0, len(words), IN_ONE_PASTE)]


def is_clean(page: Page) -> None:
    expect(page.locator("[data-preview-state]")).to_contain_text("Đang xem bản", timeout=20_000)
    assert page.evaluate(STRANGE) == []
    assert page.evaluate("() => window.seen") == []


def test_every_hostile_word_pasted_as_text_or_as_a_page_leaves_the_editor_usable(
    site: Site, new_story: NewStory
) -> None:
    story = new_story(site, "desktop")
    story.context.add_init_script(WATCH)
    desk = sit_down(story, "thu-dich", "Mở đầu.\n")
    for words in pastes():
        for html in ("", words):
            desk.page.keyboard.press("Control+A")
            with desk.page.expect_response("**/preview", timeout=30_000):
                desk.page.evaluate(PASTE, [html, words])
            is_clean(desk.page)
    desk.put_cursor(0, len(desk.text()))
    desk.page.keyboard.insert_text("Vẫn viết được.")
    desk.has_text("Vẫn viết được.")
    desk.save()
    assert desk.stored() == "Vẫn viết được.\n"
    story.faults.clear()
