"""Texts of Word and Google Docs sent to be converted: nothing is stored, and nothing hostile gets through."""

import base64
import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Role, WayIn
from app.authoring.received_text import LARGEST_TEXT
from app.extensions import db
from app.shared.media import Media
from tests.docx import make_docx, p, picture
from tests.factories import make_person, make_staff, sign_in
from tests.page_client import PageClient
from tests.photos import make_photo
from tests.unit.content.interchange import clipboards

pytestmark = pytest.mark.sqlite_only
JSON = {"Accept": "application/json"}


@pytest.fixture
def device(app: Flask, client: PageClient) -> PageClient:
    sign_in(client, make_staff(Role.TRAINER, None), WayIn.STAFF)
    return client


def test_the_clipboard_comes_back_as_markdown_and_paths_of_the_course_stay(device: PageClient) -> None:
    html = clipboards.WORD.replace("file:///C:/Users/A/clip_image002.png", "anh/nguon.png")
    answer = device.post("/workshop/convert", data={"html": html}, headers=JSON)
    assert answer.status_code == 200
    assert answer.json["markdown"].startswith("## Tắt điện thoại đúng cách\n\n## Chuẩn bị\n\n**Bác cần**")
    assert answer.json["title"] == "Tắt điện thoại đúng cách"
    assert "![](anh/nguon.png)" in answer.json["markdown"]
    assert answer.json["pictures"] == []


def test_a_file_of_word_brings_its_pictures_and_nothing_is_kept(device: PageClient) -> None:
    body = p("Tên", "Title") + p("Mục", "Heading1") + picture("a.png", "Nút nguồn")
    sent = (io.BytesIO(make_docx(body, {"a.png": make_photo("PNG")})), "bài.docx")
    answer = device.post("/workshop/convert", data={"document": sent, "title": "apart"}, headers=JSON)
    assert (answer.json["title"], answer.json["markdown"]) == ("Tên", "## Mục\n\n![Nút nguồn](anh/hinh.png)")
    (found,) = answer.json["pictures"]
    assert base64.b64decode(found["content"]).startswith(b"\x89PNG")
    assert db.session.scalar(select(func.count()).select_from(Media)) == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Chưa có chữ nào"),
        ({"html": "  "}, "Chưa có chữ nào"),
        ({"document": (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a.doc")}, ".docx"),
        ({"document": (io.BytesIO(b"MZ"), "a.docx")}, "hỏng"),
    ],
)
def test_what_cannot_be_converted_says_what_to_do(device: PageClient, data: dict[str, object], said: str) -> None:
    answer = device.post("/workshop/convert", data=data, headers=JSON)
    assert answer.status_code == 422
    assert said in answer.json["error"]


def test_more_than_a_form_is_taken_from_trainers_only(device: PageClient, new_client: Callable[[], PageClient]) -> None:
    long = "<p>" + "chữ " * 300_000
    assert device.post("/workshop/convert", data={"html": long}, headers=JSON).status_code == 200
    assert device.post("/workshop/convert", data={"html": "x" * LARGEST_TEXT}, headers=JSON).status_code == 413
    other = new_client()
    sign_in(other, make_person(), WayIn.PIN)
    assert other.post("/workshop/convert", data={"html": long}, headers=JSON).status_code in (403, 413)
    assert new_client().post("/workshop/convert", data={"html": long}, headers=JSON).status_code in (401, 413)
