"""Two records that are one person: only `canonical_id` and who joined whom is written."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people import handlers
from app.people.actions import CannotMerge, NotMerged, merge_people, unmerge_person
from app.people.models import Person
from app.people.one_time import holds_staff_role
from app.shared.errors import NotFound
from app.shared.ids import new_id
from app.shared.log import LogEntry
from tests.factories import make_person, make_staff, sign_in
from tests.page_client import PageClient


def canonical_of(person: Person) -> object:
    return db.session.scalar(select(Person.canonical_id).where(Person.id == person.id))


def test_a_merge_says_who_both_are_and_tells_the_packages_above(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(handlers, "_offered", handlers.Handlers(on_merge=[told.append]))
    keep, other = make_person(), make_person(is_registered=False)
    effect = merge_people(keep.id, other.id, None)
    assert canonical_of(other) == keep.id
    assert effect.record_count == 1
    assert told == [(keep.id, other.id)]
    assert db.session.scalar(select(LogEntry.object_id).where(LogEntry.act == "merge_people")) == str(other.id)


def test_a_dry_run_writes_nothing_and_says_what_would_change(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    effects = handlers.Handlers(merge_effects=[lambda _keep, _other: ["2 lượt hoàn thành"]])
    monkeypatch.setattr(handlers, "_offered", effects)
    keep, other = make_person(), make_person()
    effect = merge_people(keep.id, other.id, None, dry_run=True)
    assert effect.lines == ("2 lượt hoàn thành",)
    assert canonical_of(other) == other.id
    assert db.session.scalar(select(LogEntry.id).where(LogEntry.act == "merge_people")) is None


def test_a_merge_of_what_is_one_already_changes_nothing(app: Flask) -> None:
    keep, other = make_person(), make_person()
    merge_people(keep.id, other.id, None)
    assert merge_people(keep.id, other.id, None).record_count == 0
    assert merge_people(other.id, keep.id, None).record_count == 0


def test_a_registered_record_cannot_join_a_guest(app: Flask) -> None:
    with pytest.raises(CannotMerge):
        merge_people(make_person(is_registered=False).id, make_person().id, None)


def test_nobody_can_be_merged_with_somebody_who_does_not_exist(app: Flask) -> None:
    with pytest.raises(NotFound):
        merge_people(make_person().id, new_id(), None)


def test_undoing_a_merge_takes_along_exactly_those_who_had_joined_before(app: Flask) -> None:
    keep, other = make_person(), make_person()
    guest_of_keep, guest_of_other = make_person(is_registered=False), make_person(is_registered=False)
    merge_people(keep.id, guest_of_keep.id, None)
    merge_people(other.id, guest_of_other.id, None)
    merge_people(keep.id, other.id, None)
    assert canonical_of(guest_of_other) == keep.id
    unmerge_person(other.id, None)
    assert canonical_of(other) == canonical_of(guest_of_other) == other.id
    assert canonical_of(guest_of_keep) == keep.id


def test_who_stands_for_themselves_cannot_be_unmerged(app: Flask) -> None:
    with pytest.raises(NotMerged):
        unmerge_person(make_person().id, None)


def test_a_merged_guests_device_does_not_open_who_it_joined(app: Flask, client: PageClient) -> None:
    hoa, guest = make_person(phone="+84912345678"), make_person(is_registered=False)
    sign_in(client, guest, WayIn.GUEST)
    assert client.get("/me/export.json").status_code == 200
    merge_people(hoa.id, guest.id, None)
    assert client.get("/me/export.json").status_code == 401
    assert client.post("/me/erase", data={"sure": "yes"}).status_code == 401


def test_a_first_pin_code_opens_no_record_of_somebody_on_the_staff(app: Flask) -> None:
    officer, alias = make_staff(Role.OFFICER, "14812"), make_person()
    merge_people(officer.id, alias.id, None)
    assert holds_staff_role(alias.id, db.session)
