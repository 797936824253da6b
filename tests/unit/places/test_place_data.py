"""The shipped lists of places: complete, consistent and true for the places of the founding stories."""

import csv
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "app" / "places" / "data"

Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def units() -> list[Row]:
    return read_rows("units.csv")


@pytest.fixture(scope="module")
def former() -> list[Row]:
    return read_rows("former.csv")


@pytest.fixture(scope="module")
def overrides() -> list[Row]:
    return read_rows("overrides.csv")


@pytest.fixture(scope="module")
def communes(units: list[Row]) -> dict[str, Row]:
    return {row["code"]: row for row in units if row["kind"] == "commune"}


@pytest.fixture(scope="module")
def successors(former: list[Row]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in former:
        rows[row["old_code"]].append(row)
    return rows


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("province", {"tỉnh": 28, "thành phố": 6}),
        ("commune", {"xã": 2621, "phường": 687, "đặc khu": 13}),
    ],
)
def test_units_of_july_2025_are_complete(units: list[Row], kind: str, types: dict[str, int]) -> None:
    assert Counter(row["type"] for row in units if row["kind"] == kind) == types


def test_unit_codes_are_unique_and_of_fixed_length(units: list[Row]) -> None:
    lengths = {"province": 2, "commune": 5}
    assert len({row["code"] for row in units}) == len(units) == 3355
    assert all(row["code"].isdecimal() and len(row["code"]) == lengths[row["kind"]] for row in units)


def test_every_commune_lies_in_a_province_and_no_province_in_anything(units: list[Row]) -> None:
    provinces = {row["code"] for row in units if row["kind"] == "province"}
    assert all((row["parent_code"] in provinces) == (row["kind"] == "commune") for row in units)
    assert {row["parent_code"] for row in units} == provinces | {""}


def test_no_two_communes_of_a_province_have_one_name(communes: dict[str, Row]) -> None:
    names = Counter((row["parent_code"], row["type"], row["name"]) for row in communes.values())
    assert names.most_common(1)[0][1] == 1


def test_every_unit_says_since_when_and_by_which_resolution(units: list[Row]) -> None:
    assert {row["valid_from"] for row in units} == {"2025-07-01"}
    assert {row["legal_basis"] for row in units if row["kind"] == "province"} == {"202/2025/QH15"}
    per_province = {(row["parent_code"], row["legal_basis"]) for row in units if row["kind"] == "commune"}
    assert len(per_province) == len({basis for _, basis in per_province}) == 34


@pytest.mark.parametrize(
    ("code", "type_", "name", "province", "legal_basis"),
    [
        ("14812", "phường", "Bỉm Sơn", "38", "1686/NQ-UBTVQH15"),
        ("24805", "phường", "Xuân Trường - Đà Lạt", "68", "1671/NQ-UBTVQH15"),
        ("28777", "phường", "An Hội", "86", "1687/NQ-UBTVQH15"),
        ("29194", "xã", "Đại Điền", "86", "1687/NQ-UBTVQH15"),
        ("13075", "xã", "Kiến Xương", "33", "1666/NQ-UBTVQH15"),
        ("15796", "xã", "Thiệu Quang", "38", "1686/NQ-UBTVQH15"),
        ("26248", "xã", "Trảng Bom", "75", "1662/NQ-UBTVQH15"),  # its note of 2026 replaced the first one
    ],
)
def test_known_communes_are_as_the_law_names_them(
    communes: dict[str, Row], code: str, type_: str, name: str, province: str, legal_basis: str
) -> None:
    row = communes[code]
    assert (row["type"], row["name"]) == (type_, name)
    assert (row["parent_code"], row["legal_basis"]) == (province, legal_basis)


@pytest.mark.parametrize(
    ("old_code", "place", "new_code"),
    [
        ("24805", "xã Xuân Thọ, Thành phố Đà Lạt, Tỉnh Lâm Đồng", "24805"),
        ("28777", "phường An Hội, Thành phố Bến Tre, Tỉnh Bến Tre", "28777"),
        ("29194", "xã Tân Phong, Huyện Thạnh Phú, Tỉnh Bến Tre", "29194"),
        ("13165", "xã Quang Trung, Huyện Kiến Xương, Tỉnh Thái Bình", "13075"),
        ("15811", "xã Thiệu Quang, Huyện Thiệu Hóa, Tỉnh Thanh Hóa", "15796"),
        ("14815", "phường Lam Sơn, Thị xã Bỉm Sơn, Tỉnh Thanh Hóa", "14812"),
    ],
)
def test_places_of_the_founding_stories_lead_to_todays(
    successors: dict[str, list[Row]], old_code: str, place: str, new_code: str
) -> None:
    (row,) = successors[old_code]
    name = f"{row['old_type']} {row['old_name']}, {row['former_district']}, {row['former_province']}"
    assert (name, row["new_code"], row["is_default"]) == (place, new_code, "1")


