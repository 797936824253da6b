"""Which pictures may be shown, and how large they are."""

import struct
import zlib

import pytest

from app.content.compile.faults import Faults
from app.content.compile.pictures import read_pictures
from app.content.compile.svg import SvgRefused, read_svg
from tests.courses.folders import SVG

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10">'


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, *, exif: bytes = b"") -> bytes:
    app1 = b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\x00\x00" + exif if exif else b""
    frame = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + app1 + frame + b"\xff\xd9"


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBP" + kind + struct.pack("<I", len(body)) + body


def exif_with(tag: int) -> bytes:
    return b"II*\x00" + struct.pack("<IHHHII", 8, 1, tag, 4, 1, 26)


def size_of(path: str, content: bytes) -> tuple[int, int]:
    faults = Faults()
    picture = read_pictures({path: content}, faults)[path]
    assert faults.all == []
    return picture.width, picture.height


def refusal_of(path: str, content: bytes) -> str:
    faults = Faults()
    assert read_pictures({path: content}, faults) == {}
    return faults.all[0].reason


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.png", png(300, 200)),
        ("a.JPG", jpeg(300, 200)),
        ("a.jpeg", jpeg(300, 200, exif=exif_with(0x0112))),
        ("a.webp", webp(b"VP8X", b"\0\0\0\0" + (299).to_bytes(3, "little") + (199).to_bytes(3, "little"))),
        ("a.webp", webp(b"VP8L", b"\x2f" + (299 | 199 << 14).to_bytes(4, "little") + b"\0" * 8)),
        ("a.webp", webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 300, 200))),
    ],
    ids=["png", "jpg", "jpeg", "webp-extended", "webp-lossless", "webp-lossy"],
)
def test_the_size_of_a_photo_is_read(path, content):
    assert size_of(path, content) == (300, 200)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.png", jpeg(3, 2)),
        ("a.jpg", png(3, 2)),
        ("a.webp", b"GIF89a"),
        ("a.png", b""),
        ("a.jpg", b"\xff\xd8" + b"\xff" * 1000),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.png", png(0, 10)),
        ("a.png", png(20_000, 10)),
    ],
)
def test_what_is_no_such_picture_is_refused(path, content):
    assert "Không mở được hình" in refusal_of(path, content)


def test_a_photo_that_tells_where_it_was_taken_is_refused():
    assert "nơi chụp" in refusal_of("a.jpg", jpeg(3, 2, exif=exif_with(0x8825)))


def test_a_picture_of_more_than_5_mb_is_refused():
    assert "5 MB" in refusal_of("a.png", png(3, 2) + b"\0" * 5 * 1024 * 1024)


def test_a_heavy_picture_is_a_warning():
    faults = Faults()
    assert read_pictures({"a.png": png(3, 2) + b"\0" * 200 * 1024}, faults)
    assert [fault.is_warning for fault in faults.all] == [True]


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
    one = read_pictures({"a.svg": SVG, "b.svg": SVG}, Faults())
    assert one["a.svg"].address == one["b.svg"].address
