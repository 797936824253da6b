"""A backup brings everything back, on either database, without those who were erased since; or nothing at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from app import create_app
from app.access.actor import Actor
from app.content.models import Course, CourseVersion
from app.extensions import db
from app.people.erasure import erase_person
from app.people.models import Consent, Person
from app.shared.clock import now
from app.shared.database import READ_ONLY_OPTION
from app.shared.ids import new_id
from app.shared.log import LogEntry
from app.shared.media import Media, store
from tests.databases import POSTGRESQL, SQLITE, Databases, make_settings
from tests.every_table import all_rows, fill_every_table
from tests.factories import make_person

NewPlace = Callable[..., Flask]
EITHER_WAY = [(SQLITE, SQLITE)] + [
    pytest.param(*pair, marks=pytest.mark.postgres)
    for pair in [(POSTGRESQL, POSTGRESQL), (SQLITE, POSTGRESQL), (POSTGRESQL, SQLITE)]
]


@pytest.fixture
def new_place(databases: Databases, tmp_path: Path) -> Iterator[NewPlace]:
    """Makes an installation: migrated, with places, without a single person. All share one erasure list."""
    apps: list[tuple[Flask, str]] = []
    (tmp_path / "erasures.jsonl").touch()

    def make(backend: str, **overrides: object) -> Flask:
        url = databases.fresh(backend)
        folder = tmp_path / f"place-{len(apps)}"
        folder.mkdir()
        app = create_app(make_settings(url, folder, **{"erasure_list": tmp_path / "erasures.jsonl", **overrides}))
        apps.append((app, url))
        return app

    yield make
    for app, url in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        databases.drop(url)


@pytest.fixture
def source(backend: str, new_place: NewPlace) -> Flask:
    """An installation with one person, Hoa."""
    app = new_place(backend)
    with within(app):
        make_person(name="Hoa", phone="+84912345678")
    return app


@pytest.fixture
def backup_file(source: Flask, tmp_path: Path) -> Path:
    path = tmp_path / "backup.hocso"
    run(source, "backup", str(path))
    return path


@contextmanager
def within(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()


def run(app: Flask, *arguments: str, exit_code: int = 0) -> str:
    """Run a command as the operator would; return what it said, errors included."""
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == exit_code, result.output
    return result.output


def rows_in(app: Flask) -> dict[str, list[str]]:
    with app.app_context(), db.engine.connect() as connection:
        return all_rows(connection)


def names_in(app: Flask) -> list[str | None]:
    with within(app):
        return sorted(db.session.scalars(select(Person.name)), key=str)


def assert_refused(app: Flask, path: Path, reason: str) -> None:
    """The restore ends with the reason, and the place is as it was."""
    before = rows_in(app)
    assert reason in run(app, "restore", str(path), exit_code=1)
    assert rows_in(app) == before


@pytest.mark.parametrize(("kind", "other_kind"), EITHER_WAY)
def test_restored_place_has_every_row_of_every_table(
    new_place: NewPlace, kind: str, other_kind: str, tmp_path: Path
) -> None:
    old, new = new_place(kind), new_place(other_kind)
    with within(old):
        fill_every_table(db.session.connection())
        store(bytes(range(256)) * 1000, "png")
        point_courses_at_versions()
    before = rows_in(old)
    run(old, "backup", str(tmp_path / "b"))
    run(new, "restore", str(tmp_path / "b"))
    after = rows_in(new)
    assert set(before.pop("log")) < set(after.pop("log"))
    assert after == before


def point_courses_at_versions() -> None:
    """Close the circle between courses and versions, as publishing does."""
    for version_id, course_id in db.session.execute(select(CourseVersion.id, CourseVersion.course_id)):
        db.session.execute(update(Course).where(Course.id == course_id).values(current_version_id=version_id))


def test_person_erased_after_the_backup_stays_erased(
    source: Flask, backup_file: Path, backend: str, new_place: NewPlace
) -> None:
    with within(source):
        erase_person(db.session.scalars(select(Person.id)).one(), Actor())
    new = new_place(backend)
    assert "1 people of the erasure list erased again" in run(new, "restore", str(backup_file))
    with within(new):
        person = db.session.scalars(select(Person)).one()
        assert (person.name, person.phone) == (None, None)
        assert person.erased_at is not None


def test_erasures_known_to_the_backup_are_accepted(
    source: Flask, backend: str, new_place: NewPlace, tmp_path: Path
) -> None:
    with within(source):
        erase_person(db.session.scalars(select(Person.id)).one(), Actor())
        make_person(name="Lan")
    run(source, "backup", str(tmp_path / "b"))
    new = new_place(backend)
    run(new, "restore", str(tmp_path / "b"))
    assert names_in(new) == ["Lan", None]


@pytest.mark.sqlite_only
class TestRestoreRefuses:
    def test_without_the_list_of_erased_people(
        self, backup_file: Path, backend: str, new_place: NewPlace, tmp_path: Path
    ) -> None:
        new = new_place(backend, erasure_list=tmp_path / "nowhere.jsonl")
        assert_refused(new, backup_file, "nowhere.jsonl is missing")

    def test_a_list_that_is_older_than_the_backup(
        self, source: Flask, backend: str, new_place: NewPlace, tmp_path: Path
    ) -> None:
        older = tmp_path / "older.jsonl"
        older.touch()
        with within(source):
            erase_person(db.session.scalars(select(Person.id)).one(), Actor())
        run(source, "backup", str(tmp_path / "b"))
        assert_refused(
            new_place(backend, erasure_list=older), tmp_path / "b", "is older than the backup: it has 0 lines"
        )

    def test_a_list_of_another_place(self, source: Flask, backend: str, new_place: NewPlace, tmp_path: Path) -> None:
        with within(source):
            erase_person(db.session.scalars(select(Person.id)).one(), Actor())
        run(source, "backup", str(tmp_path / "b"))
        other = tmp_path / "other.jsonl"
        other.write_text('{"person_id": "0", "erased_at": "0"}\n' * 2)
        assert_refused(new_place(backend, erasure_list=other), tmp_path / "b", "is not the list of this backup")

    def test_a_list_that_cannot_be_read(
        self, backup_file: Path, backend: str, new_place: NewPlace, tmp_path: Path
    ) -> None:
        broken = tmp_path / "broken.jsonl"
        broken.write_text("half a li")
        assert_refused(new_place(backend, erasure_list=broken), backup_file, "broken.jsonl:1")

    def test_a_place_that_holds_rows(self, source: Flask, backup_file: Path) -> None:
        assert_refused(source, backup_file, "the database holds rows already")

    def test_a_place_with_another_schema(self, backup_file: Path, backend: str, new_place: NewPlace) -> None:
        new = new_place(backend)
        with within(new):
            db.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        assert_refused(new, backup_file, "this database 9999")

    @pytest.mark.parametrize("kept", [0.0, 0.5, 0.999])
    def test_a_file_that_was_cut_off(self, backup_file: Path, backend: str, new_place: NewPlace, kept: float) -> None:
        whole = backup_file.read_bytes()
        backup_file.write_bytes(whole[: int(len(whole) * kept)])
        assert_refused(new_place(backend), backup_file, str(backup_file))

    def test_a_file_that_was_changed(self, backup_file: Path, backend: str, new_place: NewPlace) -> None:
        content = bytearray(backup_file.read_bytes())
        content[-20] ^= 1
        backup_file.write_bytes(content)
        assert_refused(new_place(backend), backup_file, "cut off or changed")

    def test_a_wrong_passphrase(self, backup_file: Path, backend: str, new_place: NewPlace) -> None:
        new = new_place(backend, backup_passphrase="another passphrase")
        assert_refused(new, backup_file, "BACKUP_PASSPHRASE is not the one")

    def test_to_begin_without_a_passphrase(self, backup_file: Path, backend: str, new_place: NewPlace) -> None:
        assert_refused(new_place(backend, backup_passphrase=""), backup_file, "BACKUP_PASSPHRASE is not set")

    def test_a_file_that_is_not_there(self, backend: str, new_place: NewPlace, tmp_path: Path) -> None:
        assert_refused(new_place(backend), tmp_path / "nothing", "No such file")

    def test_other_secrets_without_the_file_of_secrets(
        self, backup_file: Path, backend: str, new_place: NewPlace
    ) -> None:
        backup_file.with_name("backup.hocso.secrets").unlink()
        assert_refused(new_place(backend, pin_pepper="n" * 40), backup_file, "backup.hocso.secrets is missing")

    def test_other_secrets_in_the_environment(
        self, backup_file: Path, backend: str, new_place: NewPlace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PIN_PEPPER", "n" * 40)
        new = new_place(backend, pin_pepper="n" * 40)
        assert_refused(new, backup_file, "PIN_PEPPER in the environment is not the backup's")


@pytest.mark.sqlite_only
def test_backup_refuses_without_a_passphrase(backend: str, new_place: NewPlace, tmp_path: Path) -> None:
    app = new_place(backend, backup_passphrase="")
    assert "BACKUP_PASSPHRASE is not set" in run(app, "backup", str(tmp_path / "b"), exit_code=1)
    assert not list(tmp_path.glob("b*"))


@pytest.mark.sqlite_only
def test_backup_into_a_folder_that_is_missing_says_so(source: Flask, tmp_path: Path) -> None:
    assert "No such file or directory" in run(source, "backup", str(tmp_path / "no" / "b"), exit_code=1)


@pytest.mark.sqlite_only
def test_backup_leaves_two_sealed_files_and_nothing_else(source: Flask, backup_file: Path, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    run(source, "backup", str(backup_file))
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before
    for path in tmp_path.glob("backup*"):
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.read_bytes().startswith(b"hocso-backup 1 ")
        assert b"912345678" not in path.read_bytes()


@pytest.mark.sqlite_only
def test_secrets_of_the_old_place_come_along(
    backup_file: Path, backend: str, new_place: NewPlace, tmp_path: Path
) -> None:
    new = new_place(backend, secret_key="k" * 40, pin_pepper="n" * 40)
    secrets_env = tmp_path / "place-1" / "secrets.env"
    secrets_env.write_text("PIN_PEPPER=" + "n" * 40 + "\nPUBLIC_URL=https://hoc.example.vn\n")
    assert "start the server anew" in run(new, "restore", str(backup_file))
    assert secrets_env.read_text() == (
        "PIN_PEPPER=pepper of the tests, which is long enough\n"
        "PUBLIC_URL=https://hoc.example.vn\n"
        "SECRET_KEY=secret key of the tests, long enough\n"
    )
    assert secrets_env.stat().st_mode & 0o777 == 0o600


@pytest.mark.sqlite_only
def test_secrets_alone_can_be_had(backup_file: Path, backend: str, new_place: NewPlace, tmp_path: Path) -> None:
    new = new_place(backend)
    run(new, "restore", "--secrets-only", str(backup_file))
    assert "PIN_PEPPER=pepper of the tests" in (tmp_path / "place-1" / "secrets.env").read_text()
    assert names_in(new) == []


@pytest.mark.sqlite_only
def test_checking_a_backup_writes_nothing(backup_file: Path, backend: str, new_place: NewPlace) -> None:
    new = new_place(backend)
    said = run(new, "restore", "--check", str(backup_file))
    assert "whole, made on" in said
    assert "1  person" in said
    assert names_in(new) == []


@pytest.mark.sqlite_only
def test_who_copied_all_data_stands_in_the_log(source: Flask, backup_file: Path) -> None:
    with within(source):
        entry = db.session.scalars(select(LogEntry).where(LogEntry.act == "make_backup")).one()
        assert (entry.object_id, entry.actor_role) == (backup_file.name, "command")


def test_json_null_and_no_value_stay_different(
    source: Flask, backend: str, new_place: NewPlace, tmp_path: Path
) -> None:
    with within(source):
        fill_every_table(db.session.connection())
    with source.app_context():
        before = count_json_nulls()
    run(source, "backup", str(tmp_path / "b"))
    new = new_place(backend)
    run(new, "restore", str(tmp_path / "b"))
    with new.app_context():
        assert count_json_nulls() == before
        assert before[0] > 0


def count_json_nulls() -> tuple[int, int]:
    """How often an answer is JSON's null, and how often a quiz is no value at all."""
    with db.engine.connect() as connection:
        nulls = connection.exec_driver_sql("SELECT count(*) FROM answer WHERE CAST(response AS TEXT) = 'null'")
        absent = connection.exec_driver_sql("SELECT count(*) FROM course_item WHERE quiz IS NULL")
        return nulls.scalar_one(), absent.scalar_one()


