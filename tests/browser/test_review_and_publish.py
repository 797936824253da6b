"""A course on its way through two people: asked for, sent back, mended, approved, published, and taken back again."""

import secrets
from uuid import UUID

import pytest
from sqlalchemy import select

from app.access.actor import Role, WayIn
from app.authoring.jobs import actor_of
from app.authoring.models import CourseDraft
from app.authoring.reviewing import set_rule
from app.extensions import db
from app.people.models import Person
from app.shared.clock import today
from tests.browser.conftest import NewStory
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_staff, place_id_of
from tests.integration.authoring.drafts import FILES, make_draft

COMMUNE = "14812"
SUMMARY = "Giới thiệu trong hai ba câu ngắn"
DEVICES = [("desktop", True), ("phone", False)]
IDS = [f"{device}{'' if has_script else '_without_js'}" for device, has_script in DEVICES]


class Colleagues:
    """Lan writes, Ba reviews; their commune demands it."""

    def __init__(self, site: Site, new_story: NewStory, device: str, *, has_script: bool) -> None:
        name = secrets.token_hex(3)
        self.slug, self.title = f"khoa-{name}", f"Khóa {name}"
        with site.stored():
            place = place_id_of(COMMUNE)
            people = [make_staff(Role.TRAINER, COMMUNE, name=name) for name in ("Lê Thị Lan", "Trần Văn Ba")]
            header = FILES["course.yml"].replace(b"khoa-nhap", self.slug.encode())
            files = {**FILES, "course.yml": header.replace("Khóa nháp".encode(), self.title.encode())}
            self.draft_id: UUID = make_draft(people[0], place_id=place, slug=self.slug, files=files).id
            set_rule(place, True, actor_of(people[1].id))
            for person in people:
                db.session.refresh(person)
                db.session.expunge(person)
        self.lan = self._at(site, new_story, people[0], device, has_script=has_script)
        self.ba = self._at(site, new_story, people[1], device, has_script=has_script)

    @staticmethod
    def _at(site: Site, new_story: NewStory, person: Person, device: str, *, has_script: bool) -> Story:
        story = new_story(site, device, has_script=has_script)
        story.sign_in_as(person, WayIn.STAFF)
        return story

    @property
    def address(self) -> str:
        return f"/workshop/drafts/{self.draft_id}"

    def mend(self, words: str) -> None:
        """Lan changes the introduction of the course."""
        self.lan.open(f"{self.address}/settings")
        self.lan.fill(SUMMARY, words)
        self.lan.press("Lưu")


