"""The normal form of photos: what is in it, what becomes of other photos, and what hostile ones cost."""

import os
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from app.content.compile import photo
from app.content.compile.normal_photo import MAXIMUM_BYTES, MAXIMUM_HEIGHT, MAXIMUM_WIDTH, normal_size
from app.content.compile.pictures import PictureRefused
from app.content.limited_loop import MEMORY_LIMIT
from app.content.photos import PhotoWorker, examine, normal_folder
from tests.photos import make_photo, opened, phone_photo, saved

HOSTILE = sorted((Path(__file__).parents[2] / "hostile" / "images").iterdir())
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
MODES = {
    "JPEG": ["1", "L", "RGB", "CMYK"],
    "PNG": ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"],
    "WEBP": ["L", "LA", "P", "RGB", "RGBA"],
}


@pytest.fixture(scope="module")
def worker() -> Iterator[PhotoWorker]:
    worker = PhotoWorker()
    yield worker
    worker.stop()


def test_the_limits_are_the_same_on_both_sides():
    assert (photo.BOX, photo.MAXIMUM_BYTES) == ((MAXIMUM_WIDTH, MAXIMUM_HEIGHT), MAXIMUM_BYTES)


class TestNormalForm:
    @pytest.mark.parametrize("extension", FORMATS)
    def test_a_photo_of_a_phone_becomes_small_and_tells_nothing(self, extension):
        made = photo.normal_form(phone_photo(), extension)
        image = opened(made)
        assert (image.format, image.size) == (FORMATS[extension], (720, 540))
        assert normal_size(made, extension) == (720, 540)
        assert not image.getexif()
        assert b"Camera" not in made
        assert b"Nha bac" not in made

    @pytest.mark.parametrize("extension", FORMATS)
    @pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
    def test_the_normal_form_of_any_photo_is_its_own_normal_form(self, worker, extension, kind, mode):
        made = photo.normal_form(make_photo(kind, (900, 40), mode=mode, colour=0), extension)
        assert normal_size(made, extension) == opened(made).size == (720, 32)
        assert worker.normal_form(made, extension) is made

    @pytest.mark.parametrize("extension", FORMATS)
    def test_what_packs_badly_is_made_smaller_until_it_is_light(self, extension):
        made = photo.normal_form(make_photo("PNG", (1000, 3000), mode="RGBA", is_noisy=True), extension)
        assert len(made) <= MAXIMUM_BYTES
        assert normal_size(made, extension) is not None

    @pytest.mark.parametrize(
        ("orientation", "size"), [(1, (720, 540)), (3, (720, 540)), (6, (720, 960)), (8, (720, 960))]
    )
    def test_a_photo_is_turned_the_way_it_was_held(self, orientation, size):
        image = opened(photo.normal_form(phone_photo(orientation=orientation), "png")).convert("RGB")
        corners = {1: (5, 5), 3: (size[0] - 5, 5), 6: (5, 5), 8: (5, size[1] - 5)}
        assert image.size == size
        assert image.getpixel(corners[orientation])[1] < 100

    def test_a_small_photo_without_metadata_is_kept_byte_for_byte(self, worker):
        for extension, kind in FORMATS.items():
            content = make_photo(kind)
            assert worker.normal_form(content, extension) is content

    def test_a_long_screenshot_keeps_its_shape(self):
        assert opened(photo.normal_form(make_photo("PNG", (1440, 9000)), "png")).size == (480, 3000)

    def test_clear_places_stay_clear_or_become_white(self):
        clear = make_photo("PNG", (800, 10), mode="RGBA", colour=0)
        assert opened(photo.normal_form(clear, "webp")).convert("RGBA").getpixel((5, 5))[3] == 0
        assert opened(photo.normal_form(clear, "jpg")).getpixel((5, 5)) == (255, 255, 255)

    def test_colours_are_those_of_the_profile_without_the_profile(self):
        swapped = Image.new("LAB", (800, 10), (128, 255, 128))
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        assert b"ICC" not in photo.normal_form(make_photo(size=(800, 10), icc_profile=profile), "jpg")
        assert b"iCCP" not in photo.normal_form(saved(swapped.convert("RGB"), "PNG", icc_profile=b"spoilt"), "png")

    def test_of_a_moving_picture_the_first_frame_is_left(self):
        frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
        for kind, extension in (("WEBP", "webp"), ("PNG", "png")):
            moving = saved(frames[0], kind, save_all=True, append_images=frames[1:])
            assert normal_size(moving, extension) is None
            still = opened(photo.normal_form(moving, extension)).convert("RGB")
            assert getattr(still, "n_frames", 1) == 1
            assert still.getpixel((5, 5))[0] > 200

    def test_the_ending_of_the_name_decides_the_format(self, worker):
        made = worker.normal_form(make_photo("PNG"), "jpg")
        assert made is not None
        assert opened(made).format == "JPEG"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = make_photo("PNG")
