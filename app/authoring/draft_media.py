"""Pictures and sounds that trainers add to a draft, brought into their normal form first."""

from dataclasses import dataclass

from flask_babel import gettext

from app.access.actor import Actor
from app.authoring import drafts
from app.authoring.models import CourseDraft
from app.content.compile import pictures, sounds
from app.content.compile.faults import Faults
from app.content.compile.pictures import OtherForm
from app.content.compile.text import suggested_key
from app.content.folder import MAXIMUM_FILES
from app.content.photos import examine, normal_folder
from app.shared import media
from app.shared.errors import Refusal

PICTURE_FOLDER, SOUND_FOLDER = "anh", "am-thanh"
_KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"RIFF", "webp"), (b"ID3", "mp3"), (b"OggS", "opus"))


class MediaRefused(Refusal):
    status = 422


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture or sound in its normal form, not stored yet."""

    path: str
    """A tidy name; the draft may hold another file of that name."""
    content: bytes
    address: str
    width: int
    """0 for sound."""
    height: int
    other: OtherForm | None = None


def read_upload(name: str, content: bytes) -> Upload:
    """What was sent, brought into its normal form. Takes a while for a photo, so no transaction should be open.

    Raises:
        MediaRefused: it is neither picture nor sound, too large, or cannot be opened.
    """
    extension = _extension(name, content)
    if extension is None:
        raise MediaRefused(gettext("Chỉ nhận hình .jpg, .png, .webp và âm thanh .mp3, .opus. Lưu lại rồi chọn lại."))
    if len(content) > pictures.MAXIMUM_BYTES:
        raise MediaRefused(gettext("Tệp nặng quá 5 MB. Thu nhỏ rồi chọn lại."))
    is_sound = extension in sounds.EXTENSIONS
    stem = suggested_key(name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0])
    path = f"{SOUND_FOLDER if is_sound else PICTURE_FOLDER}/{stem}.{extension}"
    return _read_sound(path, content) if is_sound else _read_picture(path, content)


def keep_upload(draft: CourseDraft, upload: Upload, by: Actor) -> str:
    """Store it in the draft; returns the path under which texts show it.

    Raises:
        MediaRefused: the draft has as many files as a course folder may have.
    """
    if len(drafts.live_files(draft)) >= MAXIMUM_FILES:
        raise MediaRefused(gettext("Khóa học đã có %(count)s tệp, nhiều nhất là thế.", count=MAXIMUM_FILES))
    if upload.other:
        media.store(upload.other.content, upload.other.extension)
    return drafts.add_media(draft, upload.path, upload.content, by).path


def _extension(name: str, content: bytes) -> str | None:
    """By what the bytes are, not by what the name says; an MP3 without a tag only its name tells."""
    found = next((extension for mark, extension in _KINDS if content.startswith(mark)), None)
    if found is None and sounds.sound_extension(name) == "mp3":
        return "mp3"
    if found == "opus" and b"OpusHead" not in content[:200]:
        return None
    return found


def _read_picture(path: str, content: bytes) -> Upload:
    faults = Faults()
    normal = normal_folder({path: content})
    picture = pictures.read_pictures(normal, faults, examine).get(path)
    if picture is None:
        raise MediaRefused(faults.all[0].reason if faults.all else pictures.UNREADABLE)
    return Upload(path, normal[path], picture.address, picture.width, picture.height, picture.other)


def _read_sound(path: str, content: bytes) -> Upload:
    faults = Faults()
    sound = sounds.read_sounds({path: content}, faults).get(path)
    if sound is None:
        raise MediaRefused(faults.all[0].reason if faults.all else gettext("Không mở được tệp âm thanh này."))
    return Upload(path, content, sound.address, 0, 0)
