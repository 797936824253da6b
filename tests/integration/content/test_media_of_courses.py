"""Photos, sound and drawings of a course on their way: folder or .zip → database → folder or .zip."""

from pathlib import Path

import pytest
from flask import Flask

from app.content.compile.faults import CourseRefused
from app.content.folder import read_folder, write_folder
from app.content.models import CourseVersion
from app.content.publishing import check_folder, export_course, publish_source, read_source, read_uploaded
from app.content.zip_folder import read_zip, write_zip
from app.extensions import db
from app.shared.media import Media
from tests.courses.folders import LESSON
from tests.integration.content.folders_on_disk import count_versions, publish, write_course
from tests.photos import make_photo, phone_photo
from tests.sounds import MP3, OPUS
from tests.zips import make_zip

pytestmark = pytest.mark.usefixtures("app")
SHOWN = LESSON + "\n![Một ngôi nhà](anh/nha.jpg)\n\n![Một cái cây](anh/cay.webp)\n"


def write_media_course(parent: Path) -> Path:
    folder = write_course(parent, lesson=SHOWN)
    (folder / "anh" / "nha.jpg").write_bytes(phone_photo())
    (folder / "anh" / "cay.webp").write_bytes(make_photo("WEBP", (900, 700), is_noisy=True))
    (folder / "am-thanh").mkdir()
    (folder / "am-thanh" / "bai.mp3").write_bytes(MP3)
    (folder / "am-thanh" / "bai.opus").write_bytes(OPUS)
    return folder


def stored_hash() -> str:
    return db.session.execute(db.select(CourseVersion.content_hash)).scalar_one()


class TestThereAndBack:
    def test_what_is_exported_is_the_same_from_the_first_time_on(self, tmp_path):
        source = write_media_course(tmp_path)
        publish(source)
        first = tmp_path / "mot" / "khoa-thu"
        write_folder(first, export_course("khoa-thu"))
        assert check_folder(first).content_hash == stored_hash()
        assert publish(first).outcome == "unchanged"
        publish(first, replaces=True)
        assert export_course("khoa-thu") == read_folder(first)

    def test_the_folder_of_the_author_is_what_is_published_and_is_not_changed(self, tmp_path):
        source = write_media_course(tmp_path)
        before = read_folder(source)
        publish(source)
        assert publish(source).outcome == "unchanged"
        assert read_folder(source) == before
        assert count_versions() == 1

    def test_as_a_zip_too(self, tmp_path):
        publish(write_media_course(tmp_path))
        exported = export_course("khoa-thu")
        packed = write_zip(exported, "khoa-thu")
        assert publish_source(read_uploaded(packed, "tai-ve (1).zip")).outcome == "unchanged"
        assert read_zip(packed).files == exported


class TestWhatIsKept:
    def test_no_original_and_nothing_that_tells_of_people_is_kept(self, tmp_path):
        publish(write_media_course(tmp_path))
        for row in db.session.query(Media):
            assert b"Camera of somebody" not in row.body
            assert len(row.body) <= 150 * 1024
        assert phone_photo() not in export_course("khoa-thu").values()

    def test_each_photo_is_kept_as_webp_and_with_a_fallback(self, tmp_path, client):
        compiled = check_folder(write_media_course(tmp_path))
        publish(tmp_path / "khoa-thu")
        for picture in compiled.pictures:
            for address in filter(None, (picture.address, picture.webp_address)):
                assert client.get(address).status_code == 200
        assert (
            sorted(row.extension for row in db.session.query(Media))
            == ["jpg", "jpg", "mp3", "opus", "svg"] + ["webp"] * 2
        )

    def test_a_lesson_shows_both_with_their_size(self, tmp_path):
        compiled = check_folder(write_media_course(tmp_path))
        house = next(picture for picture in compiled.pictures if picture.path == "anh/nha.jpg")
        assert (house.width, house.height) == (720, 540)
        html = compiled.items[0].body
        assert f'<source srcset="{house.webp_address}" type="image/webp">' in html
        assert f'height="540" loading="lazy" src="{house.address}" width="720"' in html

    def test_where_a_photo_was_taken_is_no_reason_to_refuse_it(self, tmp_path):
        assert publish(write_media_course(tmp_path)).outcome == "new"


class TestAllOrNothing:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("anh/hong.jpg", b"\xff\xd8\xff\xe0 no photo", "Không mở được hình"),
            ("anh/la.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "hình có sẵn của Học Số"),
            ("am-thanh/la.mp3", b"<html>", "không phải âm thanh"),
        ],
    )
    def test_one_bad_file_keeps_the_whole_course_out(self, tmp_path, name, content, words):
        files = {**read_folder(write_media_course(tmp_path)), name: content}
        with pytest.raises(CourseRefused) as refused:
            publish_source(read_uploaded(make_zip({f"khoa-thu/{path}": body for path, body in files.items()}), "a.zip"))
        assert [(fault.file, words in fault.reason) for fault in refused.value.faults if not fault.is_warning] == [
            (name, True)
        ]
        db.session.commit()
        assert (count_versions(), db.session.query(Media).count()) == (0, 0)

    @pytest.mark.sqlite_only
    def test_a_zip_that_is_refused_leaves_nothing(self, tmp_path):
        packed = tmp_path / "khoa-thu.zip"
        packed.write_bytes(make_zip({"../ra-ngoai.md": b"x"}))
        with pytest.raises(CourseRefused) as refused:
            read_source(packed)
        assert refused.value.faults[0].file == "../ra-ngoai.md"
        assert [path.name for path in tmp_path.rglob("*")] == ["khoa-thu.zip"]


class TestCommands:
    def run(self, app: Flask, *words: object):
        return app.test_cli_runner().invoke(args=["courses", *map(str, words)])

    def test_a_course_goes_out_and_comes_in_as_a_zip(self, app, tmp_path):
        self.run(app, "publish", write_media_course(tmp_path))
        packed = tmp_path / "xuat" / "khoa.zip"
        assert self.run(app, "export", "khoa-thu", packed).exit_code == 0
        checked = self.run(app, "check", packed)
        assert (checked.exit_code, "Không có lỗi" in checked.stdout) == (0, True)
        assert self.run(app, "publish", packed).stdout.startswith("khoa-thu: không có gì mới")

    @pytest.mark.sqlite_only
    def test_a_zip_that_is_there_is_not_written_over(self, app, tmp_path):
        self.run(app, "publish", write_media_course(tmp_path))
        packed = tmp_path / "khoa.zip"
        packed.write_bytes(b"x")
        result = self.run(app, "export", "khoa-thu", packed)
        assert (result.exit_code, "đã có" in result.stderr, packed.read_bytes()) == (1, True, b"x")

    @pytest.mark.sqlite_only
    def test_a_zip_without_a_folder_at_its_top_is_named_by_its_file(self, app, tmp_path):
        packed = tmp_path / "khoa-moi.zip"
        packed.write_bytes(make_zip(read_folder(write_media_course(tmp_path))))
        assert self.run(app, "publish", packed).stdout.startswith("khoa-moi: đã xuất bản lần đầu")

    @pytest.mark.sqlite_only
    @pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", make_zip({"a.html": b"x"})])
    def test_what_cannot_be_read_is_a_line_for_the_author(self, app, tmp_path, content):
        packed = tmp_path / "khoa-thu.zip"
        if content is not None:
            packed.write_bytes(content)
        result = self.run(app, "check", packed)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{packed}")
