"""A course that belongs to a place is listed for who lives there; its address works for everybody."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from app.content.models import Course
from app.extensions import db
from tests.factories import make_course, place_id_of
from tests.integration.progress.makers import communes_of, end_commune
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
HERE = "14812"


def make_local_course(slug: str, title: str, place_id: UUID) -> None:
    course_id = make_course(slug, title=title)
    db.session.execute(update(Course).where(Course.id == course_id).values(place_id=place_id))


@pytest.fixture
def local_course(app: Flask) -> None:
    make_local_course("khoa-cua-phuong", "Khóa của phường", place_id_of(HERE))
    db.session.commit()


def test_who_has_no_commune_yet_sees_it_only_on_request(local_course: None, client: PageClient) -> None:
    listed = client.get("/courses").text
    assert "Khóa của phường" not in listed
    assert "khóa của xã, phường khác" in listed
    everything = client.get("/courses?all=yes").text
    assert "Khóa của phường" in everything
    assert "Phường Bỉm Sơn" in everything


def test_who_lives_there_sees_it(local_course: None, client: PageClient) -> None:
    client.post("/commune", data={"commune": HERE, "next": "/"})
    listed = client.get("/courses").text
    assert "Khóa của phường" in listed
    assert "khóa của xã, phường khác" not in listed


def test_who_has_begun_it_elsewhere_is_offered_no_more_than_there_is(local_course: None, client: PageClient) -> None:
    client.post("/courses/khoa-cua-phuong/bai-1/understood")
    listed = client.get("/courses").text
    assert "Khóa của phường" in listed
    assert "khóa của xã, phường khác" not in listed


def test_after_a_merger_it_is_listed_in_the_new_commune_for_old_and_new_people(
    local_course: None, client: PageClient, new_client: Callable[[], PageClient]
) -> None:
    moved, neighbour, other = client, new_client(), new_client()
    merged, elsewhere = [place for place in communes_of("38", 3) if place.code != HERE][:2]
    make_course("khoa-chung")
    make_local_course("khoa-cua-xa-moi", "Khóa của xã mới", merged.id)
    db.session.commit()
    for device, code in ((moved, HERE), (neighbour, merged.code), (other, elsewhere.code)):
        device.post("/courses/khoa-chung/bai-1/understood")
        device.post("/commune", data={"commune": code, "next": "/"})
    end_commune(place_id_of(HERE), {merged.id: True})
    db.session.commit()
    for device in (moved, neighbour):
        listed = device.get("/courses").text
        assert ("Khóa của phường" in listed, "Khóa của xã mới" in listed) == (True, True)
    assert "Khóa của phường" not in other.get("/courses").text


def test_its_address_works_for_everybody(local_course: None, client: PageClient) -> None:
    assert client.get("/courses/khoa-cua-phuong").status_code == 200
