"""What nothing shows goes after 30 days; what a version or a draft shows, or may show again, never does."""

import io
import re
import struct
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.access.actor import Role, WayIn
from app.authoring import jobs
from app.authoring.deleting import delete_draft, delete_file
from app.authoring.draft_media import keep_upload, read_upload
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.unused_media import purge_unused_media
from app.extensions import db
from app.people.models import Person
from app.shared import media
from app.shared.clock import now
from app.shared.jobs import Job, run_due_jobs
from app.shared.media import Media
from tests.courses.folders import QUESTION, QUIZ_HEAD
from tests.docx import make_docx, p, picture
from tests.factories import make_staff, sign_in
from tests.integration.authoring.drafts import LESSON, actor_of, file_at, make_draft
from tests.integration.content.folders_on_disk import publish, write_course
from tests.page_client import PageClient
from tests.photos import make_photo, phone_photo
from tests.sounds import MP3

PICTURES = {
    "anh/a.jpg": make_photo(size=(400, 300), is_noisy=True),
    "anh/b.webp": make_photo("WEBP", (64, 48), is_noisy=True),
    "anh/c.png": make_photo("PNG", (60, 40), is_noisy=True),
    "am-thanh/a.mp3": MP3,
}
ADDRESS = re.compile(r"/media/[0-9a-f]{64}\.\w+")


@pytest.fixture
def trainer(app: Flask) -> Person:
    assert app.name
    return make_staff(Role.TRAINER, None)


def kept() -> set[str]:
    return set(db.session.scalars(select(Media.extension + ":" + Media.sha256)))


def grow_old(days: int = 31) -> None:
    db.session.execute(update(Media).values(created_at=now() - timedelta(days=days)))
    db.session.commit()


def purge() -> int:
    count = purge_unused_media()
    db.session.commit()
    return count


def with_photo(trainer: Person, colour: str = "teal") -> tuple[CourseDraft, str]:
    """A draft whose lesson shows a photo, and the photo's path."""
    draft = make_draft(trainer)
    photo = make_photo(size=(400, 300), is_noisy=True) if colour == "noise" else make_photo(colour=colour)
    path = keep_upload(draft, read_upload("May.jpg", photo), actor_of(trainer))
    file_at(draft, "01-bai-mot.md").text = f"{LESSON}\n![Máy của bác]({path})\n"
    db.session.commit()
    return draft, path


def test_the_photo_of_a_draft_stays_with_its_other_form(trainer: Person) -> None:
    with_photo(trainer, "noise")
    before = kept()
    assert {name[:4] for name in before} == {"jpg:", "webp"}
    grow_old()
    assert (purge(), kept()) == (0, before)


def test_what_a_deleted_draft_showed_stays_while_it_can_be_brought_back_and_then_goes(trainer: Person) -> None:
    draft, _ = with_photo(trainer, "noise")
    delete_draft(draft, actor_of(trainer))
    db.session.commit()
    grow_old()
    assert purge() == 0
    draft.deleted_at = now() - timedelta(days=31)
    db.session.commit()
    jobs.purge_deleted({})
    db.session.commit()
    assert (purge(), kept()) == (2, set())


def test_a_deleted_photo_stays_while_it_can_be_brought_back(trainer: Person) -> None:
    draft, path = with_photo(trainer)
    delete_file(draft, file_at(draft, path).id, actor_of(trainer))
    db.session.commit()
    grow_old()
    assert purge() == 0
    file = db.session.scalars(select(DraftFile).where(DraftFile.path == path)).one()
    file.deleted_at = now() - timedelta(days=31)
    db.session.commit()
    jobs.purge_deleted({})
    db.session.commit()
    assert purge() == len({"jpg", "webp"})


def test_everything_that_any_published_version_shows_stays(client: PageClient, tmp_path: Path) -> None:
    shown = "\n![Máy](anh/a.jpg)\n\n![Cây](anh/b.webp)\n\n![Nghe thử](am-thanh/a.mp3)\n"
    asked = QUIZ_HEAD + QUESTION.replace("-->\n", "-->\n\n![Hỏi](anh/c.png)\n\n")
    folder = write_course(tmp_path, lesson=LESSON + shown, quiz=asked)
    for path, content in PICTURES.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    publish(folder)
    before, pages = kept(), client.get("/courses/khoa-thu/bai-mot").text
    assert len(before) >= len({"svg", *PICTURES, "webp of a", "jpg of b"})
    for path in PICTURES:
        (folder / path).unlink()
    write_course(tmp_path)
    publish(folder)

    grow_old()
    assert (purge(), kept()) == (0, before)
    addresses = set(ADDRESS.findall(pages))
    assert len(addresses) >= len({"svg", "jpg", "webp of it", "webp", "jpg of it", "mp3"})
    assert all(client.get(address).status_code == 200 for address in addresses)


def test_an_import_that_nobody_took_goes_and_one_that_somebody_still_holds_stays(
    client: PageClient, trainer: Person
) -> None:
    sign_in(client, trainer, WayIn.STAFF)
    sent = make_docx(p("Mở máy", "Heading1") + p("Bấm nút") + picture("a.jpg", "Nút nguồn"), {"a.jpg": phone_photo()})

    def send() -> None:
        data = {"document": (io.BytesIO(sent), "bai.docx")}
        assert client.post("/workshop/new/text", data=data).status_code == 200

    send()
    grow_old()
    send()
    assert (purge(), bool(kept())) == (0, True)
    grow_old(29)
    assert purge() == 0
    grow_old()
    assert purge() >= 1
    assert kept() == set()


def test_while_a_photo_of_a_draft_cannot_be_opened_nothing_goes(trainer: Person) -> None:
    draft, path = with_photo(trainer)
    media.store(b"nothing shows this", "mp3")
    grow_old()
    file_at(draft, path).media = media.store(hollow_photo(), "png").rpartition("/")[2]
    db.session.commit()
    assert purge() == 0
    file_at(draft, path).media = media.store(make_photo("PNG", (40, 30)), "png").rpartition("/")[2]
    db.session.commit()
    assert purge() >= 1


def hollow_photo() -> bytes:
    """In the normal form by its parts, without pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_it_is_asked_for_once_a_day_and_done_by_the_runner(app: Flask, trainer: Person) -> None:
    media.store(b"nothing shows this", "mp3")
    grow_old()
    jobs.plan_purge()
    jobs.plan_purge()
    db.session.execute(update(Job).values(run_at=now()))
    db.session.commit()
    assert set(db.session.scalars(select(Job.kind))) == jobs.PURGES
    run_due_jobs(app.extensions["job_handlers"])
    assert kept() == set()
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.finished_at.is_(None))) == 0
