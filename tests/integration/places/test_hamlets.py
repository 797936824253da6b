"""Adding hamlets under a commune of today."""

import pytest
from sqlalchemy import select

from app.access.actor import ANONYMOUS, Actor, WayIn
from app.extensions import db
from app.places.actions import HAMLET_TYPES, add_hamlet
from app.places.errors import HamletExists, HamletNameMissing, UnknownHamletType
from app.places.models import UNKNOWN_PLACE_ID, Place, former_commune_id
from app.places.queries import list_hamlets
from app.shared.clock import today
from app.shared.errors import NotFound
from app.shared.log import LogEntry
from tests.factories import make_person, place_id_of

pytestmark = pytest.mark.usefixtures("app")


def add(name: str, type_word: str = "thôn", code: str = "14812") -> Place:
    hamlet_id = add_hamlet(commune_id=place_id_of(code), type=type_word, name=name, actor=ANONYMOUS)
    return db.session.get_one(Place, hamlet_id)


@pytest.mark.parametrize("type_word", HAMLET_TYPES)
def test_a_hamlet_is_printed_with_its_type(type_word: str) -> None:
    assert add("Đông Hải", type_word).full_name.casefold() == f"{type_word} đông hải"


def test_a_hamlet_lies_in_its_commune_from_today() -> None:
    hamlet = add("  Đông \u200b Hải ")
    assert (hamlet.name, hamlet.search_key, hamlet.valid_from) == ("Đông Hải", "dong hai", today())
    assert [place.id for place in list_hamlets(place_id_of("14812"))] == [hamlet.id]


def test_the_type_word_in_front_of_the_name_is_not_doubled() -> None:
    assert add("Khu phố 3", "khu phố").full_name == "Khu phố 3"
    assert add("Bản Lác", "bản").full_name == "Bản Lác"
    assert add("Thôn", "thôn").full_name == "Thôn Thôn"


@pytest.mark.parametrize(("one", "other"), [("Đông Hải", "dong  hai"), ("1", "01"), ("Hoà An", "Hòa An")])
def test_the_same_hamlet_is_not_added_twice(one: str, other: str) -> None:
    add(one)
    with pytest.raises(HamletExists):
        add(other)


def test_the_same_name_stands_in_another_commune_or_with_another_type() -> None:
    add("1")
    add("1", code="14818")
    add("1", "khu phố")
    assert len(list_hamlets(place_id_of("14812"))) == 2


def test_a_hamlet_that_ended_may_be_added_again() -> None:
    first = add("1")
    first.valid_to = first.valid_from
    db.session.flush()
    assert add("1").id != first.id


@pytest.mark.parametrize("name", ["", "  ", "\x00", "---", "x" * 121])
def test_a_hamlet_needs_a_name(name: str) -> None:
    with pytest.raises(HamletNameMissing):
        add(name)


@pytest.mark.parametrize("type_word", ["", "xã", "huyện", "<b>"])
def test_a_hamlet_needs_a_known_type(type_word: str) -> None:
    with pytest.raises(UnknownHamletType):
        add("1", type_word)


def test_hamlets_stand_only_under_communes_of_today() -> None:
    for place_id in (former_commune_id("14815"), place_id_of("38"), UNKNOWN_PLACE_ID, add("1").id):
        with pytest.raises(NotFound):
            add_hamlet(commune_id=place_id, type="thôn", name="2", actor=ANONYMOUS)


def test_who_added_a_hamlet_is_logged_without_its_name() -> None:
    actor = Actor(way_in=WayIn.STAFF, person_id=make_person().id, session_id="x", is_registered=True)
    hamlet_id = add_hamlet(commune_id=place_id_of("14812"), type="thôn", name="Đông Hải", actor=actor)
    entry = db.session.execute(select(LogEntry).where(LogEntry.object_id == str(hamlet_id))).scalar_one()
    assert (entry.act, entry.actor_id, entry.place_id) == ("add_hamlet", actor.person_id, place_id_of("14812"))
