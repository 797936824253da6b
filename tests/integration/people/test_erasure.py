"""Erasing a person (design §4.11), and a person's own data as JSON."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Actor, Role, WayIn
from app.config import Settings
from app.extensions import db
from app.people import handlers
from app.people.actions import merge_people, set_residence
from app.people.consent import LEARNING_RECORD, give_consent, has_consented, list_consents, withdraw_consent
from app.people.erasure import (
    BELONGS_TO_PERSON,
    Erasure,
    UnreadableErasureList,
    append_erasures,
    apply_erasure,
    erase_person,
    read_erasures,
)
from app.people.export import export_person
from app.people.grants import LastOperator, grants_snapshot
from app.people.guests import create_guest
from app.people.models import Consent, OneTimeSecret, Person, PinCredential, SignInSession
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.ids import new_id
from tests.factories import make_grant, make_member, make_person, make_staff, make_team, place_id_of, sign_in

BIM_SON = "14812"


def actor_of(person: Person) -> Actor:
    return Actor(way_in=WayIn.PIN, person_id=person.id, session_id="x", is_registered=person.is_registered)


def full_person(client) -> Person:  # type: ignore[no-untyped-def]
    """Somebody about whom every table of this package holds something."""
    person = make_person(phone="+84912345678")
    person.birth_year = 1957
    set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON))
    give_consent(person_id=person.id, purpose=LEARNING_RECORD)
    make_member(make_team(BIM_SON), person)
    make_grant(person, Role.TRAINER, None)
    moment = now()
    secret = {"secret_hash": "h", "purpose": "first_pin", "issued_at": moment, "expires_at": moment}
    db.session.add(OneTimeSecret(id=new_id(), person_id=person.id, **secret))
    db.session.add(PinCredential(person_id=person.id, pin_hash="-", set_at=moment))
    sign_in(client, person, WayIn.PIN)
    return person


def rows_about(person: Person) -> int:
    return sum(
        db.session.scalar(select(func.count()).select_from(model).where(model.person_id == person.id)) or 0
        for model in BELONGS_TO_PERSON
    )


def test_an_erased_person_leaves_an_empty_row_and_no_way_in(app: Flask, client, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    person = full_person(client)
    erase_person(person.id, actor_of(person))
    db.session.commit()
    assert (person.name, person.phone, person.birth_year, person.registered_at) == (None, None, None, None)
    assert person.created_at == person.erased_at
    assert rows_about(person) == 0
    assert grants_snapshot(person.id) == []
    assert not has_consented(person.id, LEARNING_RECORD)
    assert [erasure.person_id for erasure in read_erasures(settings.erasure_list)] == [person.id]


def test_what_figures_are_made_from_stays_after_an_erasure(app: Flask, client) -> None:  # type: ignore[no-untyped-def]
    person = full_person(client)
    erase_person(person.id, actor_of(person))
    assert person.is_registered
    assert person.canonical_id == person.id


def test_every_record_of_the_person_is_erased_and_told_to_the_packages_above(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(handlers, "_offered", handlers.Handlers(on_erase=[told.append]))
    person, guest_id, stranger = make_person(), create_guest(), make_person()
    merge_people(person.id, guest_id, None)
    erase_person(guest_id, actor_of(person))
    assert told == [person.id, guest_id]
    assert [erasure.person_id for erasure in read_erasures(settings.erasure_list)] == [person.id, guest_id]
    assert stranger.name is not None


def test_an_erasure_can_be_applied_again_after_a_restore(app: Flask, client) -> None:  # type: ignore[no-untyped-def]
    person, erased_at = full_person(client), now() - timedelta(days=3)
    assert apply_erasure(person.id, erased_at)
    assert apply_erasure(person.id, now())
    assert person.erased_at == erased_at
    assert not apply_erasure(new_id(), now())


def test_a_person_who_signs_in_to_a_guest_that_is_erased_keeps_the_session(app: Flask, client) -> None:  # type: ignore[no-untyped-def]
    person, guest_id = make_person(), create_guest()
    opened = sign_in(client, person, WayIn.PIN, guest_person_id=guest_id)
    apply_erasure(guest_id)
    query = select(SignInSession.guest_person_id, SignInSession.ended_at).where(SignInSession.id == opened.id)
    assert db.session.execute(query).one() == (None, None)


def test_nobody_is_erased_twice_and_nothing_is_noted_for_nobody(app: Flask, settings: Settings) -> None:
    person = make_person()
    erase_person(person.id, actor_of(person))
    with pytest.raises(NotFound):
        erase_person(person.id, actor_of(person))
    assert len(list(read_erasures(settings.erasure_list))) == 1


def test_the_last_operator_cannot_leave(app: Flask, settings: Settings) -> None:
    operator = make_staff(Role.OPERATOR, None)
    with pytest.raises(LastOperator):
        erase_person(operator.id, actor_of(operator))
    assert not settings.erasure_list.exists()


def test_the_erasure_list_grows_by_whole_lines_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "erasures.jsonl"
    first, second = Erasure(new_id(), now()), Erasure(new_id(), now())
    append_erasures(path, [first])
    append_erasures(path, [second])
    assert list(read_erasures(path)) == [first, second]
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text().splitlines()[0])["person_id"] == str(first.person_id)


@pytest.mark.parametrize("line", ["{", "[]", '{"person_id": "x", "erased_at": "y"}', '{"person_id": null}'])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "erasures.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(UnreadableErasureList, match=r"erasures\.jsonl:1: "):
        list(read_erasures(path))


def test_a_consent_withdrawn_stays_as_evidence_and_can_be_given_again(app: Flask) -> None:
    person = make_person()
    for _ in range(2):
        give_consent(person_id=person.id, purpose=LEARNING_RECORD)
    withdraw_consent(person_id=person.id, purpose=LEARNING_RECORD)
    withdraw_consent(person_id=person.id, purpose=LEARNING_RECORD)
    assert not has_consented(person.id, LEARNING_RECORD)
    give_consent(person_id=person.id, purpose=LEARNING_RECORD)
    assert [consent.withdrawn_at is None for consent in list_consents(person.id)] == [True, False]
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 2


def test_a_purpose_that_does_not_exist_cannot_be_withdrawn(app: Flask) -> None:
    with pytest.raises(NotFound):
        withdraw_consent(person_id=make_person().id, purpose="nothing")


def test_the_export_holds_all_that_is_kept_and_no_hash(app: Flask, client, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(handlers, "_offered", handlers.Handlers(on_export=[lambda _: {"completions": [1]}]))
    person, guest_id = full_person(client), create_guest()
    merge_people(person.id, guest_id, None)
    exported = export_person(guest_id)
    own, guest = exported["records"]
    assert (own["name"], own["phone"], own["birth_year"]) == ("Nguyễn Thị Hoa", "+84912345678", 1957)
    assert own["residences"][0]["commune"] == "Phường Bỉm Sơn, Thanh Hóa"
    assert own["teams"][0]["team"] == "Tổ công nghệ số 1"
    assert own["roles"][0]["role"] == "trainer"
    assert own["consents"][0]["purpose"] == LEARNING_RECORD
    assert own["completions"] == [1]
    assert guest["id"] == str(guest_id)
    assert "hash" not in json.dumps(exported)