def test_former_communes_are_those_of_june_2025(successors: dict[str, list[Row]]) -> None:
    types = Counter(rows[0]["old_type"] for rows in successors.values())
    assert types == {"xã": 7692, "phường": 1726, "thị trấn": 617}
    assert 9_900 <= types.total() <= 10_100


def test_a_former_commune_has_one_description(former: list[Row]) -> None:
    columns = ("old_code", "old_name", "old_type", "former_district", "former_province", "kind")
    described = {tuple(row[column] for column in columns) for row in former}
    assert len(described) == len({row["old_code"] for row in former})


def test_every_successor_exists_and_is_named_once(former: list[Row], communes: dict[str, Row]) -> None:
    pairs = [(row["old_code"], row["new_code"]) for row in former]
    assert {new_code for _, new_code in pairs} <= communes.keys()
    assert len(pairs) == len(set(pairs))


def test_only_the_former_island_districts_have_no_former_commune(former: list[Row], communes: dict[str, Row]) -> None:
    without = communes.keys() - {row["new_code"] for row in former}
    islands = {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}
    assert {communes[code]["name"] for code in without} == islands
    assert {communes[code]["type"] for code in without} == {"đặc khu"}


def test_every_former_commune_has_exactly_one_default(successors: dict[str, list[Row]]) -> None:
    defaults = {old_code: sorted(row["is_default"] for row in rows) for old_code, rows in successors.items()}
    assert all(flags == ["0"] * (len(flags) - 1) + ["1"] for flags in defaults.values())


def test_split_means_more_than_one_successor(successors: dict[str, list[Row]]) -> None:
    assert all((rows[0]["kind"] == "split") == (len(rows) > 1) for rows in successors.values())
    assert 441 <= sum(len(rows) > 1 for rows in successors.values()) <= 471


def test_kinds_follow_the_documented_rule(former: list[Row], communes: dict[str, Row]) -> None:
    sources = Counter(row["new_code"] for row in former)
    for row in former:
        alone = sources[row["new_code"]] == 1
        allowed = {"split", "unchanged", "rename"} if alone else {"split", "merger"}
        assert row["kind"] in allowed, row
        if row["kind"] == "unchanged":
            assert (row["old_code"], row["old_type"]) == (row["new_code"], communes[row["new_code"]]["type"])


def test_overrides_are_applied_and_give_their_reason(overrides: list[Row], successors: dict[str, list[Row]]) -> None:
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in overrides:
        assert row["reason"].strip()
        wanted[row["old_code"]].add((row["new_code"], row["is_default"]))
    for old_code, pairs in wanted.items():
        assert {(row["new_code"], row["is_default"]) for row in successors[old_code]} == pairs


@pytest.mark.parametrize(
    ("old_code", "new_code"),
    [
        ("31379", "31378"),  # Xã Phú Tân, Huyện Châu Thành, Tỉnh Hậu Giang
        ("31582", "31582"),  # Xã Phú Tân, Huyện Châu Thành, Tỉnh Sóc Trăng
        ("28252", "28249"),  # Phường 4, Thành phố Mỹ Tho; that of Cao Lãnh went to Phường Cao Lãnh
        ("28036", "28036"),  # Thị trấn Thủ Thừa, undivided by law
    ],
)
def test_a_commune_is_not_taken_for_its_namesake_or_neighbour(
    successors: dict[str, list[Row]], old_code: str, new_code: str
) -> None:
    assert [row["new_code"] for row in successors[old_code]] == [new_code]


@pytest.mark.parametrize("name", ["units.csv", "former.csv", "overrides.csv"])
def test_files_are_nfc_with_single_spaces_and_lf(name: str) -> None:
    text = (DATA / name).read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "  " not in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", ["units.csv", "former.csv"])
def test_names_have_no_stray_spaces_and_one_apostrophe(name: str) -> None:
    values = [value for row in read_rows(name) for value in row.values()]
    assert all(value == value.strip() for value in values)
    assert not any("'" in value for value in values)


def test_rows_are_sorted_by_code(units: list[Row], former: list[Row], overrides: list[Row]) -> None:
    assert units == sorted(units, key=lambda row: (row["kind"] != "province", row["code"]))
    assert former == sorted(former, key=lambda row: (row["old_code"], row["new_code"]))
    assert overrides == sorted(overrides, key=lambda row: (row["old_code"], row["new_code"]))
