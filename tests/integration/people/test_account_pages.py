"""The own account: correcting, moving house, consent, a copy of one's data, erasure."""

import json
from uuid import UUID

import pytest
from sqlalchemy import select

from app.access.actor import Actor, Role, WayIn
from app.config import Settings
from app.extensions import db
from app.people.consent import CONTACT, LEARNING_RECORD, has_consented
from app.people.erasure import read_erasures
from app.people.models import Person, PinCredential, SignInSession
from app.people.pins import hash_pin, is_right
from app.people.queries import current_residence
from app.places.actions import add_hamlet
from app.shared.clock import now
from tests.factories import make_person, make_staff, place_id_of, sign_in
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
BIM_SON, XUAN_TRUONG = "14812", "24805"
PIN, PHONE, OTHER_PHONE = "493817", "+84912345678", "+84987000111"
DETAILS = {"name": "Trần Thị Hoa", "birth_year": "1957", "phone": "0912 345 678", "pin": ""}


def set_pin(person: Person, pin: str = PIN) -> None:
    db.session.add(PinCredential(person_id=person.id, pin_hash=hash_pin(pin, person.phone), set_at=now()))
    db.session.flush()


@pytest.fixture
def resident(client: PageClient) -> Person:
    """A resident with phone and PIN, signed in on `client`."""
    person = make_person(phone=PHONE)
    set_pin(person)
    sign_in(client, person, WayIn.PIN)
    return person


@pytest.fixture
def guest(client: PageClient) -> Person:
    person = make_person(is_registered=False)
    sign_in(client, person, WayIn.GUEST)
    return person


def stored(person: Person) -> Person:
    db.session.refresh(person)
    return person


def make_hamlet(commune_code: str) -> UUID:
    """Khu phố 3 of the commune."""
    officer = Actor(way_in=WayIn.STAFF, person_id=make_staff(Role.OFFICER, commune_code).id)
    return add_hamlet(commune_id=place_id_of(commune_code), type="khu phố", name="3", actor=officer)


class TestCorrecting:
    @pytest.mark.usefixtures("resident")
    def test_a_person_sees_what_is_known(self, client: PageClient) -> None:
        page = client.get("/me/account").text
        assert 'value="Nguyễn Thị Hoa"' in page
        assert 'value="0912 345 678"' in page

    def test_name_and_birth_year_are_corrected_without_a_pin(self, client: PageClient, resident: Person) -> None:
        assert client.post("/me/account", data=DETAILS).status_code == 303
        person = stored(resident)
        assert (person.name, person.birth_year, person.phone) == ("Trần Thị Hoa", 1957, PHONE)

    def test_a_new_phone_number_needs_the_pin(self, client: PageClient, resident: Person) -> None:
        response = client.post("/me/account", data={**DETAILS, "phone": "0987000111"})
        assert response.status_code == 422
        assert "Đổi số điện thoại thì cần mã PIN" in response.text
        assert 'value="0987000111"' in response.text
        assert stored(resident).phone == PHONE

    def test_a_wrong_pin_does_not_change_the_number(self, client: PageClient, resident: Person) -> None:
        response = client.post("/me/account", data={**DETAILS, "phone": "0987000111", "pin": "493818"})
        assert response.status_code == 422
        assert "Mã PIN chưa đúng" in response.text
        assert stored(resident).phone == PHONE

    def test_guessing_the_pin_here_is_slowed_down(self, client: PageClient, resident: Person) -> None:
        data = {**DETAILS, "phone": "0987000111"}
        for _ in range(5):
            assert client.post("/me/account", data={**data, "pin": "493818"}).status_code == 422
        assert client.post("/me/account", data={**data, "pin": PIN}).status_code == 429
        assert stored(resident).phone == PHONE

    def test_the_right_pin_changes_the_number_and_goes_with_it(self, client: PageClient, resident: Person) -> None:
        assert client.post("/me/account", data={**DETAILS, "phone": "0987000111", "pin": PIN}).status_code == 303
        assert stored(resident).phone == OTHER_PHONE
        pin_hash = db.session.get_one(PinCredential, resident.id, populate_existing=True).pin_hash
        assert is_right(PIN, pin_hash)

    def test_a_number_on_which_somebody_has_the_same_pin_is_refused(self, client: PageClient, resident: Person) -> None:
        set_pin(make_person(name="Người khác", phone=OTHER_PHONE))
        response = client.post("/me/account", data={**DETAILS, "phone": "0987000111", "pin": PIN})
        assert response.status_code == 422
        assert "Người khác" not in response.text
        assert stored(resident).phone == PHONE

    @pytest.mark.usefixtures("resident")
    def test_a_faulty_form_is_shown_again(self, client: PageClient) -> None:
        response = client.post("/me/account", data={**DETAILS, "name": "", "birth_year": "57"})
        assert response.status_code == 422
        assert "Ghi họ và tên giúp" in response.text
        assert "Năm sinh có 4 số" in response.text

    def test_a_guest_has_nothing_to_correct(self, client: PageClient, guest: Person) -> None:
        assert 'name="phone"' not in client.get("/me/account").text
        assert client.post("/me/account", data=DETAILS).status_code == 404
        assert stored(guest).name is None


