"""Where a person lives: a history, said once by guests."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.people import handlers
from app.people.actions import GuestCommuneAlreadySet, set_residence
from app.people.models import Residence
from app.people.queries import current_residence
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.ids import new_id
from tests.factories import make_person, place_id_of

BIM_SON, XUAN_TRUONG = "14812", "24805"


def test_moving_house_closes_the_former_residence(app: Flask) -> None:
    person = make_person()
    moved_at = now()
    set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON), at=moved_at - timedelta(days=400))
    set_residence(person_id=person.id, commune_id=place_id_of(XUAN_TRUONG), at=moved_at)
    rows = db.session.scalars(select(Residence).order_by(Residence.from_at)).all()
    assert [row.to_at for row in rows] == [moved_at, None]
    home = current_residence(person.id)
    assert home is not None
    assert home.commune_id == place_id_of(XUAN_TRUONG)


def test_a_guest_cannot_change_the_commune(app: Flask) -> None:
    guest = make_person(is_registered=False)
    set_residence(person_id=guest.id, commune_id=place_id_of(BIM_SON))
    with pytest.raises(GuestCommuneAlreadySet):
        set_residence(person_id=guest.id, commune_id=place_id_of(XUAN_TRUONG))


def test_the_same_place_said_twice_stands_once(app: Flask) -> None:
    guest = make_person(is_registered=False)
    for _ in range(2):
        set_residence(person_id=guest.id, commune_id=place_id_of(BIM_SON))
    assert len(db.session.scalars(select(Residence)).all()) == 1


def test_nobody_lives_nowhere(app: Flask) -> None:
    with pytest.raises(NotFound):
        set_residence(person_id=new_id(), commune_id=place_id_of(BIM_SON))
    assert current_residence(make_person().id) is None


def test_the_first_residence_is_told_to_the_packages_above_and_the_second_is_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(handlers, "_offered", handlers.Handlers(on_guest_commune=[told.append]))
    person = make_person()
    set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON))
    set_residence(person_id=person.id, commune_id=place_id_of(XUAN_TRUONG))
    assert told == [person.id]
