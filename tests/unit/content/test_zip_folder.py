"""Course folders packed as .zip: what is read, what is refused, and that writing and reading agree."""

import io
import stat
import struct
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.folder import FolderRefused
from app.content.zip_folder import MAXIMUM_BYTES, MAXIMUM_ENTRIES, MAXIMUM_PACKED, read_zip, write_zip
from tests.zips import entry, make_zip, make_zip_of, renamed

HOSTILE = sorted((Path(__file__).parents[2] / "hostile" / "zip").glob("*.zip"))
GOOD = {"course.yml": b"key: a\n", "01-bai.md": b"chu\n", "anh/hinh.png": b"\x89PNG"}


def below(folder: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}


def refusal_of(packed: bytes) -> FolderRefused:
    with pytest.raises(FolderRefused) as refused:
        read_zip(packed)
    return refused.value


class TestWhatIsRead:
    def test_files_at_the_top_have_no_name_for_their_folder(self):
        folder = read_zip(make_zip(GOOD))
        assert (folder.files, folder.name) == (GOOD, "")

    def test_the_one_folder_at_the_top_gives_the_name(self):
        folder = read_zip(make_zip(below("khoa-thu", GOOD)))
        assert (folder.files, folder.name) == (GOOD, "khoa-thu")

    def test_folders_may_have_entries_of_their_own(self):
        folders = [(entry(f"khoa/{name}", stat.S_IFDIR | 0o755), b"") for name in ("", "anh/")]
        files = [(entry(name), content) for name, content in below("khoa", GOOD).items()]
        assert read_zip(make_zip_of(*folders, *files)).files == GOOD

    def test_what_systems_and_word_leave_behind_is_not_seen(self):
        rest = ("__MACOSX/khoa/._01-bai.md", "khoa/.DS_Store", "khoa/Thumbs.db", "khoa/desktop.ini", "khoa/~$01.docx")
        folder = read_zip(make_zip({**below("khoa", GOOD), **dict.fromkeys(rest, b"x")}))
        assert (folder.files, folder.name) == (GOOD, "khoa")

    def test_names_come_in_one_spelling_however_they_were_written(self):
        name = "anh/đèn điện ảnh.png"
        decomposed = unicodedata.normalize("NFD", name)
        assert list(read_zip(make_zip({decomposed: b"x"})).files) == ["đèn điện ảnh.png"]

    def test_utf_8_is_read_where_the_archive_does_not_say_so(self):
        name = "ảnh.png".encode()
        packed = renamed(make_zip({"a" * len(name): b"x"}), b"a" * len(name), name)
        assert list(read_zip(packed).files) == ["ảnh.png"]

    def test_other_names_are_read_as_the_format_says(self):
        packed = renamed(make_zip({"aaaa.png": b"x"}), b"aaaa", b"m\x82t\x82")
        assert list(read_zip(packed).files) == ["mété.png"]


class TestWhatIsRefused:
    @pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
    def test_archives_that_lead_out(self, path):
        assert "Nén lại" in refusal_of(path.read_bytes()).reason or "nén lại" in refusal_of(path.read_bytes()).reason

    @pytest.mark.parametrize(
        "name",
        [
            "/a.md",
            "../a.md",
            "anh/../../a.md",
            "./a.md",
            "anh//a.md",
            "anh/./a.md",
            "C:/a.md",
            "c:a.md",
            "anh\\a.md",
            "..\\a.md",
            "\\\\may\\a.md",
            "a\x1b[2J.md",
            "a\u202edm.md",
            "/".join("abcdefgh") + "/a.md",
        ],
    )
    def test_names_that_lead_out_or_cannot_be_shown(self, name):
        assert refusal_of(make_zip({**GOOD, name: b"x"})).file.isprintable()

    def test_a_name_that_ends_early(self):
        refusal_of(make_zip({**GOOD, "anh.png": b"x"}).replace(b"anh.png", b"a.md\0xx"))

    def test_a_name_that_says_utf_8_and_is_not(self):
        refusal_of(renamed(make_zip({"aaaa.png": b"x"}), b"aaaa", b"m\x82t\x82", is_utf8=True))

    @pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
    def test_links_and_devices(self, mode):
        assert "lối tắt" in refusal_of(make_zip_of((entry("a.md", mode | 0o777), b"/etc/passwd"))).reason

    @pytest.mark.parametrize("name", ["a.html", "a.exe", "a.zip", "a.md.js", "a", "anh.png.svgz", "a.tar.gz"])
    def test_other_kinds_of_files(self, name):
        assert refusal_of(make_zip({**GOOD, name: b"x"})).file == name

    @pytest.mark.parametrize(
        "names",
        [
            ("a.md", "a.md"),
            ("a.md", "A.MD"),
            ("ảnh.png", unicodedata.normalize("NFD", "ảnh.png")),
            ("Đèn.png", "đèn.png"),
            ("a.md", "a.md/b.md"),
            ("a.md/b.md", "a.md"),
        ],
    )
    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_files_of_one_name(self, names):
        assert "trùng tên" in refusal_of(make_zip_of(*((entry(name), b"x") for name in names))).reason

    def test_a_password(self):
        packed = bytearray(make_zip(GOOD))
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            packed[packed.find(mark) + at] |= 1
        assert "mật khẩu" in refusal_of(bytes(packed)).reason

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_rare_ways_of_packing(self, method):
        assert "kiểu lạ" in refusal_of(make_zip(GOOD, method)).reason

    @pytest.mark.parametrize(
        "packed",
        [
            b"",
            b"PK",
            b"PK\x03\x04" + bytes(40),
            b"GIF89a" + make_zip(GOOD),
            make_zip(GOOD) + b"<script>",
            make_zip(GOOD)[:-30],
            make_zip(GOOD, zipfile.ZIP_STORED).replace(b"chu", b"chx"),
            make_zip({}),
        ],
        ids=["empty", "two bytes", "a stub", "data before", "data behind", "cut", "changed", "no entries"],
    )
    def test_what_is_no_plain_archive(self, packed):
        assert "hỏng" in refusal_of(packed).reason

    def test_an_archive_without_a_course(self):
        assert "không có tệp nào" in refusal_of(make_zip({".DS_Store": b"x"})).reason


