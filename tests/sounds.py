"""Sound made for a test: silence in the formats that a course may hold."""

MP3 = (b"\xff\xfb\x90\xc0" + bytes(413)) * 3
"""Three frames of MPEG 1 layer III, 128 kbps, 44.1 kHz, mono."""
OPUS = b"OggS\0\x02" + bytes(20) + b"\x01\x13" + b"OpusHead\x01\x01" + bytes(9)
"""The first page of an Ogg Opus stream."""


def tagged(mp3: bytes, cover: bytes = b"") -> bytes:
    """With a title, and a cover picture if there is one, in an ID3 tag in front."""
    frames = frame(b"TIT2", b"\x03B\xc3\xa0i") + (frame(b"APIC", b"\0image/png\0\x03\0" + cover) if cover else b"")
    return b"ID3\x04\0\0" + synchsafe(len(frames)) + frames + mp3


def frame(name: bytes, body: bytes) -> bytes:
    return name + synchsafe(len(body)) + b"\0\0" + body


def synchsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
