"""What a code means today, where a place lies, and what a commune of another day has become."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.access.actor import ANONYMOUS
from app.extensions import db
from app.places.actions import add_hamlet
from app.places.models import (
    UNKNOWN_PLACE_ID,
    Place,
    PlaceSuccession,
    former_commune_id,
    national_place_id,
)
from app.places.queries import (
    EndedPlace,
    PlaceEnded,
    commune_today,
    get_valid_place,
    list_communes,
    list_hamlets,
    list_provinces,
    place_path,
    printed_place,
    province_of,
    resolve_code,
)
from app.shared import clock
from app.shared.errors import NotFound
from app.shared.ids import new_id
from tests.factories import place_id_of

pytestmark = pytest.mark.usefixtures("app")
MERGED_ON = date(2026, 8, 1)


def commune(code: str) -> UUID:
    return national_place_id("commune", code, "2025-07-01")


def merge_into(old_code: str, *new_codes: str) -> tuple[UUID, list[UUID]]:
    """End a commune of today; the first of the new ones is the default."""
    old = db.session.get_one(Place, commune(old_code))
    old.valid_to = MERGED_ON
    for code in new_codes:
        add_succession(old.id, commune(code), is_default=code == new_codes[0])
    db.session.flush()
    return old.id, [commune(code) for code in new_codes]


def add_succession(old_id: UUID, successor_id: UUID, *, is_default: bool = True) -> None:
    db.session.add(
        PlaceSuccession(
            id=new_id(), old_id=old_id, new_id=successor_id, kind="merger", is_default=is_default, on_date=MERGED_ON
        )
    )


class TestCodes:
    @pytest.mark.parametrize(
        ("code", "full_name"),
        [
            ("14812", "Phường Bỉm Sơn"),
            ("24805", "Phường Xuân Trường - Đà Lạt"),
            ("00004", "Phường Ba Đình"),
            ("38", "Tỉnh Thanh Hóa"),
        ],
    )
    def test_a_code_means_the_place_of_today(self, code: str, full_name: str) -> None:
        assert get_valid_place(code).full_name == full_name

    @pytest.mark.parametrize(
        ("code", "label", "successor"),
        [
            ("14815", "Phường Lam Sơn, Thị xã Bỉm Sơn, Thanh Hóa", "14812"),
            ("13165", "Xã Quang Trung, Huyện Kiến Xương, Thái Bình", "13075"),
            ("15811", "Xã Thiệu Quang, Huyện Thiệu Hóa, Thanh Hóa", "15796"),
        ],
    )
    def test_an_ended_code_leads_to_its_successor(self, code: str, label: str, successor: str) -> None:
        ended = resolve_code(code)
        assert isinstance(ended, EndedPlace)
        assert ended.label == label
        assert [(s.place.code, s.is_default) for s in ended.successors] == [(successor, True)]

    def test_a_divided_commune_leads_to_every_part_the_default_first(self) -> None:
        with pytest.raises(PlaceEnded) as refusal:
            get_valid_place("00007")
        defaults = [successor.is_default for successor in refusal.value.ended.successors]
        assert defaults == [True] + [False] * (len(defaults) - 1)
        assert len(defaults) > 1

    @pytest.mark.parametrize(
        "code", ["", "99999", "1481", "148120", "x' OR 1=1", "１４８１２", "-1481", "14812 ", "\x00"]
    )
    def test_what_is_no_code_is_not_found(self, code: str) -> None:
        with pytest.raises(NotFound):
            resolve_code(code)

    def test_a_code_meant_the_former_commune_until_june_2025(self) -> None:
        with clock.frozen(datetime(2025, 6, 1, tzinfo=UTC)):
            assert get_valid_place("24805").full_name == "Xã Xuân Thọ"


class TestWhereAPlaceLies:
    def test_a_commune_is_printed_with_its_province(self) -> None:
        commune_id, province_id = place_id_of("14812"), place_id_of("38")
        printed = printed_place(commune_id)
        assert (printed.label, printed.code, printed.province_id) == ("Phường Bỉm Sơn, Thanh Hóa", "14812", province_id)
        assert place_path(commune_id) == (commune_id, province_id)
        assert place_path(province_id) == (province_id,)
        assert province_of(province_id) == province_id

    def test_a_hamlet_is_printed_after_its_commune(self) -> None:
        commune_id = place_id_of("14812")
        hamlet_id = add_hamlet(commune_id=commune_id, type="khu phố", name="3", actor=ANONYMOUS)
        assert printed_place(hamlet_id).label == "Phường Bỉm Sơn, Thanh Hóa · Khu phố 3"
        assert place_path(hamlet_id) == (hamlet_id, commune_id, place_id_of("38"))

    def test_the_unknown_commune_lies_in_itself(self) -> None:
        assert province_of(UNKNOWN_PLACE_ID) == UNKNOWN_PLACE_ID
        assert place_path(UNKNOWN_PLACE_ID) == (UNKNOWN_PLACE_ID,)
        assert printed_place(UNKNOWN_PLACE_ID).label == "Chưa rõ xã"

    def test_a_former_commune_keeps_the_name_of_its_province(self) -> None:
        printed = printed_place(former_commune_id("29194"))
        assert printed.label == "Xã Tân Phong, Bến Tre"
        assert printed.province_id == place_id_of("86")

    def test_nowhere_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            printed_place(new_id())

    def test_lists_hold_the_places_of_today_in_order(self) -> None:
        names = [province.name for province in list_provinces()]
        assert len(names) == 34
        assert names[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
        communes = list_communes(place_id_of("38"))
        assert len(communes) == 166
        assert {commune.province_name for commune in communes} == {"Thanh Hóa"}

    def test_hamlets_stand_in_the_order_of_their_numbers(self) -> None:
        commune_id = place_id_of("14812")
        for name in ("10", "2", "Đông", "1 Bắc"):
            add_hamlet(commune_id=commune_id, type="thôn", name=name, actor=ANONYMOUS)
        assert [hamlet.name for hamlet in list_hamlets(commune_id)] == ["1 Bắc", "2", "10", "Đông"]


class TestCommuneToday:
    def test_a_valid_commune_is_itself(self) -> None:
        commune_id = place_id_of("14812")
        assert commune_today(commune_id) == commune_id
        assert commune_today(UNKNOWN_PLACE_ID) == UNKNOWN_PLACE_ID

    def test_a_former_commune_is_followed_to_today(self) -> None:
        assert commune_today(former_commune_id("14815")) == place_id_of("14812")

    def test_a_chain_of_mergers_is_followed_to_its_end(self) -> None:
        merge_into("14812", "14818")
        assert commune_today(former_commune_id("14815")) == place_id_of("14818")

    def test_a_merger_is_seen_in_its_own_transaction(self) -> None:
        commune_id = place_id_of("14812")
        assert commune_today(commune_id) == commune_id
        old_id, (new_place,) = merge_into("14812", "14818")
        assert commune_today(old_id) == new_place

    def test_of_a_divided_commune_the_hamlet_decides(self) -> None:
        commune_id = place_id_of("14812")
        hamlet_id = add_hamlet(commune_id=commune_id, type="thôn", name="Đoài", actor=ANONYMOUS)
        old_id, (default, other) = merge_into("14812", "14818", "24805")
        db.session.get_one(Place, hamlet_id).parent_id = other
        db.session.flush()
        assert commune_today(old_id) == default
        assert commune_today(old_id, hamlet_id) == other

    def test_a_hamlet_that_did_not_follow_leaves_the_default(self) -> None:
        hamlet_id = add_hamlet(commune_id=place_id_of("13075"), type="thôn", name="Xa", actor=ANONYMOUS)
        old_id, (default, _) = merge_into("14812", "14818", "24805")
        assert commune_today(old_id, hamlet_id) == default
        assert commune_today(old_id, new_id()) == default

    def test_a_hamlet_replaced_by_another_leads_on(self) -> None:
        commune_id = place_id_of("14812")
        hamlet_id = add_hamlet(commune_id=commune_id, type="thôn", name="Đoài", actor=ANONYMOUS)
        old_id, (_, other) = merge_into("14812", "14818", "24805")
        new_hamlet = add_hamlet(commune_id=other, type="thôn", name="Đoài", actor=ANONYMOUS)
        db.session.get_one(Place, hamlet_id).valid_to = MERGED_ON
        add_succession(hamlet_id, new_hamlet)
        db.session.flush()
        assert commune_today(old_id, hamlet_id) == other

    def test_a_faulty_circle_ends(self) -> None:
        merge_into("14812", "14818")
        merge_into("14818", "14812")
        assert commune_today(commune("14812")) in {commune("14812"), commune("14818")}