class TestBombs:
    def test_more_than_may_be_packed(self):
        assert "20 MB" in refusal_of(bytes(MAXIMUM_PACKED + 1)).reason

    @pytest.mark.parametrize("count", [MAXIMUM_ENTRIES + 1, 100_000])
    def test_too_many_entries_are_refused_before_they_are_read(self, count):
        packed = make_zip({f"{number}.md": b"" for number in range(count)}, zipfile.ZIP_STORED)
        started = time.monotonic()
        assert str(MAXIMUM_ENTRIES) in refusal_of(packed).reason
        assert time.monotonic() - started < 0.5

    def test_a_table_that_hides_how_many_entries_it_has(self):
        packed = bytearray(make_zip({f"{number}.md": b"" for number in range(MAXIMUM_ENTRIES + 5)}))
        packed[-14:-10] = struct.pack("<HH", 1, 1)
        refusal_of(bytes(packed))

    def test_an_entry_that_packs_too_well(self):
        assert "bất thường" in refusal_of(make_zip({"a.md": bytes(10**6)})).reason

    def test_an_entry_that_lies_about_its_size(self):
        packed = make_zip({"a.md": bytes(10**6)})
        lie = packed.replace(struct.pack("<I", 10**6), struct.pack("<I", 10))
        assert lie != packed
        refusal_of(lie)

    def test_more_bytes_than_a_course_has(self):
        block = b"".join(struct.pack("<I", number * 2654435761 % 2**32) for number in range(5_000)) + bytes(900_000)
        packed = make_zip({f"{number}.md": block for number in range(MAXIMUM_BYTES // len(block) + 2)})
        assert len(packed) < MAXIMUM_PACKED
        assert "100 MB" in refusal_of(packed).reason

    def test_entries_that_share_their_bytes(self):
        packed = bytearray(make_zip({"a.md": b"same", "b.md": b"same"}, zipfile.ZIP_STORED))
        second = packed.rfind(b"PK\x01\x02")
        packed[second + 42 : second + 46] = struct.pack("<I", 0)
        refusal_of(bytes(packed))


class TestWriting:
    def test_the_same_files_give_the_same_bytes(self):
        assert write_zip(GOOD, "khoa") == write_zip(dict(reversed(GOOD.items())), "khoa")

    def test_what_is_too_heavy_to_be_read_again_is_refused(self):
        with pytest.raises(FolderRefused, match="thư mục thay vì"):
            write_zip({"a.mp3": bytes(MAXIMUM_PACKED)}, "khoa")

    @given(
        st.dictionaries(
            st.from_regex(r"[a-z0-9ảđ]{1,8}(/[a-z]{1,3}){0,2}\.(md|png|mp3)", fullmatch=True),
            st.binary(max_size=300) | st.sampled_from([bytes(200_000), b"chu " * 40_000]),
            min_size=1,
            max_size=6,
        )
    )
    def test_what_was_written_is_read_again(self, files):
        files = {unicodedata.normalize("NFC", name): content for name, content in files.items()}
        folder = read_zip(write_zip(files, "khoa"))
        assert (folder.files, folder.name) == (files, "khoa")

    def test_other_programs_read_it_too(self):
        with zipfile.ZipFile(io.BytesIO(write_zip({"ảnh.png": b"x"}, "khoa"))) as archive:
            assert archive.namelist() == ["khoa/ảnh.png"]
            assert archive.testzip() is None
