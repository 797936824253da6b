"""What we are measured against, on the same server: a constant Flask page, and a bare POST with one ORM insert.

`bare` uses Flask-SQLAlchemy as its manual shows it, over the database in BENCH_BARE_URL, with the same durability.
"""

import os
from uuid import UUID, uuid4

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Mapped, mapped_column

PAGE = "<!doctype html><title>Constant</title><h1>Constant</h1><p>Always the same.</p>"
constant = Flask("constant")
bare = Flask("bare")
database = SQLAlchemy()


@constant.get("/")
def show_constant() -> str:
    return PAGE


@constant.get("/healthz")
@bare.get("/healthz")
def show_alive() -> str:
    return "ok"


class Entry(database.Model):  # type: ignore[name-defined, misc]
    """One form that was sent."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    text: Mapped[str]


@bare.post("/")
def take_entry() -> tuple[str, int]:
    database.session.add(Entry(id=uuid4(), text=request.form["text"]))
    database.session.commit()
    return "", 204


def make_bare_table(url: str) -> None:
    """Make the table of `bare`, before any worker serves it."""
    engine = create_engine(url)
    database.metadata.create_all(engine)
    engine.dispose()


def _set_up_bare(url: str) -> None:
    bare.config["SQLALCHEMY_DATABASE_URI"] = url
    database.init_app(bare)
    with bare.app_context():
        if database.engine.dialect.name == "sqlite":
            event.listen(database.engine, "connect", _set_pragmas)


def _set_pragmas(connection: object, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


if "BENCH_BARE_URL" in os.environ:
    _set_up_bare(os.environ["BENCH_BARE_URL"])
