"""Fresh databases for tests: a template is migrated and filled once per test process, each test gets a copy."""

import os
import shutil
from functools import cache
from pathlib import Path
from uuid import uuid4

import flask_migrate
import psycopg
from psycopg import sql

from app import create_app
from app.config import ROOT, Settings
from app.content import publishing
from app.extensions import db
from app.places.actions import load_places
from tests.reusable import put_back, remember

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
DEFAULT_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


class Databases:
    """Makes and drops the databases of one test process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates: dict[tuple[str, bool], str] = {}
        self.made: list[str] = []
        self.filled_as: dict[str, bool] = {}
        """Databases on PostgreSQL that can be put back: with the courses or without."""
        self.idle: dict[bool, list[str]] = {True: [], False: []}

    def fresh(self, backend: str, *, with_courses: bool = False) -> str:
        """The URL of a new database that is migrated and knows all places; on wish with the shipped courses."""
        template = self._template(backend, with_courses)
        if backend == POSTGRESQL and self.idle[with_courses]:
            return self.idle[with_courses].pop()
        url = self._copy(backend, template)
        if backend == POSTGRESQL:
            self.filled_as[url] = with_courses
        return url

    def empty(self, backend: str) -> str:
        """The URL of a new database without any table."""
        if backend == SQLITE:
            return f"sqlite:///{self.folder / uuid4().hex}.sqlite3"
        return self._create("template0")

    def drop(self, url: str) -> None:
        """Give a database back."""
        if url.startswith(SQLITE):
            for path in self.folder.glob(f"{Path(url).name}*"):
                path.unlink()
        elif url in self.filled_as and put_back(url):
            self.idle[self.filled_as[url]].append(url)
        else:
            self._drop_on_server(url)

    def drop_all(self) -> None:
        for url in list(self.made):
            self._drop_on_server(url)

    def _drop_on_server(self, url: str) -> None:
        _on_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(url.rsplit("/", 1)[1])))
        self.made.remove(url)
        self.filled_as.pop(url, None)

    def _template(self, backend: str, with_courses: bool) -> str:
        if (backend, with_courses) not in self.templates:
            url = self._copy(backend, self._template(backend, False)) if with_courses else self.empty(backend)
            (publish_courses if with_courses else fill)(url, self.folder)
            if backend == POSTGRESQL:
                remember(url)
            self.templates[backend, with_courses] = url
        return self.templates[backend, with_courses]

    def _copy(self, backend: str, template: str) -> str:
        if backend == SQLITE:
            url = self.empty(backend)
            shutil.copyfile(template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
            return url
        return self._create(template.rsplit("/", 1)[1])

    def _create(self, template: str) -> str:
        name = f"hocso_test_{uuid4().hex}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        _on_server(create.format(sql.Identifier(name), sql.Identifier(template)))
        url = server_url().rsplit("/", 1)[0] + f"/{name}"
        self.made.append(url)
        return url


def make_settings(url: str, folder: Path, **overrides: object) -> Settings:
    """Settings as an operator would have them, over the given database."""
    values = {
        "secret_key": "secret key of the tests, long enough",
        "pin_pepper": "pepper of the tests, which is long enough",
        "database_url": url.replace("postgresql://", "postgresql+psycopg://"),
        "instance_dir": folder,
        "erasure_list": folder / "erasures.jsonl",
        "backup_passphrase": "a passphrase only for tests",
    }
    return Settings(**{**values, **overrides})  # type: ignore[arg-type]


def fill(url: str, folder: Path) -> None:
    """Migrate the database and load all places, as `make run` does."""
    app = create_app(make_settings(url, folder))
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        load_places()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def publish_courses(url: str, folder: Path) -> None:
    """Publish the shipped courses, as `make run` does."""
    app = create_app(make_settings(url, folder))
    with app.app_context():
        for course in publishing.list_shipped_folders():
            publishing.publish_folder(course, replaces=False)
        db.session.commit()
        db.session.remove()
    with app.app_context():
        db.engine.dispose()


def server_url() -> str:
    """The PostgreSQL server on which tests may make databases."""
    return os.environ.get("TEST_DATABASE_URL") or DEFAULT_SERVER


@cache
def why_no_postgresql() -> str:
    """Empty if the server answers, else the reason."""
    try:
        psycopg.connect(server_url(), connect_timeout=5).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def _on_server(statement: sql.Composed) -> None:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(statement)
