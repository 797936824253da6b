"""Coming in, going out, coming back: on a phone with and without scripts."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyotp
import pytest

from app.access.actor import Actor
from app.people import cards, pins
from app.people.guests import code_to_keep, create_guest
from app.people.models import Person
from app.people.one_time import FIRST_OPERATOR, make_link
from tests.browser.conftest import NewStory
from tests.browser.learner import start_course, understand_lesson
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_person
from tests.integration.people.ways_in import PASSWORD, PIN, WRONG

with_and_without_js = pytest.mark.parametrize("has_script", [True, False], ids=["phone", "phone_without_js"])
CONSENT = "Tôi đồng ý cho Học Số lưu"


@contextmanager
def person_with_pin(site: Site, name: str, phone: str) -> Iterator[Person]:
    with site.stored():
        person = make_person(name=name, phone=phone)
        pins.store_pin_hash(person.id, pins.hash_pin(PIN, phone))
        yield person


def sign_in(story: Story, phone: str, pin: str = PIN) -> None:
    story.open("/sign-in")
    story.fill("Số điện thoại", phone)
    story.fill("Mã PIN 6 số", pin)
    story.press("Vào học")


@with_and_without_js
def test_a_guest_registers_keeps_the_lesson_and_comes_back_on_another_phone(
    site: Site, new_story: NewStory, has_script: bool
) -> None:
    own = new_story(site, has_script=has_script)
    own.open("/")
    start_course(own)
    understand_lesson(own)
    phone = "0935 111 22" + ("3" if has_script else "4")
    own.open("/register")
    own.sees("Bài đã học trên máy này được giữ nguyên.")
    own.fill("Họ và tên", "Nguyễn Thị Hoa")
    own.fill("Số điện thoại", phone)
    own.fill("Chọn mã PIN 6 số", "210457")
    own.fill("Gõ lại mã PIN", "210457")
    own.choose(CONSENT)
    own.press("Đăng ký")
    own.sees("Mã PIN này giống ngày sinh")
    own.fill("Chọn mã PIN 6 số", PIN)
    own.fill("Gõ lại mã PIN", PIN)
    own.screenshot("register", whole=True)
    own.press("Đăng ký")
    own.sees("Bà con ở xã nào?")
    own.open("/me")
    own.sees("Chào Nguyễn Thị Hoa.")
    own.press("Xong, thoát khỏi máy này")
    own.sees("Đã thoát khỏi máy này")
    own.open("/me")
    own.sees("Phần này cần đăng nhập")

    other = new_story(site, has_script=has_script)
    sign_in(other, phone)
    other.sees("Chào Nguyễn Thị Hoa.")
    other.sees("xong 1 trong")


@with_and_without_js
def test_a_wrong_pin_is_slowed_down_for_the_stranger_and_not_for_the_owner(
    site: Site, new_story: NewStory, has_script: bool
) -> None:
    phone = "+8493522211" + ("1" if has_script else "2")
    with person_with_pin(site, "Trần Văn Tú", phone):
        pass
    own, thief = new_story(site, has_script=has_script), new_story(site, has_script=has_script)
    sign_in(own, phone)
    for _ in range(5):
        sign_in(thief, phone, WRONG)
        thief.sees("Số điện thoại hoặc mã PIN chưa đúng.")
    sign_in(thief, phone)
    thief.sees("Đã nhập sai nhiều lần. Bác thử lại lúc")
    thief.does_not_see("Tú")
    sign_in(own, phone)
    own.sees("Chào Trần Văn Tú.")


@with_and_without_js
def test_a_code_is_typed_or_scanned_on_a_second_device(site: Site, new_story: NewStory, has_script: bool) -> None:
    with site.stored():
        code = code_to_keep(create_guest())
    story = new_story(site, has_script=has_script)
    story.open("/code")
    story.fill("Mã học, 12 số", code.digits[:-1])
    story.press("Học tiếp")
    story.sees("còn thiếu 1 số")
    story.open("/code#" + code.link.split("#")[1])
    if has_script:
        assert story.page.get_by_label("Mã học, 12 số").input_value() == code.digits.replace(" ", "")
        assert "#" not in story.page.url
    else:
        story.fill("Mã học, 12 số", code.digits)
    story.press("Học tiếp")
    story.sees("Việc học của tôi")


def test_a_scanned_card_asks_for_the_pin_only(site: Site, new_story: NewStory, monkeypatch: pytest.MonkeyPatch) -> None:
    links: list[str] = []
    monkeypatch.setattr(cards, "qr_svg", lambda text: links.append(text) or "")
    with person_with_pin(site, "Lê Thị Sen", "+84935333111") as person:
        cards.issue_card(person_id=person.id, actor=Actor())
    story = new_story(site)
    story.open("/card#" + links[0].split("#")[1])
    story.sees("Đã đọc thẻ. Bác gõ mã PIN để vào.")
    story.does_not_see("Sen")
    story.fill("Mã PIN 6 số", PIN)
    story.press("Vào học")
    story.sees("Chào Lê Thị Sen.")


def test_without_scripts_the_code_on_the_own_card_is_typed(site: Site, new_story: NewStory) -> None:
    with person_with_pin(site, "Lê Văn Ba", "+84935333222"):
        pass
    own, other = new_story(site, has_script=False), new_story(site, has_script=False)
    sign_in(own, "0935 333 222")
    own.open("/me/card")
    own.press("Làm thẻ học của tôi")
    typed = own.page.locator(".code-digits").inner_text()
    other.open("/card")
    other.fill("Mã trên thẻ, 12 chữ và số", typed.lower())
    other.fill("Mã PIN 6 số", PIN)
    other.press("Vào học")
    other.sees("Chào Lê Văn Ba.")


@with_and_without_js
def test_learning_on_a_shared_phone_is_taken_over_only_when_it_is_ones_own(
    site: Site, new_story: NewStory, has_script: bool
) -> None:
    phone = "+8493544411" + ("1" if has_script else "2")
    with person_with_pin(site, "Phạm Thị Mai", phone):
        pass
    story = new_story(site, has_script=has_script)
    story.open("/")
    start_course(story)
    understand_lesson(story)
    sign_in(story, phone)
    story.sees("Bài vừa học trên máy này là của bác?")
    story.screenshot("whose-learning")
    story.press("Không phải tôi")
    story.sees("Bác chưa học bài nào.")


def test_the_first_operator_sets_up_leaves_and_comes_back_with_a_recovery_code(site: Site, new_story: NewStory) -> None:
    with site.stored():
        link = make_link(purpose=FIRST_OPERATOR, person_id=None, actor=None)
    story = new_story(site, has_script=False)
    story.open(link.removeprefix(site.settings.base_url))
    secret = story.page.locator(".code-digits").inner_text().replace(" ", "")
    story.fill("Họ và tên", "Lê Thị Lan")
    story.fill("Tên đăng nhập", "lan.bimson")
    story.fill("Mật khẩu", PASSWORD)
    story.fill("Gõ lại mật khẩu", PASSWORD)
    story.fill("Mã 6 số đang hiện trong ứng dụng", pyotp.TOTP(secret).now())
    story.press("Xong, vào làm việc")
    story.sees("Cất mười mã dự phòng")
    codes = story.page.locator(".recovery-codes li").all_inner_texts()
    assert len(codes) == 10
    story.open("/sign-out")
    story.press("Xong, thoát khỏi máy này")
    story.open("/sign-in/staff")
    story.fill("Tên đăng nhập", "lan.bimson")
    story.fill("Mật khẩu", PASSWORD)
    story.fill("Mã 6 số", codes[0])
    story.press("Đăng nhập")
    story.sees("Người vận hành")
