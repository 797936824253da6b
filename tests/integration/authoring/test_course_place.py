"""Whose course it is: who may give it to which place, how a place is found by name, and when that takes effect."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import Role
from app.access.permissions import Permission
from app.authoring.course_place import change_place
from app.authoring.jobs import actor_of
from app.authoring.models import CourseDraft
from app.authoring.places_in_charge import find_places_in_charge
from app.authoring.publishing import NothingNew, NotPublisher, PlaceEnded, ReviewNeeded, schedule_draft, submit_draft
from app.authoring.versions import open_draft_of, roll_back, take_published
from app.content.queries import find_course
from app.extensions import db
from app.people.models import Person
from app.places import memory
from app.places.models import Place, PlaceSuccession
from app.shared.clock import now, today
from app.shared.errors import NotFound
from app.shared.ids import new_id
from tests.factories import make_grant, make_staff, place_id_of
from tests.integration.authoring.colleagues import COMMUNE, ELSEWHERE, PROVINCE, Office
from tests.integration.authoring.drafts import make_draft
from tests.integration.authoring.publishing_steps import page_of, press
from tests.page_client import PageClient

NEIGHBOUR = "14818"
"""Another commune of the same province."""


@pytest.fixture
def province(app: Flask) -> Office:
    """Lan and Ba are trainers of the whole province."""
    assert app.name
    return Office(PROVINCE)


def end(code: str, successor: str) -> None:
    """This commune has become part of that one."""
    place = db.session.get_one(Place, place_id_of(code))
    place.valid_to = today() - timedelta(days=1)
    ids = {"id": new_id(), "old_id": place.id, "new_id": place_id_of(successor)}
    db.session.add(PlaceSuccession(**ids, kind="merger", is_default=True, on_date=place.valid_to))
    db.session.commit()
    memory.forget()


class TestWhoMay:
    def test_a_trainer_of_the_province_gives_a_course_to_one_commune(self, province: Office) -> None:
        change_place(province.draft, place_id_of(COMMUNE), province.as_(province.lan))
        province.publish()
        assert province.course().place_id == place_id_of(COMMUNE)

    @pytest.mark.parametrize("place", [PROVINCE, NEIGHBOUR, ELSEWHERE, None])
    def test_a_trainer_of_a_commune_gives_it_to_no_other_place(self, office: Office, place: str | None) -> None:
        with pytest.raises(NotFound):
            change_place(office.draft, place_id_of(place) if place else None, office.as_(office.lan))
        assert office.draft.place_id == place_id_of(COMMUNE)

    @pytest.mark.parametrize("place", [ELSEWHERE, None])
    def test_a_trainer_of_a_province_stays_in_the_province(self, province: Office, place: str | None) -> None:
        with pytest.raises(NotFound):
            change_place(province.draft, place_id_of(place) if place else None, province.as_(province.lan))

    def test_nobody_takes_a_course_away_from_a_place_where_they_do_not_publish(self, office: Office) -> None:
        office.publish()
        stranger = make_staff(Role.TRAINER, NEIGHBOUR)
        with pytest.raises(NotPublisher):
            change_place(office.draft, place_id_of(NEIGHBOUR), office.as_(stranger))

    def test_with_a_grant_in_two_places_it_goes_from_one_to_the_other(self, office: Office) -> None:
        make_grant(office.lan, Role.TRAINER, ELSEWHERE)
        change_place(office.draft, place_id_of(ELSEWHERE), office.as_(office.lan))
        assert office.draft.place_id == place_id_of(ELSEWHERE)


class TestWhen:
    def test_a_published_course_moves_when_it_is_published_again(self, province: Office) -> None:
        province.publish()
        lan = province.as_(province.lan)
        change_place(province.draft, place_id_of(COMMUNE), lan)
        assert province.course().place_id == place_id_of(PROVINCE)
        assert province.publish().outcome == "unchanged"
        assert province.course().place_id == place_id_of(COMMUNE)
        head = find_course("khoa-nhap")
        assert head is not None
        assert head.place_id == place_id_of(COMMUNE)
        assert [version.number for version in province.versions()] == [1]
        with pytest.raises(NothingNew):
            submit_draft(province.draft, province.draft.change, lan)

    def test_what_was_approved_for_one_place_is_not_for_another(self, province: Office) -> None:
        province.demand_review(PROVINCE)
        province.submit()
        province.approve()
        change_place(province.draft, place_id_of(COMMUNE), province.as_(province.lan))
        with pytest.raises(ReviewNeeded):
            province.publish()

    def test_a_move_waits_for_the_next_publication_whatever_is_opened_meanwhile(self, province: Office) -> None:
        province.publish()
        lan = province.as_(province.lan)
        change_place(province.draft, place_id_of(COMMUNE), lan)
        open_draft_of(province.course(), lan)
        assert province.draft.place_id == place_id_of(COMMUNE)
        take_published(province.draft, lan)
        assert province.draft.place_id == place_id_of(PROVINCE)

    def test_going_back_leaves_the_course_where_it_is(self, province: Office) -> None:
        province.publish()
        province.write(province.lan)
        province.publish()
        lan = province.as_(province.lan)
        change_place(province.draft, place_id_of(COMMUNE), lan)
        roll_back(province.draft, 1, province.versions()[1].id, lan)
        assert (province.course().place_id, province.draft.place_id) == (place_id_of(PROVINCE),) * 2


class TestEndedPlaces:
    def test_no_new_course_is_published_for_a_place_that_is_no_more(self, office: Office) -> None:
        end(COMMUNE, NEIGHBOUR)
        with pytest.raises(PlaceEnded):
            office.publish()
        with pytest.raises(PlaceEnded):
            schedule_draft(office.draft, office.draft.change, now() + timedelta(days=2), office.as_(office.lan))

    def test_a_course_that_was_there_before_is_still_put_right(self, office: Office) -> None:
        office.publish()
        end(COMMUNE, NEIGHBOUR)
        office.write(office.lan)
        assert office.publish().number == 2

    @pytest.mark.sqlite_only
    def test_its_authors_are_told_which_place_it_became(self, office: Office, lan: PageClient) -> None:
        end(COMMUNE, NEIGHBOUR)
        assert "nay là" in lan.get(page_of(office)).text
        assert press(lan, office, "publish").status_code == 409


class TestFinding:
    def found(self, person: Person, query: str) -> list[str]:
        found = find_places_in_charge(actor_of(person.id), Permission.PUBLISH_COURSES, query)
        return [place.code for place in found]

    def test_old_and_new_names_lead_to_communes_of_the_own_province_only(self, app: Flask) -> None:
        assert app.name
        trainer = make_staff(Role.TRAINER, PROVINCE)
        assert self.found(trainer, "bim son")[0] == COMMUNE
        assert COMMUNE in self.found(trainer, "lam son bim son")
        assert self.found(trainer, "hai chau da nang") == []
        assert self.found(trainer, "thanh hóa")[0] == PROVINCE

    def test_a_name_that_many_communes_of_the_country_have_finds_the_own_one(self, app: Flask) -> None:
        assert app.name
        trainer = make_staff(Role.TRAINER, PROVINCE)
        for query in ("tan", "xuan", "quang"):
            assert self.found(trainer, query), query


@pytest.mark.sqlite_only
class TestPages:
    def place(self, office: Office, query: str = "") -> str:
        return page_of(office, f"/place{query}")

    def test_found_by_an_old_name_chosen_and_told(self, at: Callable[[Person], PageClient], province: Office) -> None:
        lan = at(province.lan)
        assert "Đổi nơi" in lan.get(page_of(province)).text
        page = lan.get(self.place(province, "?q=thi+xa+bim+son")).text
        assert f'value="{COMMUNE}"' in page
        assert "Trước là" in page
        answer = lan.post(self.place(province), data={"place": COMMUNE})
        assert "khóa học của Phường Bỉm Sơn, Thanh Hóa" in lan.get(answer.location).text
        assert "Tỉnh Thanh Hóa → Phường Bỉm Sơn" in lan.get(page_of(province, "/history")).text

    @pytest.mark.parametrize("code", [ELSEWHERE, PROVINCE, "everywhere", "", "99999", "x"])
    def test_a_place_that_is_not_theirs_to_give_is_not_there(self, lan: PageClient, office: Office, code: str) -> None:
        assert lan.post(self.place(office), data={"place": code}).status_code == 404
        db.session.expire_all()
        assert office.draft.place_id == place_id_of(COMMUNE)

    def test_somebody_else_s_draft_is_not_there(self, ba: PageClient, office: Office) -> None:
        assert ba.get(self.place(office)).status_code == 404
        assert ba.post(self.place(office), data={"place": COMMUNE}).status_code == 404

    def test_a_moved_course_says_so_before_it_is_published(
        self, at: Callable[[Person], PageClient], province: Office
    ) -> None:
        province.publish()
        lan = at(province.lan)
        lan.post(self.place(province), data={"place": COMMUNE})
        page = lan.get(page_of(province)).text
        assert "chuyển từ Tỉnh Thanh Hóa sang Phường Bỉm Sơn, Thanh Hóa" in page
        assert "chỉ nơi của khóa học đổi" in page
        assert press(lan, province, "publish").status_code == 303
        assert province.course().place_id == place_id_of(COMMUNE)

    def test_only_who_holds_everything_may_give_a_course_to_everyone(
        self, at: Callable[[Person], PageClient], office: Office
    ) -> None:
        chief = make_staff(Role.TRAINER, None)
        draft = make_draft(chief, place_id=place_id_of(COMMUNE), slug="cua-truong")
        device = at(chief)
        assert 'value="everywhere"' in device.get(f"/workshop/drafts/{draft.id}/place").text
        assert 'value="everywhere"' not in at(office.lan).get(self.place(office)).text
        device.post(f"/workshop/drafts/{draft.id}/place", data={"place": "everywhere"})
        db.session.expire_all()
        assert db.session.get_one(CourseDraft, draft.id).place_id is None


@pytest.mark.sqlite_only
def test_an_officer_of_the_province_finds_a_commune_to_demand_reviews_there(
    at: Callable[[Person], PageClient], office: Office
) -> None:
    officer = at(make_staff(Role.OFFICER, PROVINCE))
    page = officer.get("/workshop/rules?q=thi+xa+bim+son").text
    assert "Phường Bỉm Sơn, Thanh Hóa" in page
    assert "Trước là" in page
    answer = officer.post("/workshop/rules", data={"place": COMMUNE, "needed": "yes", "q": "bim son"})
    assert "Đang cần người khác duyệt." in officer.get(answer.location).text
    assert "Không thấy nơi nào" in officer.get("/workshop/rules?q=hai+chau+da+nang").text
    with pytest.raises(ReviewNeeded):
        office.publish()


def test_new_ids_are_not_places(office: Office) -> None:
    with pytest.raises(NotFound):
        change_place(office.draft, new_id(), office.as_(office.lan))
