"""`/go`: the code beside the QR of a poster leads to the course and offers the commune there."""

import re
from urllib.parse import quote

import pytest

from app.content.queries import find_course
from tests.page_client import PageClient

pytestmark = [pytest.mark.shipped_courses, pytest.mark.sqlite_only]
SLUG = "nhan-biet-va-tranh-lua-dao-qua-mang"


@pytest.fixture
def number(client: PageClient) -> int:
    head = find_course(SLUG)
    assert head is not None
    return head.number


def test_the_first_page_and_the_list_of_courses_lead_there(client: PageClient) -> None:
    assert 'href="/go">Có mã trên tờ giấy?</a>' in client.get("/").text
    assert 'href="/go">Có mã trên tờ giấy?</a>' in client.get("/courses").text
    assert "Ví dụ: 14812-7." in client.get("/go").text


@pytest.mark.parametrize("pattern", ["14812-{}", "14812{}", " 14812 {} ", "14.812 - {}"])
def test_a_typed_code_opens_the_course_and_offers_the_commune(client: PageClient, number: int, pattern: str) -> None:
    typed = pattern.format(number)
    for address in (f"/go?code={quote(typed)}", f"/go/{quote(typed)}"):
        answer = client.get(address)
        assert (answer.status_code, answer.location) == (302, f"/courses/{SLUG}?xa=14812")
    assert "Bà con ở Phường Bỉm Sơn, Thanh Hóa?" in client.get(answer.location).text


def test_a_code_without_commune_opens_the_course(client: PageClient, number: int) -> None:
    assert client.get(f"/go/{number}").location == f"/courses/{SLUG}"


def test_the_code_of_a_commune_that_became_another_leads_to_that_one(client: PageClient, number: int) -> None:
    assert client.get(f"/go/14815-{number}").location == f"/courses/{SLUG}?xa=14812"
    assert "Bà con ở Phường Bỉm Sơn, Thanh Hóa?" in client.get(f"/courses/{SLUG}?xa=14815").text


def test_the_code_of_a_divided_commune_lets_people_choose(client: PageClient, number: int) -> None:
    page = client.get(f"/go/00007-{number}").text
    assert "Phường Cống Vị" in page and "đã sắp xếp lại" in page
    assert page.count(f'href="/courses/{SLUG}?xa=') >= 2
    assert f'href="/courses/{SLUG}"' in page


def test_the_qr_of_a_divided_commune_offers_the_same_choice_as_its_code(client: PageClient, number: int) -> None:
    typed, scanned = client.get(f"/go/00007-{number}").text, client.get(f"/courses/{SLUG}?xa=00007").text
    by_code = re.findall(rf'href="/courses/{SLUG}\?xa=(\d+)"', typed)
    by_qr = re.findall(r'name="commune" value="(\d+)"', scanned)
    assert len(by_qr) >= 2
    assert sorted(by_qr) == sorted(by_code)
    assert "Phường Cống Vị" in scanned and "đã sắp xếp lại" in scanned

    client.post("/commune", data={"commune": by_qr[1], "next": f"/courses/{SLUG}"})
    assert "đã sắp xếp lại" not in client.get(f"/courses/{SLUG}?xa=00007").text
    assert f'value="{by_qr[1]}"' not in client.get(f"/courses/{SLUG}?xa={by_qr[1]}").text


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("14812", 422, "Mã còn thiếu số đứng sau dấu gạch."),
        ("abc", 422, "Mã trên tờ giấy chỉ có số và dấu gạch"),
        ("14812-9876", 404, "Chưa có khóa học nào mang số 9876."),
        ("987", 404, "Chưa có khóa học nào mang số 987."),
    ],
)
def test_a_wrong_code_says_what_to_do(client: PageClient, typed: str, status: int, words: str) -> None:
    answer = client.get(f"/go/{typed}")
    assert answer.status_code == status
    assert words in answer.text
    assert f'value="{typed}"' in answer.text


def test_an_empty_field_says_what_to_do(client: PageClient) -> None:
    answer = client.get("/go?code=+")
    assert answer.status_code == 422
    assert "Mã trên tờ giấy chỉ có số và dấu gạch" in answer.text


def test_an_unknown_commune_still_shows_the_course_that_was_meant(client: PageClient, number: int) -> None:
    answer = client.get(f"/go/99999-{number}")
    assert answer.status_code == 404
    assert "Chưa có xã, phường nào mang mã 99999." in answer.text
    assert f'href="/courses/{SLUG}"' in answer.text
