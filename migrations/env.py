"""Runs migrations over our tables only, one migrator at a time.

Autogenerate sees only tables of our own metadata: a table that is not ours is never compared, let alone dropped.
On PostgreSQL an advisory lock, on SQLite the write lock, keeps a second node waiting until the first is done.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from app.extensions import db
from app.shared.database import UtcDateTime

MIGRATION_LOCK = 20260701
config = context.config


def include_object(thing: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    """Whether autogenerate may look at `thing`: only at tables that our models name."""
    if kind == "table":
        return name in db.metadata.tables
    table = getattr(thing, "table", None)
    return table is None or table.name in db.metadata.tables


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as the plain ones that they store: a migration must not change with our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_object=include_object,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_offline() -> None:
    context.configure(
        url=current_app.config["SQLALCHEMY_DATABASE_URI"], target_metadata=db.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    with db.engine.begin() as opened:
        run(opened)
