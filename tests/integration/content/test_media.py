"""Pictures over HTTP."""

import hashlib

import pytest

from app.shared import media
from tests.courses.folders import SVG

ADDRESS = f"/media/{hashlib.sha256(SVG).hexdigest()}.svg"


@pytest.fixture
def picture(app):
    return media.store(SVG, "svg")


def test_a_picture_is_served_for_good_and_can_do_nothing(client, picture):
    response = client.get(picture)
    assert picture == ADDRESS
    assert (response.status_code, response.data) == (200, SVG)
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == f'inline; filename="hinh-{ADDRESS[7:19]}.svg"'


@pytest.mark.sqlite_only
def test_a_picture_that_is_known_is_not_sent_again(client, picture):
    tag = client.get(picture).headers["ETag"]
    assert client.get(picture, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "path",
    [
        ADDRESS.replace(".svg", ".png"),
        ADDRESS.replace(".svg", ".html"),
        ADDRESS[:-5] + ".svg",
        f"/media/{'0' * 64}.svg",
        f"/media/{'%' * 64}.svg",
        "/media/../app/config.py",
        "/media/..%2f..%2fetc%2fpasswd.svg",
        f"/media/{'A' * 64}.svg",
        "/media/x.svg",
    ],
)
def test_nothing_else_is_there(client, picture, path):
    assert client.get(path).status_code == 404