JPEG = make_photo("JPEG")
WEBP = make_photo("WEBP")


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"", "png"),
        (b"", "jpg"),
        (b"", "webp"),
        (JPEG, "png"),
        (PNG, "jpg"),
        (PNG, "webp"),
        (PNG + b"<script>", "png"),
        (JPEG + b"<script>", "jpg"),
        (JPEG + JPEG, "jpg"),
        (WEBP + b"<script>", "webp"),
        (PNG[:33] + chunk(b"tEXt", b"Comment\0Nha bac Tu") + PNG[33:], "png"),
        (PNG[:33] + chunk(b"eXIf", b"MM") + PNG[33:], "png"),
        (PNG[:40] + b"x" + PNG[41:], "png"),
        (PNG[:-12], "png"),
        (JPEG[:2] + b"\xff\xfe\x00\x08Hanoi!" + JPEG[2:], "jpg"),
        (JPEG[:2] + b"\xff\xe1\x00\x08Exif\0\0" + JPEG[2:], "jpg"),
        (JPEG[:-2], "jpg"),
        (JPEG[:2] + b"\xff" * 1000, "jpg"),
        (b"\xff\xd8\xff\xd9", "jpg"),
        (b"\xff\xd8\xff\xda\x00\x02", "jpg"),
        (make_photo("JPEG", (721, 10)), "jpg"),
        (make_photo("PNG", (10, 3001)), "png"),
        (make_photo("JPEG", (720, 900), is_noisy=True, quality=95), "jpg"),
        (make_photo("PNG", mode="I;16", colour=0), "png"),
        (make_photo("JPEG", mode="CMYK", colour=0), "jpg"),
        (make_photo("WEBP", exif=b"Exif\0\0II*\0"), "webp"),
    ],
)
def test_anything_else_is_not_in_normal_form(content, extension):
    assert normal_size(content, extension) is None


class TestOtherForm:
    def test_a_photo_has_a_webp_that_is_lighter(self):
        for extension in ("jpg", "png"):
            content = photo.normal_form(make_photo(size=(300, 200), is_noisy=True), extension)
            other = examine(content, extension)
            assert other is not None
            assert other.extension == "webp"
            assert len(other.content) < len(content)
            assert opened(other.content).size == (300, 200)

    def test_a_webp_has_a_fallback_for_old_phones(self):
        clear = make_photo("WEBP", (30, 20), mode="RGBA", colour=0)
        for content, wanted in ((WEBP, "jpg"), (clear, "png")):
            other = examine(content, "webp")
            assert other is not None
            assert (other.extension, opened(other.content).format) == (wanted, FORMATS[wanted])

    def test_it_is_the_same_each_time(self):
        content = photo.normal_form(phone_photo(), "jpg")
        assert photo.other_form(content, "jpg") == photo.other_form(content, "jpg")

    def test_a_webp_that_would_be_heavier_is_not_made(self):
        assert examine(make_photo("JPEG", is_noisy=True, quality=5), "jpg") is None

    def test_pixels_that_cannot_be_opened_are_refused(self):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 2, 0, 0, 0))
        hollow = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
        assert normal_size(hollow, "png") == (30, 20)
        with pytest.raises(PictureRefused, match="Không mở được"):
            examine(hollow, "png")


class TestHostilePhotos:
    @pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
    def test_each_ends_in_a_picture_or_a_refusal_in_time(self, worker, path):
        started = time.monotonic()
        made = worker.normal_form(path.read_bytes(), "jpg")
        assert made is None or normal_size(made, "jpg") == opened(made).size
        assert time.monotonic() - started < 2

    def test_a_bomb_is_refused_before_it_goes_off(self, worker):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
        assert worker.normal_form(bomb, "png") is None

    def test_what_cannot_be_opened_stays_as_it_is_in_its_folder(self):
        files = {"a.png": b"GIF89a", "b.jpg": phone_photo(), "c.svg": b"<svg/>", "d.md": b"chu"}
        made = normal_folder(files)
        assert {path for path in files if made[path] == files[path]} == {"a.png", "c.svg", "d.md"}

    def test_a_process_that_is_killed_is_started_again(self):
        worker = PhotoWorker()
        assert worker.normal_form(phone_photo(), "jpg")
        assert worker._process is not None
        os.kill(worker._process.pid, 9)
        made = worker.normal_form(phone_photo(), "jpg") or worker.normal_form(phone_photo(), "jpg")
        assert made is not None
        worker.stop()

    def test_a_photo_that_takes_too_long_is_refused(self):
        worker = PhotoWorker(seconds=0.001)
        assert worker.normal_form(phone_photo(), "jpg") is None
        worker.stop()

    def test_memory_and_secrets_are_kept_from_the_process(self, worker):
        worker.normal_form(phone_photo(), "jpg")
        assert worker._process is not None
        process = Path(f"/proc/{worker._process.pid}")
        line = next(line for line in (process / "limits").read_text().splitlines() if "Max address space" in line)
        assert line.split()[3] == str(MEMORY_LIMIT)
        assert b"SECRET" not in (process / "environ").read_bytes()