def test_media_come_back_byte_for_byte(source: Flask, backend: str, new_place: NewPlace, tmp_path: Path) -> None:
    picture = bytes(range(256)) * 4096 * 4
    with within(source):
        store(picture, "webp")
    run(source, "backup", str(tmp_path / "b"))
    new = new_place(backend)
    run(new, "restore", str(tmp_path / "b"))
    with within(new):
        assert db.session.scalars(select(Media.body)).one() == picture


def test_restore_that_fails_half_way_leaves_nothing(
    source: Flask, backend: str, new_place: NewPlace, tmp_path: Path
) -> None:
    with within(source):
        write_orphan(backend)
    run(source, "backup", str(tmp_path / "b"))
    assert_refused(new_place(backend), tmp_path / "b", "nothing was restored, the database refused")


def write_orphan(backend: str) -> None:
    """A consent of nobody, written around the rules: no place takes it back."""
    orphan = {"id": new_id(), "person_id": new_id(), "purpose": "x", "text_version": "1", "given_at": now()}
    if backend == SQLITE:
        with db.engine.connect().execution_options(**{READ_ONLY_OPTION: True}) as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.execute(insert(Consent).values(orphan))
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    else:
        db.session.connection().exec_driver_sql("ALTER TABLE consent DROP CONSTRAINT fk_consent_person_id_person")
        db.session.execute(insert(Consent).values(orphan))
