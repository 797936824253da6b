"""Reviewing over HTTP: who decides about whose course, what strangers get, and where a review is demanded."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Role
from app.authoring.models import ReviewRule
from app.extensions import db
from app.people.models import Person
from tests.factories import make_grant, make_staff, place_id_of
from tests.integration.authoring.colleagues import COMMUNE, ELSEWHERE, PROVINCE, Office
from tests.integration.authoring.drafts import file_at, make_draft
from tests.integration.authoring.publishing_steps import CONFIRMED, page_of, press, publish_twice
from tests.integration.progress.makers import communes_of, end_commune
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only


class TestReview:
    @pytest.fixture(autouse=True)
    def demanded(self, office: Office) -> None:
        office.demand_review()

    def test_sent_back_mended_approved_and_published(self, lan: PageClient, ba: PageClient, office: Office) -> None:
        assert "Xuất bản ngay" not in lan.get(page_of(office)).text
        assert press(lan, office, "submit", note="Nhờ anh xem.").status_code == 303
        assert "Khóa nháp" in ba.get("/workshop/review").text
        assert "Nhờ anh xem." in ba.get(page_of(office)).text
        back = ba.post(page_of(office, "/send-back"), data={"comment": "Câu đầu dài quá."})
        assert "Đã trả lại" in ba.get(back.location).text
        assert "Câu đầu dài quá." in lan.get(page_of(office, "")).text
        office.write(office.lan)
        press(lan, office, "submit")
        approved = press(ba, office, "approve")
        assert "Trần Văn Ba đã duyệt." in ba.get(approved.location).text
        assert press(lan, office, "publish").status_code == 303
        assert "Trần Văn Ba duyệt" in lan.get(page_of(office, "/history")).text

    def test_sending_back_needs_words(self, ba: PageClient, office: Office) -> None:
        office.submit()
        refused = ba.post(page_of(office, "/send-back"), data={"comment": " "})
        assert refused.status_code == 422
        assert "Ghi vài lời cho người soạn" in refused.text

    def test_sent_back_twice_is_sent_back_once(self, ba: PageClient, office: Office) -> None:
        office.submit()
        for _ in range(2):
            assert ba.post(page_of(office, "/send-back"), data={"comment": "Sửa."}).status_code == 303
        assert office.acts().count("send_back_draft") == 1

    def test_the_author_has_no_button_to_approve_and_is_refused(self, lan: PageClient, office: Office) -> None:
        office.submit()
        page = lan.get(page_of(office)).text
        assert "Đang chờ người khác duyệt." in page
        assert "/approve" not in page
        refused = lan.post(page_of(office, "/approve"), data={"change": str(office.draft.change)})
        assert refused.status_code == 409
        assert "không tự duyệt được" in refused.text

    def test_a_reviewer_may_publish_what_was_approved_and_then_it_is_the_author_s_again(
        self, ba: PageClient, office: Office
    ) -> None:
        office.submit()
        office.approve()
        for _ in range(2):
            answer = ba.post(page_of(office, "/publish"), data={"change": str(office.draft.change), **CONFIRMED})
            assert answer.status_code == 303
            assert ba.get(answer.location).status_code == 200
        assert len(office.versions()) == 1
        assert ba.get(page_of(office)).status_code == 404

    def test_who_changed_it_while_it_waits_is_told_and_so_is_the_reviewer(
        self, lan: PageClient, ba: PageClient, office: Office
    ) -> None:
        office.submit()
        seen = str(office.draft.change)
        office.write(office.lan)
        assert "Sau đó bài còn được sửa thêm" in ba.get(page_of(office)).text
        assert ba.post(page_of(office, "/approve"), data={"change": seen}).status_code == 409
        assert press(lan, office, "submit").status_code == 303


class TestStrangers:
    READS = ("/publish", "/compare?with=1", "/history", "/history/1/roll-back")
    WRITES = ("submit", "send-back", "approve", "publish", "schedule", "unschedule", "address", "take-published")

    @pytest.mark.parametrize("place", [ELSEWHERE, COMMUNE])
    def test_a_draft_of_somebody_else_is_not_there(
        self, at: Callable[[Person], PageClient], office: Office, place: str
    ) -> None:
        publish_twice(office)
        file = file_at(office.draft, "01-bai-mot.md").id
        stranger = at(make_staff(Role.TRAINER, place, name="Người Lạ"))
        before = (office.draft.change, office.draft.state, len(office.versions()))
        for rest in (*self.READS, f"/items/{file}/history", f"/items/{file}/history/1"):
            assert stranger.get(page_of(office, rest)).status_code == 404, rest
        for step in (*self.WRITES, "history/1/roll-back", f"items/{file}/history/1/restore"):
            status = stranger.post(page_of(office, f"/{step}"), data={"change": "1", "comment": "x"}).status_code
            # In one's own place what no longer waits leads back to the queue.
            assert status in ({404, 303} if place == COMMUNE else {404}), step
        db.session.expire_all()
        assert (office.draft.change, office.draft.state, len(office.versions())) == before

    def test_a_file_of_another_draft_is_not_found_through_one_s_own(self, lan: PageClient, office: Office) -> None:
        other = make_draft(office.ba, place_id=place_id_of(COMMUNE), slug="khoa-khac")
        file = file_at(other, "01-bai-mot.md").id
        assert lan.get(page_of(office, f"/items/{file}/history")).status_code == 404
        assert lan.post(page_of(office, f"/items/{file}/history/1/restore")).status_code == 404


class TestRules:
    def test_an_officer_demands_reviews_in_the_own_place_only(
        self, at: Callable[[Person], PageClient], office: Office
    ) -> None:
        officer = at(make_staff(Role.OFFICER, COMMUNE))
        assert "/workshop/rules" in officer.get("/staff").text
        assert "Phường Bỉm Sơn, Thanh Hóa" in officer.get("/workshop/rules").text
        for _ in range(2):
            assert officer.post("/workshop/rules", data={"place": COMMUNE, "needed": "yes"}).status_code == 303
        assert "Đang cần người khác duyệt." in officer.get("/workshop/rules").text
        for place in (ELSEWHERE, PROVINCE, ""):
            assert officer.post("/workshop/rules", data={"place": place, "needed": "yes"}).status_code == 404
        assert places_of(db.session.scalars(select(ReviewRule)).all()) == {place_id_of(COMMUNE)}
        assert office.draft.state == "draft"

    def test_a_rule_from_above_is_told_below(self, at: Callable[[Person], PageClient], office: Office) -> None:
        office.demand_review(PROVINCE)
        page = at(make_staff(Role.OFFICER, COMMUNE)).get("/workshop/rules").text
        assert "đã đòi duyệt nên ở đây cũng cần" in page

    def test_a_rule_that_came_with_a_merger_stands_in_the_new_commune_and_is_waived_there(
        self, at: Callable[[Person], PageClient], office: Office
    ) -> None:
        office.demand_review()
        new = next(place for place in communes_of("38", 2) if place.code != COMMUNE)
        end_commune(place_id_of(COMMUNE), {new.id: True})
        db.session.commit()
        officer = at(make_staff(Role.OFFICER, PROVINCE))
        page = officer.get("/workshop/rules").text
        assert ("Đang cần người khác duyệt." in page, "Trước là Phường Bỉm Sơn" in page) == (True, True)
        assert "đã đòi duyệt nên ở đây cũng cần" not in page
        assert officer.post("/workshop/rules", data={"place": new.code, "needed": "no"}).status_code == 303
        assert "Đang cần người khác duyệt." not in officer.get("/workshop/rules").text

    def test_a_trainer_says_nothing_about_it(self, lan: PageClient) -> None:
        assert lan.get("/workshop/rules").status_code == 403

    def test_an_operator_of_everything_decides_about_courses_for_everyone(
        self, at: Callable[[Person], PageClient], app: Flask
    ) -> None:
        operator = make_staff(Role.OPERATOR, None)
        make_grant(operator, Role.OFFICER, COMMUNE)
        device = at(operator)
        assert device.post("/workshop/rules", data={"place": "", "needed": "yes"}).status_code == 303
        assert places_of(db.session.scalars(select(ReviewRule)).all()) == {None}
        assert app.name
        assert "Khóa học cho mọi nơi" in device.get("/workshop/rules").text


def places_of(rules: object) -> set[UUID | None]:
    return {rule.place_id for rule in rules if rule.needs_reviewer}  # type: ignore[attr-defined]


def test_nothing_waits_for_nobody(ba: PageClient) -> None:
    assert "Không có khóa học nào chờ anh chị duyệt." in ba.get("/workshop/review").text
