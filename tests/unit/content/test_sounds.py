"""Which sound files may be played."""

import pytest

from app.content.compile.faults import Faults
from app.content.compile.sounds import read_sounds
from tests.courses.folders import compile_here, faults_in, folder_with
from tests.sounds import MP3, OPUS, tagged


@pytest.mark.parametrize(
    ("path", "content", "extension"),
    [
        ("a.mp3", MP3, "mp3"),
        ("a.MP3", tagged(MP3), "mp3"),
        ("am-thanh/b.mp3", tagged(MP3, cover=bytes(200_000)), "mp3"),
        ("a.opus", OPUS, "opus"),
    ],
    ids=["mp3", "with a title", "with a cover", "opus"],
)
def test_sound_is_recognised_and_named_by_its_content(path, content, extension):
    faults = Faults()
    sound = read_sounds({path: content}, faults)[path]
    assert faults.all == []
    assert sound.address == f"/media/{sound.sha256}.{extension}"
    assert sound.content == content


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.mp3", b""),
        ("a.mp3", OPUS),
        ("a.opus", MP3),
        ("a.opus", b"OggS\0\x02"),
        ("a.opus", OPUS.replace(b"OpusHead", b"\x01vorbis ")),
        ("a.mp3", b"<script>alert(1)</script>"),
        ("a.mp3", b"ID3\x04\0\0\xff\xff\xff\xff" + MP3),
        ("a.mp3", b"ID3\x04\0\0\x00\x00\x00\x02ab<html>"),
        ("a.mp3", b"\xff\xd8\xff\xe0 a photo"),
        ("a.mp3", b"\xff\xf1\x50\x80 is AAC"),
    ],
)
def test_what_is_no_such_sound_is_refused(path, content):
    faults = Faults()
    assert read_sounds({path: content}, faults) == {}
    assert "không phải âm thanh" in faults.all[0].reason


def test_sound_of_more_than_5_mb_is_refused_with_a_way_to_make_it_smaller():
    faults = Faults()
    assert read_sounds({"a.mp3": MP3 + bytes(5 * 1024 * 1024)}, faults) == {}
    assert "48 kbps" in faults.all[0].reason


def test_sound_belongs_to_the_course_and_to_its_hash():
    plain, spoken = folder_with(), {**folder_with(), "am-thanh/bai.mp3": MP3}
    assert [fault for fault in faults_in(spoken) if "không thuộc" in fault.reason] == []
    compiled = compile_here(spoken)
    assert compiled.files["am-thanh/bai.mp3"].startswith("media:")
    assert [sound.path for sound in compiled.sounds] == ["am-thanh/bai.mp3"]
    assert compiled.content_hash != compile_here(plain).content_hash
