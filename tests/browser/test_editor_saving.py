"""Nothing that was written is lost: saved every few seconds, kept in the browser without a network, both texts shown
where two people write, undone after a reload, gone on with after a new sign-in."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import delete

from app.access.actor import WayIn
from app.authoring.models import CourseDraft
from app.extensions import db
from app.people.models import SignInSession
from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.writing import BODY, Desk, make_draft, make_trainer, sit_down

KEPT = "Chưa gửi được, giữ trong máy"


def write(desk: Desk, words: str) -> None:
    """At the end of the text."""
    desk.put_cursor()
    desk.page.keyboard.insert_text(words)


def cut_network(desk: Desk) -> None:
    desk.story.faults.clear()
    desk.page.context.set_offline(True)


def mend_network(desk: Desk) -> None:
    desk.page.context.set_offline(False)
    desk.story.faults.clear()


def two_desks(site: Site, new_story: NewStory, slug: str, device: str) -> tuple[Desk, Desk]:
    """Two trainers, each at their own device, in one item of a shared course."""
    lan, minh = make_trainer(site, "Lê Thị Lan"), make_trainer(site, "Vũ Văn Minh")
    draft_id, file_id = make_draft(site, lan, slug)
    share(site, draft_id)
    desks = []
    for person in (lan, minh):
        story = new_story(site, device)
        story.sign_in_as(person, WayIn.STAFF)
        desks.append(Desk(story, draft_id, file_id))
        desks[-1].open()
    return desks[0], desks[1]


def share(site: Site, draft_id: UUID) -> None:
    with site.stored():
        db.session.get_one(CourseDraft, draft_id).is_shared = True


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_what_is_written_is_saved_by_itself(site: Site, new_story: NewStory, device: str) -> None:
    desk = sit_down(new_story(site, device), f"tu-luu-{device}")
    write(desk, "Thêm một câu.")
    desk.is_saved()
    expect(desk.state()).to_have_text(re.compile(r"Đã lưu \d\d:\d\d"))
    assert desk.stored() == BODY + "Thêm một câu.\n"
    desk.story.check_page()


def test_title_and_minutes_are_saved_with_the_text(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "tu-luu-ten")
    desk.page.get_by_label("Tên mục").fill("Tên mới")
    desk.page.get_by_label("Số phút").fill("9")
    desk.is_saved()
    assert (desk.stored_item().title, desk.stored_item().word("minutes")) == ("Tên mới", "9")
    assert desk.stored() == BODY


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_without_a_network_the_text_stays_in_the_browser_and_goes_out_when_it_is_back(
    site: Site, new_story: NewStory, device: str
) -> None:
    desk = sit_down(new_story(site, device), f"mat-mang-{device}")
    cut_network(desk)
    write(desk, "Viết khi mất mạng.")
    expect(desk.state()).to_contain_text(KEPT, timeout=10_000)
    expect(desk.page.locator("[data-state-aloud]")).to_contain_text(KEPT)
    write(desk, " Viết thêm nữa.")
    desk.page.wait_for_event("requestfailed", lambda request: request.method == "PUT")
    assert desk.stored() == BODY
    mend_network(desk)
    desk.is_saved()
    assert desk.stored() == BODY + "Viết khi mất mạng. Viết thêm nữa.\n"


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_a_page_that_is_closed_while_no_server_answers_brings_the_text_back(
    site: Site, new_story: NewStory, device: str
) -> None:
    desk = sit_down(new_story(site, device), f"dong-trang-{device}")
    site.stop()
    write(desk, "Chữ chưa gửi.")
    desk.page.goto("about:blank")
    site.start()
    desk.story.faults.clear()
    assert desk.stored() == BODY
    desk.page.goto(site.address + desk.path)
    desk.is_ready()
    assert desk.text() == BODY + "Chữ chưa gửi."
    expect(desk.page.locator("[data-notice-text]")).to_contain_text("Đã lấy lại chữ viết lúc")
    desk.is_saved()
    assert desk.stored() == BODY + "Chữ chưa gửi.\n"


def test_where_the_database_of_the_browser_is_shut_off_its_plain_store_serves(site: Site, new_story: NewStory) -> None:
    story = new_story(site, "desktop")
    story.context.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    desk = sit_down(story, "khong-indexeddb")
    cut_network(desk)
    write(desk, "Chữ chưa gửi.")
    expect(desk.state()).to_contain_text(KEPT, timeout=10_000)
    desk.page.goto("about:blank")
    mend_network(desk)
    desk.page.goto(site.address + desk.path)
    desk.is_ready()
    assert desk.text() == BODY + "Chữ chưa gửi."


def test_an_answer_that_never_came_is_no_conflict(site: Site, new_story: NewStory) -> None:
    """The server took the text, the answer was lost, and more was written: it is our own text that stands there."""
    desk = sit_down(new_story(site, "desktop"), "mat-tra-loi")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "PUT" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    desk.page.route(f"**{desk.path}", lose)
    write(desk, "Một.")
    expect(desk.state()).to_contain_text(KEPT, timeout=10_000)
    assert lost
    desk.story.faults.clear()
    write(desk, " Hai.")
    desk.is_saved()
    assert desk.stored() == BODY + "Một. Hai.\n"


def second_tab(desk: Desk) -> Desk:
    """The same item once more, in another tab of the same device."""
    tab = Desk(desk.story.open_tab(desk.path), desk.draft_id, desk.file_id)
    tab.is_ready()
    return tab


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_two_tabs_that_were_closed_without_a_network_lose_neither_text(
    site: Site, new_story: NewStory, device: str
) -> None:
    older = sit_down(new_story(site, device), f"hai-the-{device}")
    newer = second_tab(older)
    site.stop()
    for desk, words in ((older, "Chữ ở thẻ một."), (newer, "Chữ ở thẻ hai.")):
        write(desk, words)
        expect(desk.state()).to_contain_text(KEPT, timeout=10_000)
        desk.page.close()
    site.start()
    desk = second_tab(older)
    assert desk.text() == BODY + "Chữ ở thẻ hai."
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Máy này còn giữ một bản viết lúc")
    desk.story.check_page()
    dialog.get_by_role("button", name="Để sau").click()
    desk.is_saved()
    desk.page.reload()
    desk.is_ready()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Lấy bản kia").click()
    desk.has_text("Chữ ở thẻ một.")
    desk.is_saved()
    assert desk.stored() == BODY + "Chữ ở thẻ một.\n"
    desk.page.reload()
    desk.is_ready()
    assert desk.text().strip() == (BODY + "Chữ ở thẻ một.").strip()
    expect(dialog).to_be_hidden()


def test_a_tab_that_lives_keeps_its_text_to_itself(site: Site, new_story: NewStory) -> None:
    first = sit_down(new_story(site, "desktop"), "the-con-mo")
    first.page.route(f"**{first.path}", lambda route: route.abort())
    write(first, "Chữ ở thẻ một.")
    expect(first.state()).to_contain_text(KEPT, timeout=10_000)
    second = second_tab(first)
    assert second.text() == BODY
    write(second, "Chữ ở thẻ hai.")
    second.is_saved()
    first.page.unroute_all()
    first.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(first.page.get_by_role("dialog")).to_contain_text("Anh chị đã lưu bản khác lúc", timeout=15_000)
    expect(first.state()).to_contain_text("ở thẻ hoặc máy khác")
    first.page.get_by_role("button", name="Giữ bản của tôi").click()
    first.is_saved()
    assert first.stored() == BODY + "Chữ ở thẻ một.\n"


def test_what_was_done_can_be_undone_after_a_reload(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "hoan-tac")
    write(desk, "Một câu viết nhầm.")
    desk.save()
    desk.page.reload()
    desk.is_ready()
    assert "nhầm" in desk.text()
    desk.press("Hoàn tác")
    assert desk.text() == BODY
    desk.press("Làm lại")
    assert "nhầm" in desk.text()
    desk.press("Hoàn tác")
    desk.is_saved()
    assert desk.stored() == BODY


@pytest.mark.parametrize("device", ["desktop", "phone"])
@pytest.mark.parametrize("choice", ["mine", "theirs", "merged"])
def test_two_people_in_one_item_see_both_texts(site: Site, new_story: NewStory, device: str, choice: str) -> None:
    lan, minh = two_desks(site, new_story, f"hai-nguoi-{device}-{choice}", device)
    write(lan, "Câu của Lan.")
    lan.page.get_by_label("Tên mục").fill("Tên của Lan")
    lan.save()
    write(minh, "Câu của Minh.")
    dialog = minh.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Lê Thị Lan đã lưu bản khác", timeout=15_000)
    expect(dialog).to_contain_text("Tên của Lan")
    shown = minh.page.locator("[data-conflict-texts]").evaluate(
        "place => place.innerText + [...place.querySelectorAll('textarea')].map(area => area.value).join(' ')"
    )
    assert "Câu của Lan." in shown
    assert "Câu của Minh." in shown
    assert lan.stored() == BODY + "Câu của Lan.\n"
    minh.story.faults.clear()
    minh.story.check_page()
    if choice == "merged":
        merged = dialog.locator(".cm-mergeViewEditor .cm-content[contenteditable=true], textarea:not([readonly])").last
        merged.click()
        minh.page.keyboard.press("Control+End")
        minh.page.keyboard.insert_text(" Câu của Lan.")
    labels = {"mine": "Giữ bản của tôi", "theirs": "Lấy bản của Lê Thị Lan", "merged": "Lưu bản đã ghép"}
    dialog.get_by_role("button", name=labels[choice]).click()
    minh.is_saved()
    ends = {"mine": "Câu của Minh.\n", "theirs": "Câu của Lan.\n", "merged": "Câu của Minh. Câu của Lan.\n"}
    expected = BODY + ends[choice]
    assert minh.stored() == expected
    assert minh.stored_item().title == ("Tên của Lan" if choice == "theirs" else "Bài một")
    assert minh.text().strip() == expected.strip()
    if choice == "theirs" and device == "desktop":
        minh.press("Hoàn tác")
        assert "Câu của Minh." in minh.text()


def test_a_conflict_can_be_put_off_and_outlives_a_reload(site: Site, new_story: NewStory) -> None:
    lan, minh = two_desks(site, new_story, "hai-nguoi-de-sau", "desktop")
    write(lan, "Câu của Lan.")
    lan.save()
    write(minh, "Câu của Minh.")
    dialog = minh.page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=15_000)
    minh.page.keyboard.press("Escape")
    expect(minh.state()).to_contain_text("Chưa bản nào mất")
    sent: list[str] = []
    minh.page.on("request", lambda request: sent.append(request.method))
    minh.page.clock.install()
    with minh.page.expect_response("**/preview"):
        write(minh, " Viết tiếp.")
        minh.page.clock.run_for(60_000)
    assert sent == ["POST"], "only the preview was asked for, though every timer ran"
    assert minh.stored() == BODY + "Câu của Lan.\n"
    minh.page.reload()
    minh.is_ready()
    assert minh.text() == BODY + "Câu của Minh. Viết tiếp."
    expect(dialog).to_contain_text("Lê Thị Lan đã lưu bản khác", timeout=15_000)
    minh.story.faults.clear()
    dialog.get_by_role("button", name="Giữ bản của tôi").click()
    minh.is_saved()
    assert minh.stored() == BODY + "Câu của Minh. Viết tiếp.\n"


def test_signed_out_one_signs_in_elsewhere_and_goes_on(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "het-phien")
    trainer = make_trainer(site)
    with site.stored():
        db.session.execute(delete(SignInSession))
    write(desk, "Viết khi hết phiên.")
    expect(desk.state()).to_contain_text("Phiên đăng nhập đã hết", timeout=10_000)
    expect(desk.page.get_by_role("link", name="Đăng nhập ở thẻ mới")).to_be_visible()
    desk.story.faults.clear()
    share(site, desk.draft_id)
    desk.story.sign_in_as(trainer, WayIn.STAFF)
    desk.page.evaluate("dispatchEvent(new Event('focus'))")
    desk.is_saved()
    assert desk.stored() == BODY + "Viết khi hết phiên.\n"


def test_a_text_that_is_too_long_is_refused_with_the_reason_and_kept(site: Site, new_story: NewStory) -> None:
    desk = sit_down(new_story(site, "desktop"), "dai-qua", "a" * 204_000 + "\n")
    write(desk, "b" * 3_000)
    expect(desk.state()).to_contain_text("Bài này dài quá 200 KB", timeout=15_000)
    desk.story.faults.clear()
    desk.page.keyboard.press("Control+z")
    write(desk, "c")
    desk.is_saved()


def test_without_scripts_the_form_saves(site: Site, new_story: NewStory) -> None:
    trainer = make_trainer(site)
    draft_id, file_id = make_draft(site, trainer, "khong-script")
    story = new_story(site, "phone", has_script=False)
    story.sign_in_as(trainer, WayIn.STAFF)
    desk = Desk(story, draft_id, file_id)
    story.open(desk.path)
    story.fill("Nội dung", "Viết không cần script.\n")
    story.press("Lưu")
    story.sees("Đã lưu lúc")
    assert desk.stored() == "Viết không cần script.\n"
    assert story.has("Xem thử")
