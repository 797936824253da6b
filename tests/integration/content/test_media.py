"""Pictures and sound over HTTP."""

import hashlib

import pytest

from app.shared import media
from tests.courses.folders import SVG
from tests.sounds import MP3, OPUS

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


class TestSound:
    @pytest.mark.parametrize(
        ("content", "extension", "kind"), [(MP3, "mp3", "audio/mpeg"), (OPUS, "opus", "audio/ogg")]
    )
    def test_sound_is_served_like_a_picture_and_in_parts(self, client, content, extension, kind):
        response = client.get(media.store(content, extension))
        assert (response.status_code, response.data, response.headers["Content-Type"]) == (200, content, kind)
        assert response.headers["Accept-Ranges"] == "bytes"
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert response.headers["Content-Disposition"].startswith('inline; filename="am-thanh-')

    @pytest.mark.sqlite_only
    @pytest.mark.parametrize(
        ("wanted", "start", "stop"),
        [("bytes=100-199", 100, 200), ("bytes=1000-", 1000, None), ("bytes=-50", -50, None)],
    )
    def test_a_phone_goes_on_from_the_middle(self, client, wanted, start, stop):
        response = client.get(media.store(MP3, "mp3"), headers={"Range": wanted})
        assert (response.status_code, response.data) == (206, MP3[start:stop])
        assert response.headers["Content-Range"].endswith(f"/{len(MP3)}")
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")

    @pytest.mark.sqlite_only
    def test_a_part_that_is_not_there_is_said_so(self, client):
        assert client.get(media.store(MP3, "mp3"), headers={"Range": "bytes=99999-"}).status_code == 416

    @pytest.mark.sqlite_only
    def test_sound_that_is_known_is_not_sent_again(self, client):
        address = media.store(MP3, "mp3")
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        part = client.get(address, headers={"If-Range": tag, "Range": "bytes=0-9"})
        assert (part.status_code, part.data) == (206, MP3[:10])