@pytest.mark.parametrize(("device", "has_script"), DEVICES, ids=IDS)
def test_a_course_is_reviewed_published_and_taken_back(
    site: Site, new_story: NewStory, device: str, has_script: bool
) -> None:
    office = Colleagues(site, new_story, device, has_script=has_script)
    lan, ba = office.lan, office.ba

    lan.open(office.address)
    lan.press("Xem lại và xuất bản")
    lan.sees("Nơi này cần người khác duyệt trước khi xuất bản.")
    assert not lan.has("Xuất bản ngay")
    lan.fill("Lời nhắn cho người duyệt (có thể bỏ trống)", "Nhờ anh xem giúp.")
    lan.press("Gửi duyệt")
    lan.sees("Đang chờ người khác duyệt.")

    ba.open("/workshop")
    ba.press("Cần anh chị duyệt")
    ba.press(office.title)
    ba.sees("Nhờ anh xem giúp.")
    ba.fill("Cần sửa gì?", "Phần giới thiệu nên nói rõ học xong làm được gì.")
    ba.press("Trả lại với lời nhắn")
    ba.sees("Đã trả lại cho người soạn.")
    ba.sees("Không có khóa học nào chờ anh chị duyệt.")

    lan.open(office.address)
    lan.sees("Trần Văn Ba trả lại để sửa")
    lan.sees("nên nói rõ học xong làm được gì.")
    office.mend("Một bài học và một bài kiểm tra. Học xong, bác biết bỏ qua tin nhắn lạ.")
    lan.press("Xem lại và xuất bản")
    lan.press("Gửi duyệt")

    ba.open(f"{office.address}/publish")
    ba.press("Duyệt")
    ba.sees("Trần Văn Ba đã duyệt.")

    lan.open(f"{office.address}/publish")
    lan.press("Xuất bản ngay")
    lan.sees("đánh dấu là đã đúng rồi bấm lại")
    lan.page.locator("#now-confirmed").check()
    lan.press("Xuất bản ngay")
    lan.sees("Đã xuất bản bản 1.")
    lan.press("Mở trang người học")
    lan.sees("bác biết bỏ qua tin nhắn lạ.")

    office.mend("Câu này viết nhầm.")
    lan.press("Xem lại và xuất bản")
    lan.page.locator("details.compared summary").first.click()
    lan.sees("Câu này viết nhầm.")
    lan.check_page()
    lan.screenshot(f"publish-{device}", whole=True)
    lan.press("Gửi duyệt")
    ba.open(f"{office.address}/publish")
    ba.press("Mở trang so sánh đầy đủ")
    ba.press("Hiện cả chỗ không đổi")
    ba.press("Xem lại và xuất bản")
    ba.press("Duyệt")
    lan.open(f"{office.address}/publish")
    lan.press("Xuất bản ngay")
    lan.sees("Đã xuất bản bản 2.")

    lan.press("Lịch sử và các bản đã xuất bản")
    lan.press("Quay về bản này")
    lan.sees("được xuất bản lại ngay, thành bản mới nhất")
    lan.press("Quay về bản 1")
    lan.sees("Đã xuất bản bản 3.")
    lan.open(f"/courses/{office.slug}")
    lan.sees("bác biết bỏ qua tin nhắn lạ.")
    lan.does_not_see("Câu này viết nhầm.")


def test_an_hour_is_set_and_an_old_text_taken_back(site: Site, new_story: NewStory) -> None:
    office = Colleagues(site, new_story, "desktop", has_script=True)
    lan, ba = office.lan, office.ba
    office.mend("Lời giới thiệu thứ hai.")
    lan.press("Lịch sử sửa đổi")
    lan.press("Thông tin khóa học")
    lan.page.locator(".revisions a").last.click()
    lan.arrive()
    lan.press("Lấy lại bản này")
    lan.sees("Đã lấy lại.")
    lan.open(f"{office.address}/publish")
    lan.press("Gửi duyệt")
    ba.open(f"{office.address}/publish")
    ba.press("Duyệt")
    lan.open(f"{office.address}/publish")
    lan.page.get_by_text("Hẹn giờ xuất bản").click()
    lan.check_page()
    lan.page.locator("#later-confirmed").check()
    lan.press("Hẹn giờ")
    tomorrow = today().toordinal() + 1
    lan.sees(f"Sẽ xuất bản lúc 07:00 ngày {type(today()).fromordinal(tomorrow):%d/%m/%Y}")
    lan.press("Hủy hẹn giờ")
    lan.sees("Đã hủy hẹn giờ.")
    with site.stored():
        draft = db.session.scalars(select(CourseDraft).where(CourseDraft.id == office.draft_id)).one()
        assert draft.publish_at is None


def test_an_officer_demands_reviews(site: Site, new_story: NewStory) -> None:
    officer = new_story(site, "phone")
    with site.stored():
        person = make_staff(Role.OFFICER, "20194")
        db.session.expunge(person)
    officer.sign_in_as(person, WayIn.STAFF)
    officer.open("/staff")
    officer.press("Duyệt trước khi xuất bản")
    officer.sees("Người soạn tự xuất bản được.")
    officer.press("Cần người khác duyệt")
    officer.sees("Đang cần người khác duyệt.")
