"""Sealed files: what went in comes out, and nothing comes out of a file that anybody has touched."""

import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.operations.sealed import CHUNK, TAG, SealBroken, SealedReader, SealedWriter
from app.operations.sealed_file import read_sealed, write_sealed

PASSPHRASE = "một câu dài để niêm phong"
HEADER = len(b"hocso-backup 1 database\n") + 16 + 32
THREE_CHUNKS = bytes(range(256)) * (3 * CHUNK // 256)


def seal(plain: bytes, purpose: str = "database") -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, PASSPHRASE, purpose)
    writer.write(plain)
    writer.finish()
    return target.getvalue()


def unseal(sealed: bytes, passphrase: str = PASSPHRASE, purpose: str = "database") -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(sealed), passphrase, purpose)).read()


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(THREE_CHUNKS)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_what_was_sealed_comes_out_again(size: int) -> None:
    plain = (b"chuyen nham tien " * (size // 17 + 1))[:size]
    assert unseal(seal(plain)) == plain


def test_same_content_sealed_twice_shares_nothing_but_the_first_line(sealed: bytes) -> None:
    again = seal(THREE_CHUNKS)
    assert again[HEADER:] != sealed[HEADER:]
    assert again[:24] == sealed[:24] == b"hocso-backup 1 database\n"


def test_passphrase_may_be_typed_in_either_unicode_form(sealed: bytes) -> None:
    assert unseal(sealed, unicodedata.normalize("NFD", PASSPHRASE)) == THREE_CHUNKS


def test_wrong_passphrase_is_told_from_a_damaged_file(sealed: bytes) -> None:
    with pytest.raises(SealBroken, match="BACKUP_PASSPHRASE is not the one"):
        unseal(sealed, PASSPHRASE + "!")


def test_file_of_another_purpose_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealBroken, match="not a secrets backup"):
        unseal(sealed, purpose="secrets")


@pytest.mark.parametrize("kept", [HEADER, HEADER + 1, HEADER + CHUNK + TAG, HEADER + 2 * (CHUNK + TAG), -1])
def test_file_that_was_cut_off_is_refused(sealed: bytes, kept: int) -> None:
    with pytest.raises(SealBroken, match="cut off or changed"):
        unseal(sealed[:kept])


def test_file_cut_off_within_its_header_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealBroken, match="beginning is damaged"):
        unseal(sealed[: HEADER - 1])


@given(position=st.integers(0, 3 * (CHUNK + TAG) - 1), mask=st.integers(1, 255))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_byte_can_change_unnoticed(sealed: bytes, position: int, mask: int) -> None:
    changed = bytearray(sealed)
    changed[HEADER + position] ^= mask
    with pytest.raises(SealBroken):
        unseal(bytes(changed))


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2), (0, 1), (0, 0, 1, 2), (0, 1, 2, 2)])
def test_chunks_cannot_be_swapped_dropped_or_repeated(sealed: bytes, order: tuple[int, ...]) -> None:
    size = CHUNK + TAG
    chunks = [sealed[HEADER + number * size : HEADER + (number + 1) * size] for number in range(3)]
    with pytest.raises(SealBroken):
        unseal(sealed[:HEADER] + b"".join(chunks[number] for number in order))


def test_chunk_of_another_file_with_the_same_passphrase_is_refused(sealed: bytes) -> None:
    other = seal(THREE_CHUNKS)
    with pytest.raises(SealBroken):
        unseal(sealed[: -(CHUNK + TAG)] + other[-(CHUNK + TAG) :])


def test_failed_writing_leaves_the_older_file_and_no_part_of_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "backup.hocso"
    path.write_bytes(b"yesterday's")
    with pytest.raises(TypeError), write_sealed(path, PASSPHRASE, "database") as file:
        file.writelines([b"half of today's", "then what nobody can write"])  # type: ignore[list-item]
    assert [found.name for found in tmp_path.iterdir()] == ["backup.hocso"]
    assert path.read_bytes() == b"yesterday's"


def test_file_on_disk_is_for_its_owner_only_and_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "backup.hocso"
    with write_sealed(path, PASSPHRASE, "database") as file:
        file.write(b"Nguyen Thi Hoa, 0912345678")
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"0912345678" not in path.read_bytes()
    with read_sealed(path, PASSPHRASE, "database") as file:
        assert file.read() == b"Nguyen Thi Hoa, 0912345678"
