"""Which pictures may be shown, and how large they are. How photos are opened is in test_photos."""

import hashlib

import pytest

from app.content.compile.faults import Faults
from app.content.compile.pictures import MAXIMUM_PICTURES, Picture, read_pictures
from app.content.compile.svg import SvgRefused, read_svg
from app.content.photos import SHIPPED_DRAWINGS, examine
from tests.courses.folders import SVG, examine_here
from tests.photos import make_photo, phone_photo
from tools.drawings import list_wanted

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10">'


def read_one(path: str, content: bytes) -> Picture:
    faults = Faults()
    picture = read_pictures({path: content}, faults, examine_here)[path]
    assert faults.all == []
    return picture


def refusal_of(path: str, content: bytes) -> str:
    faults = Faults()
    assert read_pictures({path: content}, faults, examine) == {}
    return faults.all[0].reason


@pytest.mark.parametrize(
    ("path", "kind"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP")]
)
def test_the_size_of_a_photo_is_read(path, kind):
    picture = read_one(path, make_photo(kind, (300, 200)))
    assert (picture.width, picture.height) == (300, 200)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.png", make_photo("JPEG")),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.webp", b"GIF89a"),
        ("a.png", b""),
        ("a.jpg", phone_photo()),
    ],
)
def test_a_photo_that_is_not_in_its_normal_form_is_refused(path, content):
    assert "Không mở được hình" in refusal_of(path, content)


def test_a_picture_of_more_than_5_mb_is_refused():
    assert "5 MB" in refusal_of("a.png", bytes(5 * 1024 * 1024 + 1))


def test_a_course_has_a_limit_of_pictures():
    faults = Faults()
    read_pictures({f"{number}.svg": SVG for number in range(MAXIMUM_PICTURES + 2)}, faults, examine)
    assert [fault.file for fault in faults.all] == [f"{MAXIMUM_PICTURES}.svg"]


def test_a_heavy_drawing_is_a_warning():
    faults = Faults()
    assert read_pictures({"a.svg": SVG + b"\n" * 200 * 1024}, faults, examine_here)
    assert [fault.is_warning for fault in faults.all] == [True]


class TestAddresses:
    def test_a_photo_is_shown_as_it_is_and_as_webp(self):
        picture = read_one("a.jpg", make_photo("JPEG", is_noisy=True))
        assert picture.other is not None
        assert picture.address == f"/media/{picture.sha256}.jpg"
        assert picture.webp_address == f"/media/{hashlib.sha256(picture.other.content).hexdigest()}.webp"

    def test_a_webp_is_shown_as_it_is_and_with_a_fallback(self):
        picture = read_one("a.webp", make_photo("WEBP"))
        assert picture.other is not None
        assert picture.address == f"/media/{hashlib.sha256(picture.other.content).hexdigest()}.jpg"
        assert picture.webp_address == f"/media/{picture.sha256}.webp"

    def test_a_drawing_needs_no_other_form(self):
        picture = read_one("a.svg", SVG)
        assert (picture.address, picture.webp_address) == (f"/media/{picture.sha256}.svg", "")


class TestShippedDrawings:
    def test_the_list_holds_the_drawings_of_our_courses_and_no_others(self):
        assert SHIPPED_DRAWINGS.read_text(encoding="ascii") == list_wanted(), "run: make drawings"

    def test_a_drawing_that_comes_with_the_product_may_be_used(self):
        assert read_pictures({"a.svg": SVG}, Faults(), examine)["a.svg"].width == 360

    def test_any_other_is_refused_with_a_way_out(self):
        assert "Lưu hình này thành .png" in refusal_of("a.svg", SVG + b"\n")
        assert "Lưu hình này thành .png" in refusal_of("a.svg", b"<svg onload='alert(1)'/>")


@pytest.mark.parametrize(
    "attributes", ['width="36" height="22"', 'width="36px" height="22.4px"', 'viewBox="0 0 36 22"']
)
def test_a_drawings_size_comes_from_its_root(attributes):
    assert read_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()) == (36, 22)


@pytest.mark.parametrize(
    ("drawing", "line", "words"),
    [
        (f"{OPEN}\n<script>alert(1)</script></svg>", 2, "<script>"),
        (f"{OPEN}\n<rect onclick='alert(1)'/></svg>", 2, "onclick"),
        (f"{OPEN}\n<style>*{{}}</style></svg>", 2, "<style>"),
        (f"{OPEN}\n<rect style='fill:red'/></svg>", 2, "style"),
        (f"{OPEN}\n<foreignObject/></svg>", 2, "<foreignObject>"),
        (f"{OPEN}\n<image href='https://a.vn/b.png'/></svg>", 2, "<image>"),
        (f"{OPEN}\n<a href='https://a.vn'/></svg>", 2, "<a>"),
        (f"{OPEN}\n<use href='https://a.vn#x'/></svg>", 2, "trỏ ra ngoài"),
        (f"{OPEN}\n<use xlink:href='data:x'/></svg>", 2, "trỏ ra ngoài"),
        (f"{OPEN}\n<rect fill='url(https://a.vn#x)'/></svg>", 2, "trỏ ra ngoài"),
        (f"{OPEN}\n<rect fill='javascript:x'/></svg>", 2, "trỏ ra ngoài"),
        (f"{OPEN}\n<animate attributeName='href'/></svg>", 2, "<animate>"),
        (f"{OPEN}\n<rect xmlns:i='http://inkscape' i:label='a'/></svg>", 2, "Plain SVG"),
        (f"{OPEN}\n<x xmlns='http://www.w3.org/1999/xhtml'/></svg>", 2, "<x>"),
        (f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{OPEN}</svg>", 1, "DOCTYPE"),
        (f"<?xml-stylesheet href='a.css'?>{OPEN}</svg>", 1, "<?…?>"),
        (f"{OPEN}<g></svg>", 1, "viết sai"),
        ("", 1, "viết sai"),
        ("<html/>", 1, "phải bắt đầu"),
        ("<svg width='1' height='1'/>", 1, "phải bắt đầu"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', 1, "kích thước"),
        (OPEN + "<g>" * 60 + "</g>" * 60 + "</svg>", 1, "rối"),
        (OPEN + "<g/>" * 6000 + "</svg>", 1, "rối"),
    ],
)
def test_a_drawing_that_could_do_more_than_be_seen_is_refused(drawing, line, words):
    with pytest.raises(SvgRefused) as refused:
        read_svg(drawing.encode())
    assert words in refused.value.reason
    assert refused.value.line == line


def test_gradients_of_its_own_are_fine():
    drawing = f"{OPEN}<defs><linearGradient id='a'/></defs><rect fill='url(#a)'/><use xlink:href='#a'/></svg>"
    assert read_svg(drawing.encode()) == (10, 10)


def test_a_picture_is_named_by_its_content():
    one = read_pictures({"a.svg": SVG, "b.svg": SVG}, Faults(), examine)
    assert one["a.svg"].address == one["b.svg"].address
