"""Who may not: every act of the workshop tried by people of other places, of other roles and with roles that ended."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Role, WayIn
from app.authoring.models import DraftEvent
from app.authoring.publishing import ReviewNeeded, schedule_draft
from app.authoring.reviewing import list_waiting_drafts
from app.authoring.versions import roll_back
from app.content.models import WithdrawnItem
from app.extensions import db
from app.people.grants import revoke_grant
from app.people.models import Person, RoleGrant
from app.shared import clock
from app.shared.clock import now
from app.shared.ids import new_id
from tests.factories import make_member, make_person, make_staff, make_team, sign_in
from tests.integration.authoring.colleagues import COMMUNE, ELSEWHERE, Office
from tests.integration.authoring.drafts import file_at
from tests.integration.authoring.publishing_steps import CONFIRMED, page_of, publish_twice, seen_on
from tests.integration.authoring.test_course_place import NEIGHBOUR, end
from tests.page_client import PageClient
from tests.photos import make_photo

SENT = {**CONFIRMED, "place": COMMUNE, "comment": "x", "reason": "Sai số máy.", "slug": "cua-toi", "title": "Của tôi"}
only_sqlite = pytest.mark.sqlite_only


def acts_on(app: Flask, office: Office) -> Iterator[tuple[str, str]]:
    """(method, address) of everything that may be done to the course, its draft and its files."""
    values = {
        "draft_id": str(office.ids["draft"]),
        "file_id": str(file_at(office.draft, "01-bai-mot.md").id),
        "slug": office.course().slug,
        "key": "bai-mot",
        "number": "1",
    }
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/workshop/") and set(rule.arguments) & {"draft_id", "slug"}:
            address = rule.rule
            for name in rule.arguments:
                kind = next(kind for kind in ("uuid:", "int:", "") if f"<{kind}{name}>" in address)
                address = address.replace(f"<{kind}{name}>", values[name])
            yield from ((method, address) for method in sorted((rule.methods or set()) & {"POST", "PUT"}))


def state_of(office: Office) -> tuple[object, ...]:
    db.session.expire_all()
    draft, course = office.draft, office.course()
    withdrawn = db.session.scalar(select(func.count()).select_from(WithdrawnItem))
    events = db.session.scalar(select(func.count()).select_from(DraftEvent))
    kept = (draft.change, draft.state, draft.slug, draft.place_id, draft.deleted_at, draft.is_shared, draft.publish_at)
    return (*kept, course.slug, course.withdrawn_at, course.current_version_id, withdrawn, events)


@only_sqlite
@pytest.mark.parametrize("place", [ELSEWHERE, NEIGHBOUR])
def test_a_trainer_of_another_place_finds_nothing_to_act_on(
    app: Flask, at: Callable[[Person], PageClient], office: Office, place: str
) -> None:
    publish_twice(office)
    office.write(office.lan, "nửa đêm", "sáng sớm")
    office.submit()
    stranger = at(make_staff(Role.TRAINER, place, name="Người Lạ"))
    before, change = state_of(office), str(office.draft.change)

    def try_to(method: str, address: str) -> int:
        picture = {"file": (io.BytesIO(make_photo()), "anh.jpg")} if address.endswith("/media") else {}
        return stranger.open(address, method=method, data={**SENT, "change": change, **picture}).status_code

    answers = {act: try_to(*act) for act in acts_on(app, office)}
    assert len(answers) > 25
    assert {act: status for act, status in answers.items() if status != 404} == {}
    assert state_of(office) == before


@only_sqlite
@pytest.mark.parametrize(("who", "status"), [("stranger", 401), ("guest", 401), ("member", 403), ("officer", 403)])
def test_who_is_no_trainer_does_nothing_here(
    app: Flask, new_client: Callable[[], PageClient], office: Office, who: str, status: int
) -> None:
    publish_twice(office)
    device = new_client()
    if who == "guest":
        sign_in(device, make_person(is_registered=False), WayIn.GUEST)
    elif who == "member":
        member = make_person()
        make_member(make_team(COMMUNE), member)
        sign_in(device, member, WayIn.PIN)
    elif who == "officer":
        sign_in(device, make_staff(Role.OFFICER, COMMUNE), WayIn.STAFF)
    before = state_of(office)
    answers = {device.open(address, method=method, data=SENT).status_code for method, address in acts_on(app, office)}
    assert answers == {status}
    assert state_of(office) == before


@only_sqlite
def test_a_trainer_by_pin_is_no_trainer(new_client: Callable[[], PageClient], office: Office) -> None:
    device = new_client()
    sign_in(device, office.lan, WayIn.PIN)
    assert device.post(page_of(office), data={"change": "1", **CONFIRMED}).status_code == 403


@only_sqlite
def test_a_grant_that_ended_ends_what_the_open_page_could_do(lan: PageClient, office: Office) -> None:
    change = seen_on(lan.get(page_of(office)).text)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == office.lan.id)).one()
    revoke_grant(grant=grant, actor=None)
    db.session.commit()
    for step in ("publish", "submit", "schedule", "place", "address"):
        answer = lan.post(page_of(office, f"/{step}"), data={**SENT, "change": change})
        assert answer.status_code in {401, 403}, step
    assert office.draft.course_id is None


@only_sqlite
def test_what_no_longer_waits_is_shown_to_no_reviewer_by_any_answer(ba: PageClient, office: Office) -> None:
    for step in ("send-back", "approve", "publish"):
        answer = ba.post(page_of(office, f"/{step}"), data={"comment": "", "change": "77"})
        assert answer.status_code == 303, step
        assert "Khóa nháp" not in ba.get(answer.location).text


@only_sqlite
def test_who_may_edit_a_shared_course_does_not_decide_who_else_may(
    lan: PageClient, ba: PageClient, office: Office
) -> None:
    office.draft.is_shared = True
    db.session.commit()
    settings = page_of(office, "/settings")
    assert "Người biên soạn khác cùng nơi được sửa" not in ba.get(settings).text
    sent = {"title": "Khóa của Ba", "goal": "x", "summary": "x", "audience": "resident", "icon": "book", "edition": "1"}
    assert ba.post(settings, data=sent).status_code == 303
    db.session.expire_all()
    assert (office.draft.title, office.draft.is_shared) == ("Khóa của Ba", True)
    assert ba.post(page_of(office, "/share"), data={"shared": "no"}).status_code == 404
    assert lan.post(settings, data=sent).status_code == 303
    db.session.expire_all()
    assert not office.draft.is_shared
    assert office.acts()[-1] == "unshare_draft"


def test_an_address_that_changed_after_the_approval_was_approved_by_nobody(office: Office, lan: PageClient) -> None:
    office.demand_review()
    office.submit()
    office.approve()
    assert lan.post(page_of(office, "/address"), data={"slug": "ten-khac"}).status_code == 303
    db.session.expire_all()
    with pytest.raises(ReviewNeeded):
        office.publish()


def test_going_back_while_the_draft_waits_for_a_review_leaves_nothing_to_approve(office: Office) -> None:
    publish_twice(office)
    office.demand_review()
    office.write(office.lan, "nửa đêm", "sáng sớm")
    office.submit()
    roll_back(office.draft, 1, office.versions()[1].id, office.as_(office.lan))
    db.session.commit()
    assert list_waiting_drafts(visible_to=office.as_(office.ba)) == []
    assert (office.draft.state, office.draft.submitted_change) == ("draft", None)
    assert [version.number for version in office.versions()] == [1, 2, 3]


def test_what_was_arranged_for_a_place_that_is_no_more_is_not_published_there(app: Flask, office: Office) -> None:
    schedule_draft(office.draft, office.draft.change, now() + timedelta(hours=3), office.as_(office.lan))
    end(COMMUNE, NEIGHBOUR)
    with clock.frozen(now() + timedelta(hours=6)):
        app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    db.session.expire_all()
    assert office.details("schedule_failed") == [{"reason": "place"}]
    assert office.draft.course_id is None


@only_sqlite
def test_the_page_before_a_publication_sent_again_publishes_nothing_more(lan: PageClient, office: Office) -> None:
    old = seen_on(lan.get(page_of(office)).text)
    for _ in range(2):
        assert lan.post(page_of(office), data={"change": old, **CONFIRMED}).status_code == 303
    office.write(office.lan)
    again = lan.post(page_of(office), data={"change": old, **CONFIRMED})
    assert (again.status_code, "Bài vừa được sửa thêm" in again.text) == (409, True)
    assert [version.number for version in office.versions()] == [1]


@only_sqlite
def test_an_id_of_nothing_is_not_found(lan: PageClient) -> None:
    for step in ("publish", "submit", "approve", "send-back", "schedule", "place", "history/1/roll-back"):
        assert lan.post(f"/workshop/drafts/{new_id()}/{step}", data=SENT).status_code == 404, step
