"""Every column that names a person is dealt with when that person is erased or merged; a new one must be listed."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Column, Uuid, func, insert, select, update

from app.access.actor import Actor
from app.extensions import db
from app.people.actions import merge_people
from app.people.erasure import erase_person
from app.people.models import Person
from app.progress.models import Answer, Attempt
from app.shared.clock import local
from tests.every_table import all_rows, fill_every_table, make_row
from tests.factories import make_person

GONE, STAYS, UNLINKED = "gone", "stays", "unlinked"
AFTER_ERASURE = {
    "answer_mark.marker_id": STAYS,
    "attempt.person_id": STAYS,  # which questions people get wrong; its times are cut to the half-month
    "attempt.recorder_id": STAYS,
    "card.person_id": GONE,
    "completion.person_id": STAYS,  # no figure may change
    "completion.recorder_id": STAYS,
    "consent.asked_by": STAYS,
    "consent.person_id": STAYS,  # withdrawn; kept as evidence
    "course_draft.approved_by": STAYS,
    "course_draft.deleted_by": STAYS,
    "course_draft.owner_id": STAYS,  # whose course it is, under an id that names nobody any more
    "course_draft.scheduled_by": STAYS,
    "course_draft.submitted_by": STAYS,
    "course_draft.updated_by": STAYS,
    "course_version.published_by": STAYS,
    "draft_event.actor_id": STAYS,
    "draft_file.deleted_by": STAYS,
    "draft_file.updated_by": STAYS,
    "draft_revision.saved_by": STAYS,
    "field_comment.handled_by": STAYS,
    "field_comment.person_id": GONE,
    "hard_spot.person_id": GONE,
    "known_device.person_id": GONE,
    "learning_code.person_id": GONE,
    "log.actor_id": STAYS,  # insert-only, and names nobody
    "one_time_secret.issued_by": STAYS,
    "one_time_secret.person_id": GONE,
    "pin_credential.person_id": GONE,
    "recovery_code.person_id": GONE,
    "residence.person_id": GONE,
    "review_rule.set_by": STAYS,
    "role_grant.granted_by": STAYS,
    "role_grant.person_id": STAYS,  # ended
    "session.guest_person_id": UNLINKED,
    "sign_off.observer_id": STAYS,
    "sign_off.person_id": GONE,
    "sign_off_code.person_id": GONE,
    "session.person_id": GONE,
    "staff_account.person_id": GONE,
    "submission.person_id": GONE,
    "team_membership.given_by": STAYS,
    "team_membership.person_id": STAYS,  # ended
    "visit.person_id": GONE,
    "visit.recorder_id": STAYS,
    "withdrawn_item.withdrawn_by": STAYS,
}
RECOMPUTED = {
    "counted_completion.canonical_id": "from completions",
    "person.canonical_id": "the one thing that a merge sets",
    "person.created_by": "emptied with the row",
    "person.merged_into_id": "what a merge remembers, so that it can be undone",
}
MOVED_BY_A_MERGE = {"person", "counted_completion", "counter", "people_counter", "log", "learning_code", "session"}
"""Codes and sessions end: what opened a guest must not open somebody registered."""
MEANINGFUL = {
    "completion": {"learner_kind": "resident", "mode": "self", "term": 7},
    "course_draft": {"course_id": None},
    "course_version": {"number": 99},
    "draft_revision": {"number": 99},
    "review_rule": {"place_id": None},
    "visit": {"term": 7},
}
"""Columns for which not every value that `make_row` invents will do."""


WHO = {"actor_id", "recorder_id", "canonical_id", "observer_id", "marker_id"}


def columns_that_name_a_person() -> Iterator[Column[UUID]]:
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            points_to_person = any(key.column.table.name == "person" for key in column.foreign_keys)
            says_who = column.name.endswith("_by") or column.name in WHO
            if points_to_person or (isinstance(column.type, Uuid) and says_who):
                yield column


def rows_naming(person_id: UUID) -> dict[str, int]:
    """ "table.column" → number of rows that name the person there."""
    return {
        str(column): db.session.scalar(select(func.count()).select_from(column.table).where(column == person_id)) or 0
        for column in columns_that_name_a_person()
    }


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody who is named once in every column that can name a person, among rows about others."""
    connection = db.session.connection()
    fill_every_table(connection)
    made = make_person()
    for column in columns_that_name_a_person():
        if str(column) in AFTER_ERASURE:
            row = {
                **make_row(connection, column.table, 1),
                **MEANINGFUL.get(column.table.name, {}),
                column.name: made.id,
            }
            connection.execute(insert(column.table), row)
    db.session.flush()
    return made


def test_every_column_that_names_a_person_is_listed() -> None:
    found = {str(column) for column in columns_that_name_a_person()}
    assert found == set(AFTER_ERASURE) | set(RECOMPUTED)


def test_erasing_does_to_every_row_what_is_listed(person: Person) -> None:
    before = rows_naming(person.id)
    erase_person(person.id, Actor())
    after = rows_naming(person.id)
    wrong = {}
    for name, outcome in AFTER_ERASURE.items():
        expected = before[name] if outcome == STAYS else 0
        if not before[name] or after[name] != expected:
            wrong[name] = f"{outcome}: {before[name]} before, {after[name]} after"
    assert wrong == {}


def test_erasing_leaves_no_words_and_no_exact_time_of_learning(person: Person) -> None:
    attempt_id = db.session.scalar(select(Attempt.id).where(Attempt.person_id == person.id))
    db.session.execute(update(Answer).values(attempt_id=attempt_id, response=["mật khẩu của tôi"]))
    erase_person(person.id, Actor())
    assert set(map(tuple, db.session.scalars(select(Answer.response)))) == {()}
    attempt = db.session.get_one(Attempt, attempt_id)
    assert {local(attempt.started_at).day, local(attempt.started_at).hour} <= {1, 15, 0}


def test_merging_moves_nothing_but_who_somebody_is_today(person: Person) -> None:
    other = make_person(name="Người giữ lại")
    before = all_rows(db.session.connection())
    merge_people(keep_id=other.id, other_id=person.id, actor=Actor())
    after = all_rows(db.session.connection())
    assert {name for name in before if before[name] != after[name]} <= MOVED_BY_A_MERGE
