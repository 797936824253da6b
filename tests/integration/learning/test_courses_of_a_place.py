"""A course that belongs to a place is listed for who lives there; its address works for everybody."""

import pytest
from flask import Flask
from sqlalchemy import update

from app.content.catalogue import forget_after_commit
from app.content.models import Course
from app.extensions import db
from tests.factories import make_course, place_id_of
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
HERE = "14812"


@pytest.fixture
def local_course(app: Flask) -> None:
    course_id = make_course("khoa-cua-phuong", title="Khóa của phường")
    db.session.execute(update(Course).where(Course.id == course_id).values(place_id=place_id_of(HERE)))
    forget_after_commit()
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


def test_its_address_works_for_everybody(local_course: None, client: PageClient) -> None:
    assert client.get("/courses/khoa-cua-phuong").status_code == 200
