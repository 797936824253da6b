"""Photos made for a test: any size and format, with what cameras write into them."""

import io

from PIL import Image

PLACE = {1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 15.0)}
"""Latitude and longitude, as a phone writes them."""


def make_photo(
    kind: str = "JPEG",
    size: tuple[int, int] = (300, 200),
    *,
    mode: str = "RGB",
    colour: str | int = "teal",
    is_noisy: bool = False,
    **options: object,
) -> bytes:
    """A photo of one colour, or of noise, which packs badly."""
    image = Image.effect_noise(size, 90).convert(mode) if is_noisy else Image.new(mode, size, colour)
    return saved(image, kind, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def phone_photo(size: tuple[int, int] = (1600, 1200), orientation: int = 1) -> bytes:
    """As a phone saves it: red at the left, with place, camera and comment."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 4, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825).update(PLACE)
    return saved(image, "JPEG", exif=exif, comment=b"Nha bac Tu")


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