class TestMovingHouse:
    def test_a_resident_moves_to_a_hamlet(self, client: PageClient, resident: Person) -> None:
        hamlet_id = make_hamlet(BIM_SON)
        client.post(f"/me/account/home/{XUAN_TRUONG}", data={})
        assert f"/me/account/home/{BIM_SON}" in client.get("/me/account/home?q=bim+son").text
        assert "Khu phố 3" in client.get(f"/me/account/home/{BIM_SON}").text
        assert client.post(f"/me/account/home/{BIM_SON}", data={"hamlet": str(hamlet_id)}).status_code == 303
        home = current_residence(resident.id)
        assert home is not None
        assert (home.commune_id, home.hamlet_id) == (place_id_of(BIM_SON), hamlet_id)
        assert "Phường Bỉm Sơn, Thanh Hóa · Khu phố 3" in client.get("/me/account").text

    def test_a_guest_says_once_where_they_live(self, client: PageClient, guest: Person) -> None:
        assert client.post(f"/me/account/home/{BIM_SON}", data={}).status_code == 303
        assert client.post(f"/me/account/home/{XUAN_TRUONG}", data={}).status_code == 409
        home = current_residence(guest.id)
        assert home is not None
        assert home.commune_id == place_id_of(BIM_SON)

    @pytest.mark.parametrize("code", ["38", "99999", "00000", "abc"])
    def test_only_a_commune_is_a_home(self, client: PageClient, resident: Person, code: str) -> None:
        assert client.post(f"/me/account/home/{code}", data={}).status_code == 404
        assert current_residence(resident.id) is None

    @pytest.mark.usefixtures("resident")
    def test_a_hamlet_of_another_commune_cannot_be_a_home(self, client: PageClient) -> None:
        hamlet_id = make_hamlet(BIM_SON)
        response = client.post(f"/me/account/home/{XUAN_TRUONG}", data={"hamlet": str(hamlet_id)})
        assert response.status_code == 404


class TestConsent:
    def test_a_person_agrees_and_takes_it_back(self, client: PageClient, resident: Person) -> None:
        client.post(f"/me/account/consents/{CONTACT}", data={"answer": "yes"})
        assert has_consented(resident.id, CONTACT)
        assert "gọi điện giúp tôi học" in client.get("/me/account").text
        client.post(f"/me/account/consents/{CONTACT}", data={"answer": "no"})
        assert not has_consented(resident.id, CONTACT)
        assert "rút lại ngày" in client.get("/me/account").text

    def test_silence_is_no_consent(self, client: PageClient, resident: Person) -> None:
        client.post(f"/me/account/consents/{LEARNING_RECORD}", data={})
        assert not has_consented(resident.id, LEARNING_RECORD)

    @pytest.mark.usefixtures("resident")
    def test_there_is_nothing_to_agree_to_beyond_the_list(self, client: PageClient) -> None:
        assert client.post("/me/account/consents/anything", data={"answer": "yes"}).status_code == 404

    @pytest.mark.usefixtures("guest")
    def test_a_guest_is_asked_for_no_consent(self, client: PageClient) -> None:
        assert client.post(f"/me/account/consents/{CONTACT}", data={"answer": "yes"}).status_code == 404


class TestExport:
    @pytest.mark.usefixtures("resident")
    def test_the_own_data_come_as_a_file_that_nobody_keeps(self, client: PageClient) -> None:
        response = client.get("/me/export.json")
        record = json.loads(response.text)["records"][0]
        assert (record["name"], record["phone"]) == ("Nguyễn Thị Hoa", PHONE)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in response.headers["Cache-Control"]

    def test_a_guest_gets_the_own_data_too(self, client: PageClient, guest: Person) -> None:
        assert json.loads(client.get("/me/export.json").text)["records"][0]["id"] == str(guest.id)


