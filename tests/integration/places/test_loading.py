"""Loading the national list: complete, harmless when repeated, and never over what people entered."""

import threading
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from app import create_app
from app.access.actor import ANONYMOUS
from app.extensions import db
from app.places import files, loading
from app.places.actions import add_hamlet, correct_successions, load_places
from app.places.models import (
    UNKNOWN_PLACE_ID,
    FindableName,
    Place,
    PlaceList,
    PlaceName,
    PlaceSuccession,
    former_commune_id,
    national_place_id,
)
from app.places.naming import search_key
from app.places.queries import commune_today, find_communes
from app.shared.clock import today
from app.shared.ids import new_id
from app.shared.log import LogEntry
from tests.databases import POSTGRESQL, Databases, make_settings
from tests.factories import place_id_of

BIM_SON = national_place_id("commune", "14812", "2025-07-01")
HEAD = "old_code,new_code,is_default,reason\n"


@pytest.fixture
def new_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next load sees other files than the last one."""
    monkeypatch.setattr(loading, "LAYOUT", 0)


def count(model: type) -> int:
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def successors_of(code: str) -> dict[str, bool]:
    """Code of each successor of a former commune → whether it is the default."""
    rows = db.session.execute(
        select(Place.code, PlaceSuccession.is_default)
        .join(Place, Place.id == PlaceSuccession.new_id)
        .where(PlaceSuccession.old_id == former_commune_id(code))
    )
    return {row.code: row.is_default for row in rows}


def test_the_whole_list_is_there(app: Flask) -> None:
    report = load_places()
    assert (report.provinces, report.communes, report.former_communes) == (34, 3321, 10035)
    assert (report.successions, report.written) == (10567, 0)
    of_today = select(Place.type, func.count()).where(Place.kind == "commune", Place.valid_to.is_(None))
    types = {row.type: row.count for row in db.session.execute(of_today.group_by(Place.type))}
    assert types == {"xã": 2621, "phường": 687, "đặc khu": 13}


def test_the_unknown_commune_is_a_row_of_its_own(app: Flask) -> None:
    unknown = db.session.get(Place, UNKNOWN_PLACE_ID)
    assert unknown is not None
    assert (unknown.kind, unknown.full_name, unknown.code) == ("unknown", "Chưa rõ xã", None)


def test_corrections_of_the_source_carry_their_reason(app: Flask) -> None:
    reason = db.session.execute(
        select(PlaceSuccession.note).where(PlaceSuccession.old_id == former_commune_id("31379"))
    ).scalar_one()
    assert reason
    assert reason == files.shipped_reasons()["31379"]


def test_loading_twice_changes_nothing(app: Flask, new_release: None) -> None:
    before = count(Place), count(PlaceSuccession), count(FindableName)
    assert load_places().written == 0
    assert (count(Place), count(PlaceSuccession), count(FindableName)) == before


def test_a_list_that_was_loaded_is_not_read_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "shipped_rows", None)
    assert load_places().communes == 3321


def test_a_new_release_adds_and_corrects(app: Flask, new_release: None) -> None:
    db.session.execute(update(Place).where(Place.id == BIM_SON).values(name="Bim Son"))
    db.session.execute(delete(FindableName))
    db.session.execute(delete(PlaceSuccession).where(PlaceSuccession.old_id == former_commune_id("14815")))
    assert load_places().written == 2
    assert successors_of("14815") == {"14812": True}
    assert [match.full_name for match in find_communes("lam son bim son")] == ["Phường Bỉm Sơn"]


def test_a_successor_that_a_new_release_drops_is_dropped(app: Flask, new_release: None) -> None:
    old_id, new_place = former_commune_id("14815"), national_place_id("commune", "24805", "2025-07-01")
    row = loading.succession_values("14815", "24805", kind="split", is_default=False, note=None)
    db.session.add(PlaceSuccession(**row))
    db.session.flush()
    assert (row["old_id"], row["new_id"]) == (old_id, new_place)
    load_places()
    assert successors_of("14815") == {"14812": True}


def test_hamlets_and_renamed_places_stay_as_people_left_them(app: Flask, new_release: None) -> None:
    hamlet_id = add_hamlet(commune_id=BIM_SON, type="khu phố", name="Đông Thôn", actor=ANONYMOUS)
    db.session.execute(update(Place).where(Place.id == BIM_SON).values(name="Bỉm Sơn Mới", search_key="bim son moi"))
    db.session.add(earlier_name(BIM_SON, "Bỉm Sơn"))
    db.session.flush()
    load_places()
    commune, hamlet = db.session.get(Place, BIM_SON), db.session.get(Place, hamlet_id)
    assert commune is not None
    assert hamlet is not None
    assert (commune.name, hamlet.parent_id) == ("Bỉm Sơn Mới", BIM_SON)
    assert [match.full_name for match in find_communes("dong thon bim son")] == ["Phường Bỉm Sơn Mới"]
    (found,) = find_communes("phuong bim son thanh hoa")[:1]
    assert (found.full_name, found.former_label) == ("Phường Bỉm Sơn Mới", "Phường Bỉm Sơn, Thanh Hóa")


def earlier_name(place_id: UUID, name: str) -> PlaceName:
    return PlaceName(
        id=new_id(), place_id=place_id, type="phường", name=name, search_key=search_key(name), valid_to=today()
    )


@pytest.mark.usefixtures("app")
class TestOverrides:
    def load(self, tmp_path: Path, lines: str) -> int:
        path = tmp_path / "overrides.csv"
        path.write_text(HEAD + lines, encoding="utf-8")
        return correct_successions(path).written

    def test_an_operators_mapping_replaces_the_shipped_one(self, tmp_path: Path) -> None:
        assert self.load(tmp_path, "14815,14812,0,Thôn 1\n14815,24805,1,Phần còn lại\n") == 2
        assert successors_of("14815") == {"14812": False, "24805": True}
        assert commune_today(former_commune_id("14815")) == place_id_of("24805")
        labels = [(match.code, match.is_default_part, match.is_split) for match in find_communes("lam son bim son")]
        assert labels == [("24805", True, True), ("14812", False, True)]

    def test_the_same_file_twice_writes_once(self, tmp_path: Path) -> None:
        self.load(tmp_path, "14815,24805,1,Nhầm\n")
        assert self.load(tmp_path, "14815,24805,1,Nhầm\n") == 0

    @pytest.mark.usefixtures("new_release")
    def test_a_new_release_leaves_an_operators_mapping(self, tmp_path: Path) -> None:
        self.load(tmp_path, "14815,24805,1,Nhầm\n")
        db.session.execute(update(PlaceList).values(digest="another"))
        load_places()
        assert successors_of("14815") == {"24805": True}

    def test_a_correction_is_logged(self, tmp_path: Path) -> None:
        self.load(tmp_path, "14815,24805,1,Nhầm\n")
        acts = db.session.scalars(select(LogEntry.act).where(LogEntry.object_id == str(former_commune_id("14815"))))
        assert list(acts) == ["correct_succession"]


@pytest.mark.postgres
def test_two_nodes_that_start_at_once_load_once(databases: Databases, tmp_path: Path) -> None:
    app = create_app(make_settings(databases.fresh(POSTGRESQL), tmp_path))
    written: list[int] = []

    def start() -> None:
        with app.app_context():
            written.append(load_places().written)
            db.session.commit()

    with app.app_context():
        db.session.execute(update(PlaceList).values(digest=""))
        db.session.execute(delete(PlaceSuccession))
        db.session.commit()
        nodes = [threading.Thread(target=start) for _ in range(2)]
        for node in nodes:
            node.start()
        for node in nodes:
            node.join()
        assert sorted(written) == [0, 10567]
        assert (count(PlaceSuccession), count(FindableName)) == (10567, 13356)
        db.session.remove()
        db.engine.dispose()
