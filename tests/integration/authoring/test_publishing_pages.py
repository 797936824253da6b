"""The pages of reviewing and publishing: what each person sees, and what two tabs, a replay and a stranger get."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import Role
from app.authoring.deleting import delete_file
from app.authoring.models import CourseDraft
from app.content.withdrawing import withdraw_item
from app.extensions import db
from app.people.models import Person
from app.shared.clock import now, today
from tests.factories import make_staff
from tests.integration.authoring.colleagues import ELSEWHERE, Office
from tests.integration.authoring.drafts import file_at
from tests.integration.authoring.publishing_steps import CONFIRMED, page_of, press, publish_twice, seen_on
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only


class TestPublishing:
    def test_the_first_time_address_and_place_are_confirmed(self, lan: PageClient, office: Office) -> None:
        page = lan.get(page_of(office)).text
        assert "/courses/<strong>khoa-nhap</strong>" in page
        assert "Phường Bỉm Sơn, Thanh Hóa" in page
        refused = press(lan, office, "publish", **{"now-confirmed": ""})
        assert refused.status_code == 422
        assert "xem địa chỉ và nơi của khóa học" in refused.text
        done = press(lan, office, "publish")
        assert done.status_code == 303
        assert "Đã xuất bản bản 1." in lan.get(done.location).text
        assert lan.get("/courses/khoa-nhap").status_code == 200

    def test_the_address_may_be_changed_before_that_and_never_after(self, lan: PageClient, office: Office) -> None:
        assert lan.post(page_of(office, "/address"), data={"slug": "Tên Mới"}).status_code == 422
        assert lan.post(page_of(office, "/address"), data={"slug": "ten-moi"}).status_code == 303
        assert "<strong>ten-moi</strong>" in lan.get(page_of(office)).text
        office.publish()
        assert lan.post(page_of(office, "/address"), data={"slug": "ten-khac"}).status_code == 404

    def test_two_tabs_what_the_other_wrote_is_not_published_unseen(self, lan: PageClient, office: Office) -> None:
        seen = seen_on(lan.get(page_of(office)).text)
        office.write(office.lan)
        refused = lan.post(page_of(office, "/publish"), data={"change": seen, **CONFIRMED})
        assert refused.status_code == 409
        assert "Bài vừa được sửa thêm" in refused.text
        assert seen_on(refused.text) != seen
        assert office.draft.course_id is None

    def test_pressed_twice_it_is_published_once(self, lan: PageClient, office: Office) -> None:
        seen = seen_on(lan.get(page_of(office)).text)
        for _ in range(2):
            assert lan.post(page_of(office, "/publish"), data={"change": seen, **CONFIRMED}).status_code == 303
        assert len(office.versions()) == 1

    def test_faults_are_listed_and_nothing_can_be_pressed(self, lan: PageClient, office: Office) -> None:
        office.write(office.lan, "Bác nhận tin nhắn lạ.", "![](anh/khong-co.png)")
        page = lan.get(page_of(office)).text
        assert "lỗi phải sửa trước khi xuất bản" in page
        assert "Xuất bản ngay" not in page

    def test_what_is_new_is_shown_word_by_word(self, lan: PageClient, office: Office) -> None:
        office.publish()
        assert "giống hệt bản 1" in lan.get(page_of(office)).text
        office.write(office.lan)
        page = " ".join(re.sub(r"<[^>]+>", " ", lan.get(page_of(office)).text).split())
        assert "thêm: lúc nửa đêm" in page
        assert "Không có ai đang học dở khóa này." in page

    def test_another_version_meanwhile_is_told_and_left_to_choose(self, lan: PageClient, office: Office) -> None:
        office.publish()
        office.write(office.lan)
        office.publish_by_hand()
        page = lan.get(page_of(office)).text
        assert "viết tiếp từ bản 1, nhưng nay đang dùng bản 2" in page
        plain = lan.post(page_of(office, "/publish"), data={"change": seen_on(page)})
        assert plain.status_code == 409
        assert press(lan, office, "publish", over="yes").status_code == 303
        assert [version.number for version in office.versions()] == [1, 2, 3]

    def test_the_published_version_can_be_taken_instead(self, lan: PageClient, office: Office) -> None:
        office.publish()
        office.write(office.lan)
        office.publish_by_hand()
        answer = lan.post(page_of(office, "/take-published"))
        assert "Chữ đã viết trước đó vẫn còn trong Lịch sử" in lan.get(answer.location).text
        assert "đường dẫn nào" in (file_at(office.draft, "01-bai-mot.md").text or "")


class TestWithdrawn:
    def test_what_is_withdrawn_stays_so_and_something_must_be_left(self, lan: PageClient, office: Office) -> None:
        office.publish()
        withdraw_item(course_id=office.course().id, item_key="kiem-tra", reason="Câu hỏi sai.")
        office.write(office.lan)
        assert "Mục đang ngừng vẫn ngừng: “Bài kiểm tra”." in lan.get(page_of(office)).text
        delete_file(office.draft, file_at(office.draft, "01-bai-mot.md").id, office.as_(office.lan))
        page = lan.get(page_of(office)).text
        assert "Mọi mục tính hoàn thành đều đang ngừng." in page
        assert "Xuất bản ngay" not in page


class TestSchedule:
    def test_an_hour_tomorrow_is_shown_and_can_be_called_off(self, lan: PageClient, office: Office) -> None:
        day = today() + timedelta(days=1)
        answer = press(lan, office, "schedule", **{"later-day": f"{day:%d/%m/%Y}", "later-hour": "07:00"})
        assert f"Sẽ xuất bản lúc 07:00 ngày {day:%d/%m/%Y}" in lan.get(answer.location).text
        assert "Sẽ xuất bản lúc 07:00" in lan.get(page_of(office, "")).text
        again = lan.post(page_of(office, "/unschedule"))
        assert "Đã hủy hẹn giờ." in lan.get(again.location).text
        assert office.draft.publish_at is None

    @pytest.mark.parametrize(
        ("day", "hour", "says"),
        [
            ("2020-01-01", "07:00", "Giờ hẹn phải sau lúc này"),
            ("31/02/2026", "07:00", "Chọn ngày"),
            ("", "", "Chọn ngày"),
            ("2126-01-01", "07:00", "trong vòng một năm"),
            ("2026-12-01", "25:00", "Chọn giờ"),
        ],
    )
    def test_an_hour_that_cannot_be_keeps_what_was_typed(
        self, lan: PageClient, office: Office, day: str, hour: str, says: str
    ) -> None:
        refused = press(lan, office, "schedule", **{"later-day": day, "later-hour": hour})
        assert refused.status_code == 422
        assert says in refused.text
        assert f'value="{day}"' in refused.text

    def test_writing_on_afterwards_is_told_at_once(self, lan: PageClient, office: Office) -> None:
        day = today() + timedelta(days=1)
        press(lan, office, "schedule", **{"later-day": day.isoformat(), "later-hour": "07:00"})
        office.write(office.lan)
        assert "nên sẽ không xuất bản" in lan.get(page_of(office, "")).text

    def test_why_it_was_not_published_is_shown_on_the_course(self, app: Flask, lan: PageClient, office: Office) -> None:
        day = today() + timedelta(days=1)
        press(lan, office, "schedule", **{"later-day": day.isoformat(), "later-hour": "07:00"})
        office.write(office.lan)
        office.draft.publish_at = now() - timedelta(minutes=1)
        db.session.commit()
        app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
        assert "không xuất bản: bài đã được sửa thêm sau khi hẹn giờ" in lan.get(page_of(office, "")).text


class TestOpening:
    def test_a_published_course_is_opened_for_writing_and_leads_to_an_item(
        self, lan: PageClient, office: Office
    ) -> None:
        office.publish()
        opened = lan.post("/workshop/courses/khoa-nhap/edit")
        assert opened.location.endswith(page_of(office, ""))
        item = lan.post("/workshop/courses/khoa-nhap/edit", data={"item": "bai-mot"})
        assert item.location.endswith(f"/items/{file_at(office.draft, '01-bai-mot.md').id}")

    def test_a_course_of_another_place_is_not(self, at: Callable[[Person], PageClient], office: Office) -> None:
        office.publish()
        stranger = at(make_staff(Role.TRAINER, ELSEWHERE))
        assert stranger.post("/workshop/courses/khoa-nhap/edit").status_code == 404
        assert stranger.post("/workshop/courses/khong-co/edit").status_code == 404

    def test_an_untouched_draft_is_told_that_it_may_follow_and_reading_writes_nothing(
        self, lan: PageClient, office: Office
    ) -> None:
        office.publish()
        office.publish_by_hand()
        assert "Lấy bản mới nhất rồi sửa tiếp" in lan.get(page_of(office, "")).text
        assert "đường dẫn lạ" in (file_at(office.draft, "01-bai-mot.md").text or "")
        lan.post("/workshop/courses/khoa-nhap/edit")
        assert "đường dẫn nào" in (file_at(office.draft, "01-bai-mot.md").text or "")
        assert "Lấy bản mới nhất" not in lan.get(page_of(office, "")).text


class TestHistory:
    def test_going_back_is_shown_first_and_done_once(self, lan: PageClient, office: Office) -> None:
        publish_twice(office)
        office.write(office.lan, "nửa đêm", "sáng sớm")
        confirm = lan.get(page_of(office, "/history/1/roll-back")).text
        assert "Bản nháp đang có chữ chưa xuất bản" in confirm
        seen = re.search(r'name="seen" value="([^"]+)"', confirm)
        assert seen
        for _ in range(2):
            answer = lan.post(page_of(office, "/history/1/roll-back"), data={"seen": seen[1]})
            assert answer.status_code == 303
        assert [version.number for version in office.versions()] == [1, 2, 3]
        history = lan.get(page_of(office, "/history")).text
        assert "quay về bản cũ" in history
        assert "bản 1, thành bản 3" in history

    def test_going_back_over_what_was_not_seen_is_refused(self, lan: PageClient, office: Office) -> None:
        publish_twice(office)
        old = office.versions()[0].id
        refused = lan.post(page_of(office, "/history/1/roll-back"), data={"seen": str(old)})
        assert refused.status_code == 409
        assert lan.post(page_of(office, "/history/1/roll-back"), data={"seen": "x"}).status_code == 404
        assert lan.get(page_of(office, "/history/9/roll-back")).status_code == 404

    def test_a_text_is_looked_at_and_taken_back(self, lan: PageClient, office: Office) -> None:
        office.write(office.lan)
        file = file_at(office.draft, "01-bai-mot.md")
        address = page_of(office, f"/items/{file.id}/history")
        assert lan.get(address).text.count("Lê Thị Lan") == 2
        assert "lúc nửa đêm" in lan.get(f"{address}/1").text
        data = {"revision": str(file.revision)}
        stale = lan.post(f"{address}/1/restore", data={"revision": "1"})
        assert stale.status_code == 409
        assert "Người khác vừa sửa bài này" in stale.text
        assert lan.post(f"{address}/1/restore", data=data).status_code == 303
        assert "nửa đêm" not in (file_at(office.draft, "01-bai-mot.md").text or "")

    def test_versions_are_compared_with_each_other_and_with_the_draft(self, lan: PageClient, office: Office) -> None:
        publish_twice(office)
        assert "Bản 2 so với bản 1" in lan.get(page_of(office, "/compare?with=1&to=2")).text
        assert "Hai bản giống hệt nhau." in lan.get(page_of(office, "/compare")).text
        whole = lan.get(page_of(office, "/compare?with=1&all=yes")).text
        assert "không bấm vào đường dẫn lạ" in whole
        assert "không bấm vào đường dẫn lạ" not in lan.get(page_of(office, "/compare?with=1")).text
        assert lan.get(page_of(office, "/compare?with=7")).status_code == 404

    def test_an_erased_person_is_named_as_that(self, lan: PageClient, office: Office) -> None:
        office.submit(office.ba)
        office.ba.name, office.ba.erased_at = None, now()
        db.session.commit()
        assert "người đã xóa dữ liệu" in lan.get(page_of(office, "/history")).text


def test_a_deleted_draft_has_no_pages(lan: PageClient, office: Office) -> None:
    draft: CourseDraft = office.draft
    draft.deleted_at = now()
    db.session.commit()
    assert lan.get(page_of(office)).status_code == 404
    assert lan.post(page_of(office, "/publish")).status_code == 404