class TestErasure:
    @pytest.mark.usefixtures("resident")
    def test_the_page_says_what_goes_and_what_stays(self, client: PageClient) -> None:
        page = client.get("/me/erase").text
        assert "Những gì mất đi" in page
        assert "Những gì còn lại" in page

    @pytest.mark.parametrize(
        ("data", "status"),
        [({"pin": PIN}, 422), ({"sure": "y"}, 422), ({"sure": "y", "pin": "493818"}, 422)],
        ids=["not sure", "no PIN", "wrong PIN"],
    )
    def test_nobody_is_erased_by_mistake(
        self, client: PageClient, resident: Person, settings: Settings, data: dict[str, str], status: int
    ) -> None:
        assert client.post("/me/erase", data=data).status_code == status
        assert stored(resident).erased_at is None
        assert not settings.erasure_list.exists()

    def test_an_erased_person_is_gone_from_every_device(
        self, client: PageClient, resident: Person, settings: Settings, new_client
    ) -> None:  # type: ignore[no-untyped-def]
        other_device = new_client()
        sign_in(other_device, resident, WayIn.PIN)
        response = client.post("/me/erase", data={"sure": "y", "pin": PIN})
        assert response.location == "/erased"
        assert "hocso=;" in response.headers["Set-Cookie"]
        assert client.get("/erased").status_code == 200
        assert stored(resident).name is None
        assert [erasure.person_id for erasure in read_erasures(settings.erasure_list)] == [resident.id]
        assert other_device.get("/me/account").status_code == 401
        assert db.session.scalars(select(SignInSession.id)).all() == []

    def test_a_guest_is_erased_without_a_pin(self, client: PageClient, guest: Person) -> None:
        assert client.post("/me/erase", data={"sure": "y"}).status_code == 303
        assert stored(guest).erased_at is not None

    def test_staff_who_gave_password_and_second_factor_need_no_pin(self, client: PageClient) -> None:
        officer = make_staff(Role.OFFICER, BIM_SON)
        set_pin(officer)
        sign_in(client, officer, WayIn.STAFF)
        assert 'name="pin"' not in client.get("/me/erase").text
        assert client.post("/me/erase", data={"sure": "y"}).status_code == 303
        assert stored(officer).erased_at is not None

    def test_the_last_operator_is_told_to_hand_over_first(self, client: PageClient) -> None:
        operator = make_staff(Role.OPERATOR, None)
        sign_in(client, operator, WayIn.STAFF)
        response = client.post("/me/erase", data={"sure": "y"})
        assert response.status_code == 409
        assert "người vận hành cuối cùng" in response.text
        assert stored(operator).erased_at is None


OWN_PAGES = [
    ("GET", "/me/account"),
    ("POST", "/me/account"),
    ("GET", "/me/account/home"),
    ("GET", f"/me/account/home/{BIM_SON}"),
    ("POST", f"/me/account/home/{BIM_SON}"),
    ("POST", f"/me/account/consents/{CONTACT}"),
    ("GET", "/me/export.json"),
    ("GET", "/me/erase"),
    ("POST", "/me/erase"),
]


@pytest.mark.parametrize("way_in", [None, WayIn.CODE])
def test_strangers_and_learning_codes_cannot_open_an_account(client: PageClient, way_in: WayIn | None) -> None:
    person = make_person(is_registered=False)
    if way_in:
        sign_in(client, person, way_in)
    for method, path in OWN_PAGES:
        assert client.open(path, method=method, data={"sure": "y"}).status_code == 401
    assert stored(person).erased_at is None


def test_a_form_without_its_token_erases_nobody(client: PageClient, resident: Person) -> None:
    response = client.post("/me/erase", data={"sure": "y", "pin": PIN}, with_token=False)
    assert response.status_code == 422
    assert stored(resident).erased_at is None


def test_everybody_may_read_what_is_kept(client: PageClient) -> None:
    page = client.get("/privacy")
    assert "91/2025/QH15" in page.text
    assert "356/2025/NĐ-CP" in page.text
    assert "public" in page.headers["Cache-Control"]


def test_the_id_to_name_to_an_operator_stands_on_the_page(client: PageClient, resident: Person) -> None:
    assert f"Mã hồ sơ: {resident.id}" in client.get("/me/account").text
