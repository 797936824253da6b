"""Places to measure: a fresh database of either kind with everything that `make run` puts there, and servers on it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import text

from app import create_app
from app.config import ROOT, Settings, with_psycopg
from app.extensions import db
from bench.reference_apps import make_bare_table
from tools import children, serving

SECRET = "a secret of the bench, long enough for all"
COMMANDS = (["db", "upgrade"], ["places", "load"], ["courses", "publish", "--shipped"])


@dataclass(frozen=True)
class Place:
    """An installation with its database."""

    name: str
    """SQLite or PostgreSQL."""
    app: Flask
    environment: Mapping[str, str]
    bare_url: str
    """A second, empty database beside it, for the bare comparison."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Work on its database; committed at the end, with fresh statistics as the server itself would make them."""
        with self.app.app_context():
            yield
            db.session.execute(text("ANALYZE"))
            db.session.commit()
            db.session.remove()

    @contextmanager
    def server(self, target: str = "wsgi:app") -> Iterator[int]:
        """Serve `target` as `make run` does; gives the port."""
        with serve(target, {**self.environment, "BENCH_BARE_URL": self.bare_url}) as (port, _process):
            yield port


@contextmanager
def serve(target: str, environment: Mapping[str, str]) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Granian with the product's own options over any application."""
    port = serving.free_port()
    command = [*serving.server_command(port)[:-1], target]
    process = children.start(command, env={**environment, "PORT": str(port)}, cwd=ROOT)
    try:
        serving.wait_until_ready(process, port)
        yield port, process
    finally:
        children.stop(process)


@contextmanager
def sqlite_place(folder: Path) -> Iterator[Place]:
    with _place(
        "SQLite", f"sqlite:///{folder / 'place.sqlite3'}", f"sqlite:///{folder / 'bare.sqlite3'}", folder
    ) as it:
        yield it


@contextmanager
def postgresql_place(server: str, folder: Path) -> Iterator[Place]:
    """On a server where databases may be made; they are dropped at the end."""
    names = [f"hocso_bench_{uuid4().hex}" for _ in range(2)]
    urls = [f"{server.rsplit('/', 1)[0]}/{name}" for name in names]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            with _place("PostgreSQL", with_psycopg(urls[0]), with_psycopg(urls[1]), folder) as place:
                yield place
        finally:
            for name in names:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _place(name: str, url: str, bare_url: str, folder: Path) -> Iterator[Place]:
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": SECRET,
        "PIN_PEPPER": SECRET,
        "DATABASE_URL": url,
        "INSTANCE_DIR": str(folder),
    }
    for words in COMMANDS:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    make_bare_table(bare_url)
    app = create_app(Settings.from_environment(environment))
    try:
        yield Place(name, app, environment, bare_url)
    finally:
        with app.app_context():
            db.engine.dispose()
