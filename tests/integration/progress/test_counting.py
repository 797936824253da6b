"""Who is counted where: the rules of docs/adr/0003-counting-people.md, one by one."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.content.models import Course
from app.extensions import db
from app.people import handlers
from app.people.actions import merge_people, set_residence, unmerge_person
from app.people.erasure import apply_erasure
from app.people.models import Person
from app.places.models import UNKNOWN_PLACE_ID, Place, PlaceSuccession
from app.progress.counting import count_completion, recount_ended_places, recount_places
from app.progress.models import Completion, CountedCompletion
from app.shared import clock
from app.shared.ids import new_id
from tests.factories import make_member, make_person, make_team
from tests.integration.progress.makers import at, communes_of, complete, end_commune, make_course, make_hamlet
from tests.integration.progress.plain_count import Figures, expected_figures, stored_figures


@pytest.fixture
def course(app: Flask) -> Course:
    return make_course("lua-dao")


@pytest.fixture
def commune(app: Flask) -> Place:
    return communes_of("38", 1)[0]


@pytest.fixture
def elsewhere(app: Flask) -> Place:
    return communes_of("86", 1)[0]


def resident_of(commune: Place) -> Person:
    person = make_person()
    set_residence(person_id=person.id, commune_id=commune.id)
    return person


def make_guest() -> Person:
    return make_person(is_registered=False)


def register(person: Person) -> None:
    person.is_registered = True
    handlers.run_on_registration(person.id)


def figures() -> Figures:
    """What is stored, once it is sure that it equals a plain recount."""
    stored = stored_figures()
    assert stored == expected_figures()
    return stored


def completions_in(place_id: object, basis: str = "today", **cut: str) -> int:
    wanted = set(cut.values())
    return sum(n for key, n in figures().completions.items() if key[:2] == (basis, place_id) and wanted <= set(key))


def people_in(place_id: object, group: str = "registered", period: str = "ever", basis: str = "today") -> int:
    return figures().people.get((basis, place_id, group, period), 0)


def test_a_completion_counts_in_its_commune_and_its_province(course: Course, commune: Place) -> None:
    complete(resident_of(commune).id, course, at("2026-11-20"))
    for place_id in (commune.id, commune.parent_id):
        assert completions_in(place_id) == completions_in(place_id, "then") == 1
        assert people_in(place_id, period="admin_month 2026-12") == 1
        assert people_in(place_id, "guest") == 0


def test_half_past_eleven_at_night_in_utc_is_the_next_day_in_vietnam(course: Course, commune: Place) -> None:
    complete(resident_of(commune).id, course, datetime(2026, 11, 14, 23, 30, tzinfo=UTC))
    row = db.session.scalars(select(CountedCompletion)).one()
    assert (row.counted_on, row.half_start) == (date(2026, 11, 15), date(2026, 11, 15))
    assert people_in(commune.id, period="admin_month 2026-12") == 1


def test_a_guest_without_a_commune_counts_in_the_row_for_it(course: Course) -> None:
    complete(make_guest().id, course, at("2026-11-20"))
    assert completions_in(UNKNOWN_PLACE_ID, kind="guest") == 1
    assert people_in(UNKNOWN_PLACE_ID, "guest") == 1
    assert people_in(UNKNOWN_PLACE_ID) == 0


def test_a_guest_who_says_the_commune_later_counts_there_from_the_first_day(course: Course, commune: Place) -> None:
    guest, hamlet = make_guest(), make_hamlet(commune.id, "Đông Sơn")
    completion = complete(guest.id, course, at("2026-09-20"))
    set_residence(person_id=guest.id, commune_id=commune.id, hamlet_id=hamlet.id)
    assert completion is not None
    assert (completion.commune_name, completion.hamlet_name) == (f"{commune.full_name}, Thanh Hóa", "Thôn Đông Sơn")
    assert people_in(commune.id, "guest", "admin_month 2026-10") == 1
    assert completions_in(UNKNOWN_PLACE_ID) == 0


def test_what_was_filled_once_stays_when_the_person_moves(course: Course, commune: Place, elsewhere: Place) -> None:
    guest = make_guest()
    complete(guest.id, course, at("2026-09-20"))
    set_residence(person_id=guest.id, commune_id=commune.id, at=at("2026-10-01"))
    register(guest)
    set_residence(person_id=guest.id, commune_id=elsewhere.id, at=at("2026-11-01"))
    complete(guest.id, make_course("ma-qr"), at("2026-11-20"))
    assert completions_in(commune.id) == completions_in(elsewhere.id) == 1
    assert people_in(commune.id) == people_in(elsewhere.id) == 1


def test_a_guest_who_registers_counts_as_resident_but_the_completion_keeps_its_kind(
    course: Course, commune: Place
) -> None:
    guest = make_guest()
    set_residence(person_id=guest.id, commune_id=commune.id)
    completion = complete(guest.id, course, at("2026-11-20"))
    assert people_in(commune.id) == 0
    register(guest)
    assert completion is not None
    assert completion.learner_kind == "guest"
    assert completions_in(commune.id, kind="resident") == completions_in(commune.id) == 1
    assert (people_in(commune.id), people_in(commune.id, "guest")) == (1, 0)


def test_a_member_counts_in_the_commune_of_the_team_and_at_home_as_a_resident(
    course: Course, commune: Place, elsewhere: Place
) -> None:
    person = resident_of(elsewhere)
    make_member(make_team(commune.code or ""), person).from_at = at("2026-01-01")
    complete(person.id, make_course("vao-to", "team"), at("2026-11-20"))
    complete(person.id, course, at("2026-11-20"))
    assert (people_in(commune.id, "member"), people_in(commune.id, "resident")) == (1, 0)
    assert (people_in(elsewhere.id, "member"), people_in(elsewhere.id, "resident")) == (0, 1)


def test_somebody_in_two_capacities_in_one_commune_is_one_person(course: Course, commune: Place) -> None:
    person = resident_of(commune)
    make_member(make_team(commune.code or ""), person).from_at = at("2026-01-01")
    complete(person.id, make_course("vao-to", "team"), at("2026-11-20"))
    complete(person.id, course, at("2026-11-20"))
    assert completions_in(commune.id) == 2
    assert people_in(commune.id) == people_in(commune.id, "member") == people_in(commune.id, "resident") == 1


def test_a_new_edition_and_a_new_term_are_completions_of_one_person(course: Course, commune: Place) -> None:
    person = resident_of(commune)
    complete(person.id, course, at("2026-09-20"))
    complete(person.id, course, at("2026-10-20"), edition=2)
    complete(person.id, course, at("2026-11-20"), edition=2, term=2)
    assert completions_in(commune.id) == 3
    assert people_in(commune.id, period="year 2026") == 1
    assert people_in(commune.id, period="month 2026-10") == 1


def test_two_records_of_one_person_count_once_and_the_earliest_counts(
    course: Course, commune: Place, elsewhere: Place
) -> None:
    keep, other = resident_of(commune), resident_of(elsewhere)
    complete(keep.id, course, at("2026-11-20"))
    complete(other.id, course, at("2026-09-20"))
    merge_people(keep.id, other.id, None)
    assert (completions_in(commune.id), completions_in(elsewhere.id)) == (0, 1)
    unmerge_person(other.id, None)
    assert (completions_in(commune.id), completions_in(elsewhere.id)) == (1, 1)


def test_a_guest_who_turns_out_to_be_a_resident_counts_as_one(course: Course, commune: Place) -> None:
    resident, guest = resident_of(commune), make_guest()
    set_residence(person_id=guest.id, commune_id=commune.id)
    complete(guest.id, course, at("2026-11-20"))
    merge_people(resident.id, guest.id, None)
    assert (people_in(commune.id), people_in(commune.id, "guest")) == (1, 0)
    unmerge_person(guest.id, None)
    assert (people_in(commune.id), people_in(commune.id, "guest")) == (0, 1)


def test_what_a_merge_would_change_is_said_beforehand(course: Course, commune: Place) -> None:
    resident, guest = resident_of(commune), make_guest()
    complete(resident.id, course, at("2026-11-20"))
    complete(guest.id, course, at("2026-11-20"))
    complete(guest.id, make_course("ma-qr"), at("2026-11-20"))
    effect = merge_people(resident.id, guest.id, None, dry_run=True)
    assert effect.lines == (
        "1 lượt hoàn thành có ở cả hai hồ sơ: mỗi lượt chỉ còn tính một lần.",
        "1 lượt hoàn thành của khách sẽ tính là của người dân.",
    )
    assert merge_people(resident.id, resident_of(commune).id, None, dry_run=True).lines == ()


def test_an_earlier_completion_that_arrives_late_takes_the_place(
    course: Course, commune: Place, elsewhere: Place
) -> None:
    keep, offline = resident_of(commune), resident_of(elsewhere)
    merge_people(keep.id, offline.id, None)
    complete(keep.id, course, at("2026-11-20"), mode="class")
    complete(offline.id, course, at("2026-11-02"))
    assert completions_in(elsewhere.id, mode="self") == 1
    assert completions_in(commune.id) == 0
    assert people_in(elsewhere.id, period="admin_month 2026-11") == 1


def test_counting_a_completion_again_changes_nothing(course: Course, commune: Place) -> None:
    completion = complete(resident_of(commune).id, course, at("2026-11-20"))
    assert completion is not None
    count_completion(completion.person_id)
    assert completions_in(commune.id) == 1


def test_a_commune_that_became_another_keeps_its_then_and_moves_its_today(
    course: Course, commune: Place, elsewhere: Place
) -> None:
    complete(resident_of(commune).id, course, at("2026-11-20"))
    end_commune(commune.id, {elsewhere.id: True})
    recount_places([commune.id])
    assert (completions_in(commune.id, "then"), completions_in(commune.id)) == (1, 0)
    assert (completions_in(elsewhere.id, "then"), completions_in(elsewhere.id)) == (0, 1)
    assert (people_in(commune.parent_id, basis="then"), people_in(elsewhere.parent_id)) == (1, 1)


def test_of_a_split_commune_the_hamlet_says_which_part(course: Course, commune: Place, elsewhere: Place) -> None:
    other_part = communes_of("86", 2)[1]
    hamlet, moved_hamlet = make_hamlet(commune.id, "Bến"), make_hamlet(other_part.id, "Bến")
    hamlet.valid_to = date(2026, 10, 31)
    succession = {"old_id": hamlet.id, "new_id": moved_hamlet.id, "kind": "move", "is_default": True}
    db.session.add(PlaceSuccession(id=new_id(), on_date=date(2026, 11, 1), **succession))
    person = make_person()
    set_residence(person_id=person.id, commune_id=commune.id, hamlet_id=hamlet.id)
    complete(person.id, course, at("2026-10-20"))
    complete(resident_of(commune).id, course, at("2026-10-20"))
    end_commune(commune.id, {elsewhere.id: True, other_part.id: False})
    recount_places([commune.id])
    today = set(db.session.scalars(select(CountedCompletion.commune_today_id)))
    assert today == {elsewhere.id, other_part.id}


def test_a_succession_entered_ahead_moves_figures_on_its_day(course: Course, commune: Place, elsewhere: Place) -> None:
    complete(resident_of(commune).id, course, at("2026-11-20"))
    end_commune(commune.id, {elsewhere.id: True})
    commune.valid_to = date(2026, 12, 31)
    db.session.flush()
    with clock.frozen(at("2026-12-31")):
        assert recount_ended_places() == 0
    with clock.frozen(at("2027-01-01")):
        assert recount_ended_places() == 1
        assert recount_ended_places() == 0
    assert completions_in(elsewhere.id) == 1


def test_erasing_a_person_changes_no_figure_and_keeps_the_half_month_only(course: Course, commune: Place) -> None:
    person = resident_of(commune)
    complete(person.id, course, at("2026-11-27 09:30"))
    before = figures()
    apply_erasure(person.id)
    after = figures()
    assert (after.completions, after.people) == (before.completions, before.people)
    left = db.session.scalars(select(Completion).execution_options(populate_existing=True)).one()
    assert clock.local(left.happened_at) == clock.local(left.received_at) == at("2026-11-15")


def test_counting_takes_four_statements(course: Course, commune: Place) -> None:
    person = resident_of(commune)
    complete(person.id, make_course("ma-qr"), at("2026-10-20"))
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement.split()[0] + " " + statement.split()[2])

    completion = complete(person.id, course, at("2026-11-20"))
    assert completion is not None
    db.session.execute(CountedCompletion.__table__.delete().where(CountedCompletion.course_id == course.id))
    event.listen(db.engine, "before_cursor_execute", note)
    count_completion(completion.person_id)
    event.remove(db.engine, "before_cursor_execute", note)
    # 1) completions and what is stored, 2) the row, 3) completions of places, 4) people of places
    assert [s.split()[0] for s in statements] == ["SELECT", "INSERT", "INSERT", "INSERT"]
