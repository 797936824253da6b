"""A course goes out as a folder and as a .zip and comes back as what it was, on both databases."""

import shutil
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from app.content.folder import write_folder
from app.content.publish_rules import PublishedElsewhere
from app.content.publishing import check_folder, export_course, publish_folder
from app.content.queries import get_version
from app.content.zip_folder import write_zip
from app.extensions import db
from tests.courses.folders import SAMPLE
from tests.integration.content.folders_on_disk import bytes_of, count_versions, publish
from tests.photos import make_photo, phone_photo
from tests.sounds import MP3, OPUS, tagged

pytestmark = pytest.mark.usefixtures("app")
SLUG = "moi-loai"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every kind of item and question, with photos as phones save them, and sound."""
    folder = tmp_path / "goc" / SLUG
    shutil.copytree(SAMPLE.parent / "every-kind", folder)
    media = {
        "anh/may.jpg": phone_photo(orientation=6),
        "anh/Ảnh chụp.jpeg": make_photo("JPEG", (300, 200)),
        "anh/ve.png": make_photo("PNG", (90, 60), mode="RGBA"),
        "anh/nho.webp": make_photo("WEBP", (900, 40), is_noisy=True),
        "am-thanh/bai.mp3": tagged(MP3, cover=bytes(5000)),
        "am-thanh/bai.opus": OPUS,
    }
    for path, content in media.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    shown = "".join(f"\n![Nghe hoặc xem](<{path}>)\n".replace(" chụp", "%20chụp") for path in media)
    lesson = folder / "01-bai-hoc.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + shown, encoding="utf-8")
    (folder / "ghi-chu.txt").write_text("không thuộc khóa học", encoding="utf-8")
    return folder


def exported(parent: Path) -> Path:
    target = parent / SLUG
    write_folder(target, export_course(SLUG))
    return target


def packed(parent: Path, name: str = SLUG) -> Path:
    parent.mkdir(exist_ok=True)
    target = parent / f"{name}.zip"
    target.write_bytes(write_zip(export_course(SLUG), SLUG))
    return target


def test_an_exported_folder_is_what_is_published(folder, tmp_path):
    first = publish(folder)
    out = exported(tmp_path / "ra")
    again = publish(out)
    assert (again.outcome, again.version_id) == ("unchanged", first.version_id)
    assert count_versions() == 1
    assert check_folder(out).content_hash == check_folder(folder).content_hash
    last = (out / "course.yml").read_text(encoding="utf-8").splitlines()[-1]
    assert last == f"base: {check_folder(folder).content_hash}"
    assert not (out / "ghi-chu.txt").exists()


def test_an_exported_zip_is_what_is_published_whatever_its_name(folder, tmp_path):
    first = publish(folder)
    out = packed(tmp_path / "ra", "gui-cho-xa-khac")
    assert publish(out).version_id == first.version_id
    assert count_versions() == 1
    assert check_folder(out).content_hash == check_folder(folder).content_hash
    with zipfile.ZipFile(out) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {SLUG}


def test_exports_are_the_same_bytes_each_time_and_after_coming_back(folder, tmp_path):
    publish(folder)
    once, twice = packed(tmp_path / "ra").read_bytes(), packed(tmp_path / "lai").read_bytes()
    out = exported(tmp_path / "thu-muc")
    publish(out)
    assert once == twice == write_zip({path: body for path, (body, _) in bytes_of(out).items()}, SLUG)


@pytest.mark.sqlite_only
def test_photos_come_back_small_and_without_their_place(folder, tmp_path):
    publish(folder)
    out = exported(tmp_path / "ra")
    before, after = (folder / "anh" / "may.jpg").read_bytes(), (out / "anh" / "may.jpg").read_bytes()
    assert b"Camera of somebody" in before
    assert b"Camera of somebody" not in after
    assert b"Exif" not in after
    assert (out / "am-thanh" / "bai.mp3").read_bytes() == (folder / "am-thanh" / "bai.mp3").read_bytes()


def test_a_mended_export_follows_the_version_that_it_came_from(folder, tmp_path):
    publish(folder)
    out, stale = exported(tmp_path / "ra"), exported(tmp_path / "cu")
    mend(out / "06-tinh-huong.md", "Chào bác,", "Chào bác ạ,")
    assert publish(out).number == 2
    mend(stale / "06-tinh-huong.md", "Chào bác,", "Chào cô,")
    with pytest.raises(PublishedElsewhere) as refused:
        publish_folder(stale)
    assert "bản 1 (" in refused.value.message
    assert "bản đang dùng là 2 (" in refused.value.message
    db.session.rollback()
    assert publish(stale, replaces=True).number == 3


def mend(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.sqlite_only
def test_what_is_published_from_an_export_shows_the_same(folder, tmp_path):
    """Another instance that gets the .zip shows every item as this one does."""
    first = get_version(publish(folder).version_id)
    out = packed(tmp_path / "ra")
    theirs = check_folder(out)
    for ours, item in zip(first.items, theirs.items, strict=True):
        assert (ours.key, ours.kind, ours.title, ours.body) == (item.key, item.kind, item.title, item.body)
        assert ours.quiz == item.quiz


@pytest.mark.sqlite_only
def test_the_commands_do_the_same(app: Flask, folder, tmp_path):
    def run(*words: object) -> str:
        result = app.test_cli_runner().invoke(args=["courses", *map(str, words)])
        assert result.exit_code == 0, result.stderr
        return result.stdout

    run("publish", folder)
    run("export", SLUG, tmp_path / "ra" / SLUG)
    run("export", SLUG, tmp_path / f"{SLUG}.zip")
    for source in (tmp_path / "ra" / SLUG, tmp_path / f"{SLUG}.zip"):
        assert run("check", source).endswith("6 mục, 14 câu hỏi. Không có lỗi.\n")
        assert run("publish", source) == f"{SLUG}: không có gì mới, giữ bản 1\n"
