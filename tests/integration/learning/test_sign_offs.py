"""Practices: a code of the learner's, an observer who is somebody else, the acts, and what is kept of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people.models import Person
from app.progress.models import Answer, Attempt, Completion, HintUse, SignOff, SignOffCode, Visit
from app.shared import clock
from tests.factories import make_member, make_person, make_staff, make_team, sign_in
from tests.integration.learning.kinds import (
    DRILL,
    KINDS,
    LESSON,
    PRACTICE,
    Learner,
    change,
    copy_of_course,
    count,
    publish,
)
from tests.page_client import PageClient

NewLearner = Callable[[], Learner]


@pytest.fixture
def observer(new_learner: NewLearner) -> PageClient:
    """The device of a team member who has signed in."""
    person = make_person(name="Lê Văn Xem")
    make_member(make_team("14812"), person)
    device = new_learner().client
    sign_in(device, person, WayIn.PIN, idle_minutes=120)
    return device


def take_code(learner: Learner) -> str:
    page = learner.client.post(f"{learner.address(PRACTICE)}/sign-off-code")
    assert page.status_code == 200
    found = re.search(r'class="sign-off-code">(\d{3} \d{3})<', page.text)
    assert found
    return found[1]


def acts_of(learner: Learner, *hows: str) -> dict[str, str]:
    practice = learner.item(PRACTICE).practice
    assert practice is not None
    return {f"act-{act.key}": how for act, how in zip(practice.acts, hows, strict=True)}


def confirm(observer: PageClient, learner: Learner, code: str, *hows: str):  # type: ignore[no-untyped-def]
    return observer.post("/sign-off/acts", data={"code": code, **acts_of(learner, *(hows or ("alone",) * 3))})


def last_person() -> Person:
    db.session.rollback()
    return db.session.scalars(select(Person).order_by(Person.created_at.desc())).first()  # type: ignore[return-value]


def test_an_observer_sees_the_acts_and_confirms_them(learner: Learner, observer: PageClient) -> None:
    code = take_code(learner)
    acts = observer.post("/sign-off", data={"code": code})
    assert acts.status_code == 200
    for words in ("tự quét mã QR", "bác có đọc tên thành tiếng không?", "Chưa làm được"):
        assert words in acts.text
    assert count(SignOff) == 0
    done = confirm(observer, learner, code)
    assert (done.status_code, done.location) == (303, "/sign-off?done=1")
    assert "Cảm ơn anh chị" in observer.get("/sign-off?done=1").text
    assert (count(SignOff), count(Visit), count(SignOffCode)) == (1, 1, 0)
    assert "đã được xác nhận" in learner.page(PRACTICE)
    assert "Lấy mã" not in learner.page(PRACTICE)


def test_the_learner_page_keeps_notes_for_the_observer_to_itself(learner: Learner) -> None:
    assert "đọc tên thành tiếng" not in learner.page(PRACTICE)


def test_the_code_is_stored_in_no_readable_form(learner: Learner) -> None:
    digits = take_code(learner).replace(" ", "")
    db.session.rollback()
    assert digits not in db.session.scalars(select(SignOffCode.code_hash)).one()


@pytest.mark.parametrize("hows", [("alone", "helped", "alone"), ("helped",) * 3])
def test_help_makes_the_completion_assisted(learner: Learner, observer: PageClient, hows: tuple[str, ...]) -> None:
    confirm(observer, learner, take_code(learner), *hows)
    learner.understand(LESSON)
    learner.understand(DRILL)
    learner.take(KINDS)
    db.session.rollback()
    assert db.session.scalars(select(Completion.mode)).all() == ["assisted"]


def test_seen_and_done_alone_the_completion_is_the_learners_own(learner: Learner, observer: PageClient) -> None:
    learner.understand(LESSON)
    learner.understand(DRILL)
    learner.take(KINDS)
    assert count(Completion) == 0
    confirm(observer, learner, take_code(learner))
    db.session.rollback()
    assert db.session.scalars(select(Completion.mode)).all() == ["self"]


def test_help_with_what_is_not_needed_changes_nothing(learner: Learner, observer: PageClient, tmp_path: Path) -> None:
    folder = copy_of_course(tmp_path / "changed")
    change(folder / "course.yml", "  - thuc-hanh\n", "")
    publish(folder)
    confirm(observer, learner, take_code(learner), "helped", "helped", "helped")
    learner.understand(LESSON)
    learner.understand(DRILL)
    learner.take(KINDS)
    db.session.rollback()
    assert db.session.scalars(select(Completion.mode)).all() == ["self"]


@pytest.mark.parametrize("hows", [("alone", "", "alone"), ("", "", ""), ("alone", "maybe", "alone")])
def test_an_act_that_was_not_seen_confirms_nothing_and_keeps_the_rest(
    learner: Learner, observer: PageClient, hows: tuple[str, ...]
) -> None:
    code = take_code(learner)
    refused = confirm(observer, learner, code, *hows)
    assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)
    assert refused.text.count('value="alone" checked') == hows.count("alone")
    assert (count(SignOff), count(Visit)) == (0, 0)
    assert confirm(observer, learner, code).status_code == 303


def test_nobody_is_their_own_observer(new_learner: NewLearner) -> None:
    person = make_person(name="Lê Văn Tự")
    make_member(make_team("14812"), person)
    both = new_learner()
    sign_in(both.client, person, WayIn.PIN)
    refused = confirm(both.client, both, take_code(both))
    assert (refused.status_code, "Nhờ một người khác" in refused.text) == (409, True)
    assert (count(SignOff), count(Visit)) == (0, 0)


def test_the_same_person_on_another_record_is_no_observer_either(learner: Learner, new_learner: NewLearner) -> None:
    code = take_code(learner)
    guest = last_person()
    person = make_person(name="Lê Văn Tự")
    make_member(make_team("14812"), person)
    db.session.get_one(Person, guest.id).canonical_id = person.id
    other = new_learner()
    sign_in(other.client, person, WayIn.PIN)
    assert confirm(other.client, learner, code).status_code == 409
    assert count(SignOff) == 0


def test_a_used_code_and_one_that_was_replaced_are_refused(learner: Learner, observer: PageClient) -> None:
    first = take_code(learner)
    second = take_code(learner)
    assert confirm(observer, learner, first).status_code == 404
    assert confirm(observer, learner, second).status_code == 303
    again = confirm(observer, learner, second)
    assert (again.status_code, "không đúng hoặc đã quá 30 phút" in again.text) == (404, True)
    assert (count(SignOff), count(Visit)) == (1, 1)


@pytest.mark.parametrize(("minutes", "status"), [(29, 303), (31, 404)])
def test_a_code_is_good_for_half_an_hour(learner: Learner, observer: PageClient, minutes: int, status: int) -> None:
    code = take_code(learner)
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        assert confirm(observer, learner, code).status_code == status


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "' OR 1=1", "000 00"])
def test_what_is_no_code_is_asked_again(learner: Learner, observer: PageClient, code: str) -> None:
    take_code(learner)
    refused = observer.post("/sign-off", data={"code": code})
    assert (refused.status_code, 'aria-invalid="true"' in refused.text) == (404, True)


def test_wrong_codes_are_slowed_down_and_then_even_the_right_one_waits(learner: Learner, observer: PageClient) -> None:
    code = take_code(learner)
    wrong = "000000" if code != "000 000" else "000001"
    statuses = [observer.post("/sign-off", data={"code": wrong}).status_code for _ in range(40)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert observer.post("/sign-off", data={"code": code}).status_code == 429
    assert confirm(observer, learner, code).status_code == 429
    assert count(SignOff) == 0


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["stranger", "guest", "resident", "member by code"])
def test_signing_off_needs_a_role(learner: Learner, new_learner: NewLearner, who: str) -> None:
    code = take_code(learner)
    other = new_learner()
    if who == "guest":
        other.understand(LESSON)
    elif who != "stranger":
        person = make_person(name="Trần Thị Xem")
        if who == "member by code":
            make_member(make_team("14812"), person)
        sign_in(other.client, person, WayIn.CODE if "code" in who else WayIn.PIN)
    for response in (
        other.client.get("/sign-off"),
        other.client.post("/sign-off", data={"code": code}),
        confirm(other.client, learner, code),
    ):
        assert response.status_code in {401, 403}
    assert count(SignOff) == 0


@pytest.mark.sqlite_only
def test_staff_may_observe_too(learner: Learner, new_learner: NewLearner) -> None:
    person = make_staff(Role.TRAINER, None)
    staff = new_learner().client
    sign_in(staff, person, WayIn.STAFF)
    assert confirm(staff, learner, take_code(learner)).status_code == 303


def test_what_was_seen_and_written_is_in_the_own_export(learner: Learner, observer: PageClient) -> None:
    confirm(observer, learner, take_code(learner), "alone", "helped", "alone")
    learner.start(KINDS)
    learner.client.post(learner.at(KINDS, learner.number_of(KINDS, "q-mot")) + "/hints")
    learner.send(KINDS, "q-ke", ["Tôi suýt bị lừa một lần."])
    export = learner.client.get("/me/export.json").json
    record = export["records"][0]
    (seen,) = record["skills_seen"]
    assert (seen["course"], seen["item"]) == ("mau-moi-loai", PRACTICE)
    assert sorted(seen["acts"].values()) == ["alone", "alone", "helped"]
    (attempt,) = record["quiz_attempts"]
    assert attempt["hints_opened"] == ["q-mot"]
    assert ["Tôi suýt bị lừa một lần."] in [answer["response"] for answer in attempt["answers"]]


def test_an_erased_person_leaves_no_sign_off_no_word_and_no_exact_time(learner: Learner, observer: PageClient) -> None:
    confirm(observer, learner, take_code(learner))
    take_code(learner)
    learner.start(KINDS)
    learner.client.post(learner.at(KINDS, learner.number_of(KINDS, "q-mot")) + "/hints")
    learner.answer_all(KINDS)
    erased = learner.client.post("/me/erase", data={"sure": "yes"})
    assert erased.status_code < 400, erased.text
    assert (count(SignOff), count(SignOffCode), count(Visit)) == (0, 0, 0)
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 10
    assert all(answer.response == [] for answer in db.session.scalars(select(Answer)))
    attempt = db.session.scalars(select(Attempt)).one()
    moments = {answer.given_at for answer in db.session.scalars(select(Answer))} | {attempt.started_at}
    moments |= {use.opened_at for use in db.session.scalars(select(HintUse))}
    assert {clock.local(moment).time().isoformat() for moment in moments} == {"00:00:00"}
