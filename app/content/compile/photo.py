"""One photo → its normal form, and its other form. Done in a process of its own, never in the server.

It knows nothing of the rest of the product on purpose: Pillow reads what strangers send, and an attack on it finds
nothing here to steal. `app.content.photos` starts, limits and kills it. What the normal form is, is said in
`normal_photo.py`; each result made here satisfies it.
"""

import base64
import io
import warnings
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageCms

MAXIMUM_PIXELS = 24_000_000
BOX = (720, 3_000)
"""Widest and highest: 360 points of a phone with two pixels each, and a long screenshot."""
MAXIMUM_BYTES = 150 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SMALLEST_WIDTH = 16
Made = tuple[bytes, str]
"""Content and ending of a picture."""

Image.MAX_IMAGE_PIXELS = MAXIMUM_PIXELS
warnings.simplefilter("ignore")
warnings.simplefilter("error", Image.DecompressionBombWarning)


def normal_form(content: bytes, extension: str) -> bytes:
    """The photo as phones need it: upright, in sRGB, small, without anything but its pixels.

    Raises:
        Exception: whatever Pillow finds wrong with it.
    """
    return _light_enough(_plain_pixels(content), extension)


def other_form(content: bytes, extension: str) -> Made | None:
    """For a photo in normal form the WebP that newer phones load, or for a WebP what older ones can show.

    None where the WebP is not smaller.

    Raises:
        Exception: whatever Pillow finds wrong with it.
    """
    image = _plain_pixels(content)
    if extension == "webp":
        fallback = "png" if image.mode == "RGBA" else "jpg"
        return _light_enough(image, fallback), fallback
    made = _saved(image, "WEBP", lossless=extension == "png", quality=75, method=4)
    return (made, "webp") if len(made) < len(content) else None


def _plain_pixels(content: bytes) -> Image.Image:
    """The first frame in RGB or RGBA, no larger than the box, without profile, text or place."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        turn = TURNS.get(_orientation(opened))
        lies = turn is not None and turn not in (TURNS[2], TURNS[3], TURNS[4])
        profile = opened.info.get("icc_profile")
        image: Image.Image = opened
        has_alpha = image.has_transparency_data
        if image.mode.startswith("I"):
            image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        elif image.mode not in ("RGB", "RGBA", "L", "CMYK"):
            image = image.convert("RGBA" if has_alpha else "RGB")
        image.thumbnail(BOX[::-1] if lies else BOX, Image.Resampling.LANCZOS)
        if profile:
            image = _in_srgb(image, profile)
        image = image.convert("RGBA" if has_alpha else "RGB")
    if turn is not None:
        image = image.transpose(turn)
    image.info = {}
    return image


def _orientation(image: Image.Image) -> int:
    """Which way up the phone was held; a spoilt entry counts as upright."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as a screen without profiles shows them; a spoilt profile is left out."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except Exception:
        return image
    return converted or image


def _light_enough(image: Image.Image, extension: str) -> bytes:
    """Saved a little worse each time, then smaller, until it is light enough."""
    while True:
        smallest = b""
        for made in _ways(image, extension):
            if len(made) <= MAXIMUM_BYTES:
                return made
            smallest = made
        scale = min(0.8, 0.95 * (MAXIMUM_BYTES / len(smallest)) ** 0.5)
        width, height = (max(1, round(side * scale)) for side in image.size)
        if max(width, height) < SMALLEST_WIDTH:
            raise ValueError("cannot be made small enough")
        image = image.resize((width, height), Image.Resampling.LANCZOS)


def _ways(image: Image.Image, extension: str) -> Iterator[bytes]:
    """The image saved well, then worse: each is made only when the one before was too heavy."""
    if extension == "png":
        yield _saved(image, "PNG", compress_level=6)
        yield _saved(_few_colours(image), "PNG", compress_level=9)
        return
    name, plain = ("WEBP", image) if extension == "webp" else ("JPEG", _on_white(image))
    options = {"method": 4} if extension == "webp" else {"optimize": True, "progressive": True}
    for quality in (82, 70, 58):
        yield _saved(plain, name, quality=quality, **options)


def _few_colours(image: Image.Image) -> Image.Image:
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    return image.quantize(256, method)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _saved(image: Image.Image, name: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, name, **options)
    return target.getvalue()


def answer_to(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; what cannot be opened is an answer too."""
    try:
        content, extension = base64.b64decode(request["content"]), request["extension"]
        if request["wanted"] == "normal":
            return _in_words(normal_form(content, extension), extension)
        made = other_form(content, extension)
        return _in_words(*made) if made else {"content": "", "extension": ""}
    except Exception as error:
        return {"error": repr(error)[:200]}


def _in_words(content: bytes, extension: str) -> dict[str, Any]:
    return {"content": base64.b64encode(content).decode(), "extension": extension}
