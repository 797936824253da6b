"""A guest on the smallest phone goes through every kind of item and question: by keys, by touch, without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Request, expect

from app.access.actor import WayIn
from app.content import publishing
from app.content.compile.quiz import Question
from app.devtools.right_answers import right_values, wrong_values
from app.extensions import db
from tests.browser.conftest import NewStory, run_site
from tests.browser.keyboard import IN_PARTS, answer_by_keys, press_enter_on
from tests.browser.learner import question_on_page, questions_of
from tests.browser.site import Site
from tests.browser.story import Story
from tests.databases import SQLITE, Databases
from tests.factories import make_member, make_person, make_team

SLUG = "every-kind"
COURSE = f"/courses/{SLUG}"
TYPED = "ma-7391-bi-mat"


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("every-kind")
    yield from run_site(SQLITE, databases, folder, publish_sample)


def publish_sample(site: Site) -> None:
    with site.stored():
        publishing.publish_folder(Path(__file__).parents[1] / "courses" / SLUG)


@pytest.fixture
def guest(site: Site, new_story: NewStory) -> Story:
    return new_story(site, "small_phone")


def begin(story: Story, item: str) -> list[Question]:
    story.open(f"{COURSE}/{item}")
    story.press("Bắt đầu làm bài")
    return questions_of(story, SLUG)


def answer_by_touch(story: Story, question: Question, values: list[str]) -> None:
    """Tick, choose or type, and press the button; works without scripts."""
    for value in values:
        name, _, words = value.partition("=")
        field = story.page.locator(f'[name="answer-{name}"]')
        if question.type in {"text", "number", "free"}:
            story.page.locator("#typed").fill(value)
        elif question.type not in IN_PARTS:
            story.choose_value(value)
        elif field.evaluate("field => field.localName") == "select":
            field.select_option(words)
        else:
            field.fill(words)
    story.press("Trả lời")


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_each_kind_of_question_is_answered_by_keys_alone(guest: Story, right: bool) -> None:
    guest.open(f"{COURSE}/cac-loai")
    press_enter_on(guest, "form[action$=attempts] button")
    questions = questions_of(guest, SLUG)
    answered = []
    while guest.has("Trả lời"):
        question = question_on_page(guest, questions)
        answer_by_keys(guest, question, (right_values if right else wrong_values)(question))
        verdict = guest.page.locator("#verdict").inner_text()
        assert verdict.startswith(
            "Đã gửi" if question.type == "free" else "Đúng rồi" if right else ("Chưa", "Đúng một")
        )
        answered.append(question.type)
        press_enter_on(guest, ".actions a.button:not(.quiet)")
    assert len(set(answered)) == 10
    guest.sees("Bác đúng 9 trong 10 câu." if right else "Bác đúng 0 trong 10 câu.")


def test_a_guest_without_scripts_goes_through_the_whole_course(site: Site, new_story: NewStory) -> None:
    guest = new_story(site, "small_phone", has_script=False)
    guest.open(COURSE)
    guest.press("Bắt đầu học")
    guest.page.locator('section.try label:has-text("Công an")').click()
    guest.sees("Công an không hỏi mã.")
    guest.press("iPhone")
    guest.does_not_see("chọn Âm thanh")
    guest.press("Đã hiểu")
    guest.press("Để sau")
    guest.press("Đã giữ mã, học tiếp")
    for item in ("truoc-khi-hoc", "cac-loai"):
        questions = begin(guest, item)
        while guest.has("Trả lời"):
            question = question_on_page(guest, questions)
            answer_by_touch(guest, question, right_values(question))
            if item == "cac-loai":
                guest.press("Câu tiếp theo" if guest.has("Câu tiếp theo") else "Xem kết quả")
        if guest.has("Nộp bài"):
            guest.press("Nộp bài")
    guest.sees("Trước khi học bác được 100 phần trăm số điểm")
    guest.open(f"{COURSE}/tinh-huong")
    guest.press("Gõ mã vào đây")
    guest.sees("Mã này mở được tài khoản của bác.")
    guest.press("Dừng lại, gọi ngân hàng ngay")
    guest.press("Đã hiểu")
    observer_confirms(site, new_story, guest)
    guest.open(COURSE)
    guest.sees("Bác đã học xong khóa này.")


def observer_confirms(site: Site, new_story: NewStory, guest: Story) -> None:
    guest.open(f"{COURSE}/thuc-hanh")
    guest.press("Lấy mã cho người xem")
    code = guest.page.locator(".sign-off-code").inner_text()
    with site.stored():
        person = make_person(name="Lê Văn Xem")
        make_member(make_team("14812"), person)
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge(person)
    observer = new_story(site, "small_phone", has_script=False)
    observer.sign_in_as(person, WayIn.PIN)
    observer.open("/sign-off")
    observer.fill("Mã 6 số của người học", code)
    observer.press("Xem các việc cần làm")
    observer.press("Xác nhận")
    observer.sees("Việc nào chưa làm được thì để lần khác")
    for act in observer.page.locator("fieldset.act").all():
        act.get_by_label("Tự làm").check()
    observer.press("Xác nhận")
    observer.sees("Cảm ơn anh chị")
    guest.press("Người xem đã xác nhận xong")
    guest.sees("Bài thực hành này đã được xác nhận.")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no_script"])
def test_a_tap_on_the_picture_ticks_the_option_of_that_place(site: Site, new_story: NewStory, has_script: bool) -> None:
    guest = new_story(site, "small_phone", has_script=has_script)
    questions = begin(guest, "cac-loai")
    number = [question.key for question in questions if question.key not in {"q-truoc-so-la"}].index("q-cham") + 1
    guest.open(f"{guest.path.rsplit('/', 1)[0]}/{number}")
    regions = guest.page.locator(".spot rect")
    expect(regions).to_have_count(3)
    for index in (2, 0, 1):
        regions.nth(index).scroll_into_view_if_needed()
        box = regions.nth(index).bounding_box()
        assert box
        guest.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        checked = [radio.is_checked() for radio in guest.page.locator('input[name="answer"]').all()]
        assert checked == [place == index for place in range(3)]
        guest.check_page()
    guest.press("Trả lời")
    guest.sees("Đúng rồi.")


def test_an_empty_answer_says_what_is_missing_on_every_kind(guest: Story) -> None:
    questions = begin(guest, "cac-loai")
    base = guest.path.rsplit("/", 1)[0]
    for number in range(1, 11):
        guest.open(f"{base}/{number}")
        question_on_page(guest, questions)
        guest.press("Trả lời")
        assert guest.page.locator("#answer-error").is_visible()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no_script"])
def test_a_word_is_explained_by_a_tap_and_closed_by_the_back_button(
    site: Site, new_story: NewStory, has_script: bool
) -> None:
    guest = new_story(site, "small_phone", has_script=has_script)
    guest.open(f"{COURSE}/bai-hoc")
    guest.page.get_by_role("link", name="mã OTP").tap()
    opened = guest.page.locator(".terms div:target")
    expect(opened).to_be_in_viewport()
    expect(opened).to_contain_text("mã dùng một lần")
    guest.check_page()
    guest.page.go_back()
    expect(opened).to_have_count(0)
    guest.check_page()
    guest.page.get_by_role("link", name="mã OTP").tap()
    opened.locator(".close").tap()
    expect(opened).to_have_count(0)


def test_what_is_typed_into_a_swindlers_box_never_leaves_the_page(guest: Story) -> None:
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.method} {request.url} {request.headers} {request.post_data or ''}")

    guest.context.on("request", note)
    guest.open(f"{COURSE}/tinh-huong")
    for reply in ("Gõ mã vào đây", "Gõ tiếp mã thứ hai"):
        box = guest.page.locator('main input[type="text"]')
        assert box.get_attribute("name") is None
        assert box.evaluate("field => field.form") is None
        box.click()
        guest.page.keyboard.type(TYPED)
        guest.page.keyboard.press("Enter")
        assert box.input_value() == TYPED
        guest.press(reply)
        assert TYPED not in guest.page.content()
    guest.go_back()
    guest.press("Dừng lại, gọi ngân hàng ngay")
    guest.press("Đã hiểu")
    guest.open("/")
    assert len(sent) > 5
    assert not [line for line in sent if TYPED in line]
    assert stored_beside(guest.site) == []


def stored_beside(site: Site) -> list[str]:
    """Files of the server, its database and its log among them, that hold what was typed."""
    database = Path(site.settings.database_url.removeprefix("sqlite:///"))
    copy = Path(shutil.copy(database, site.log.parent / "copy.sqlite3"))
    files = [site.log, copy, *database.parent.glob(f"{database.name}*"), *site.settings.instance_dir.rglob("*")]
    return [str(path) for path in files if path.is_file() and TYPED.encode() in path.read_bytes()]
