"""Find my commune: any spelling, old names and new, hamlets, and what was nearly right."""

import unicodedata

import pytest

from app.access.actor import ANONYMOUS
from app.places.actions import add_hamlet
from app.places.queries import CommuneMatch, find_communes
from tests.factories import place_id_of

pytestmark = pytest.mark.usefixtures("app")


def codes(text: str, limit: int = 10) -> list[str]:
    return [match.code for match in find_communes(text, limit)]


def first(text: str) -> CommuneMatch:
    return find_communes(text)[0]


@pytest.mark.parametrize(
    ("text", "code", "label"),
    [
        ("xuan tho da lat", "24805", "Phường Xuân Trường - Đà Lạt, Lâm Đồng"),
        ("tan phong thanh phu", "29194", "Xã Đại Điền, Vĩnh Long"),
        ("lam son bim son", "14812", "Phường Bỉm Sơn, Thanh Hóa"),
        ("quang trung kien xuong", "13075", "Xã Kiến Xương, Hưng Yên"),
        ("thieu quang thieu hoa", "15796", "Xã Thiệu Quang, Thanh Hóa"),
        ("an hoi ben tre", "28777", "Phường An Hội, Vĩnh Long"),
    ],
)
def test_the_founding_places_are_found_by_their_old_names(text: str, code: str, label: str) -> None:
    assert (first(text).code, first(text).label) == (code, label)


@pytest.mark.parametrize(
    "text",
    [
        "Xã Xuân Thọ, Thành phố Đà Lạt, Tỉnh Lâm Đồng",
        "xa xuan tho tp. da lat",
        "da lat xuan tho",
        "lam dong  xuan   tho",
        "XUÂN THỌ - ĐÀ LẠT",
        "xuan tho đa lat",
        "X. Xuân Thọ TP Đà Lạt",
        unicodedata.normalize("NFD", "xuân thọ đà lạt"),
        "xuan tho dalat",
        "số 3 đường Hồng Phong, thôn Đa Lộc, xã Xuân Thọ, Đà Lạt",
    ],
)
def test_every_way_to_write_a_commune_finds_it(text: str) -> None:
    assert first(text).code == "24805"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bim son", "14812"),
        ("Xuân Trường Đà Lạt", "24805"),
        ("kien xuong", "13075"),
        ("kien xuong thai binh", "13075"),
        ("ben nghe quan 1", "26740"),
        ("Phú Quốc", "31078"),
    ],
)
def test_a_name_of_today_comes_first(text: str, code: str) -> None:
    assert first(text).code == code
    assert codes(text, limit=1) == [code]


class TestWhatIsTold:
    def test_a_name_of_today_bears_no_former_one(self) -> None:
        assert first("bim son").former_label is None

    def test_a_former_name_says_which(self) -> None:
        assert first("xuan tho da lat").former_label == "Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng"

    def test_a_commune_is_listed_once(self) -> None:
        found = codes("quang trung")
        assert len(found) == len(set(found)) == 10

    @pytest.mark.parametrize(("code", "expected"), [("14812", "14812"), ("14815", "14812"), ("13165", "13075")])
    def test_a_code_finds_its_commune(self, code: str, expected: str) -> None:
        assert first(code).code == expected

    def test_a_district_lists_its_communes_after_the_one_of_its_name(self) -> None:
        assert set(codes("huyện Kiến Xương")[1:]) > {"13120", "13141"}


class TestMarks:
    def test_right_marks_come_first(self) -> None:
        assert first("Thạnh Hóa").full_name == "Xã Thạnh Hóa"
        assert first("Thạnh Hòa").full_name == "Xã Thạnh Hòa"

    @pytest.mark.parametrize("text", ["Hoà Bình Cà Mau", "Hòa Bình Cà Mau", "hoa binh ca mau"])
    def test_the_place_of_the_tone_makes_no_difference(self, text: str) -> None:
        assert first(text).code == "31891"

    def test_i_and_y_make_no_difference(self) -> None:
        assert codes("Mỹ Quý") == codes("Mỹ Quí")


class TestDividedCommunes:
    TEXT = "thi tran thieu hoa"

    def test_every_part_is_shown_the_default_first(self) -> None:
        parts = [match for match in find_communes(self.TEXT) if match.is_split][:3]
        assert [(part.code, part.is_default_part) for part in parts] == [
            ("15772", True),
            ("15796", False),
            ("15835", False),
        ]
        assert {part.former_label for part in parts} == {"Thị trấn Thiệu Hóa, Huyện Thiệu Hóa, Thanh Hóa"}

    def test_parts_stay_together_beyond_the_limit(self) -> None:
        assert set(codes(self.TEXT, limit=1)) == {"15772", "15796", "15835"}

    def test_each_part_names_its_hamlets(self) -> None:
        for name in ("2", "10", "1"):
            add_hamlet(commune_id=place_id_of("15796"), type="thôn", name=name, actor=ANONYMOUS)
        hamlets = {match.code: match.hamlet_names for match in find_communes(self.TEXT) if match.is_split}
        assert hamlets["15796"] == ("Thôn 1", "Thôn 2", "Thôn 10")
        assert hamlets["15772"] == ()


class TestHamlets:
    @pytest.mark.parametrize(
        "text",
        ["thon da loc", "Đa Lộc", "da loc xuan truong da lat", "thôn Đa Lộc xã Xuân Thọ Đà Lạt", "da loc lam dong"],
    )
    def test_a_hamlet_finds_its_commune_under_any_name_of_it(self, text: str) -> None:
        hamlet_id = add_hamlet(commune_id=place_id_of("24805"), type="thôn", name="Đa Lộc", actor=ANONYMOUS)
        match = next(match for match in find_communes(text, 20) if match.hamlet_id)
        assert (match.code, match.hamlet_name, match.hamlet_id) == ("24805", "Thôn Đa Lộc", hamlet_id)

    def test_a_commune_of_the_same_name_comes_before_a_hamlet(self) -> None:
        add_hamlet(commune_id=place_id_of("24805"), type="thôn", name="Bỉm Sơn", actor=ANONYMOUS)
        assert codes("bim son")[0] == "14812"
        assert codes("thôn bỉm sơn")[0] == "24805"


class TestNearlyRight:
    @pytest.mark.parametrize("text", ["bim s", "bim so", "Bỉm S", "bỉm sơ"])
    def test_the_last_word_may_be_unfinished(self, text: str) -> None:
        assert first(text).code == "14812"

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("tân phog thạnh phú", "29194"),
            ("xuan thp da lat", "24805"),
            ("lam sonn bim son", "14812"),
            ("lma son bim son", "14812"),
        ],
    )
    def test_one_wrong_letter_is_forgiven(self, text: str, code: str) -> None:
        assert first(text).code == code

    @pytest.mark.parametrize("text", ["dalat", "Dalat lam dong"])
    def test_two_words_may_be_typed_as_one(self, text: str) -> None:
        assert "24805" in codes(text)

    @pytest.mark.parametrize("text", ["", "   ", "zzz qqq", "%", "_ _", "🙂", "\x00", "bim son 99"])
    def test_nothing_is_found_where_nothing_fits(self, text: str) -> None:
        assert codes(text) == []
