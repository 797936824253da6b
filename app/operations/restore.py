"""Putting a backup back into an empty place: whole or not at all, and without those who were erased since."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, func, select

from app.config import SECRETS_FILE, Settings, read_secrets_file
from app.extensions import Model, db
from app.operations.archive import ArchiveReader, Header, Row
from app.operations.backup import DATABASE, SECRETS, fingerprints, secrets_path
from app.operations.erasure_record import ErasureRecord, why_list_is_too_old
from app.operations.filling import Filler
from app.operations.sealed_file import read_sealed
from app.operations.snapshot import migration_of, our_tables
from app.people.erasure import UnreadableErasureList, apply_erasure, read_erasures
from app.places import models as places
from app.shared.log import LogEntry

FILLED_AT_START = frozenset(
    mapper.class_.__tablename__ for mapper in Model.registry.mappers if mapper.class_.__module__ == places.__name__
)
"""Tables that every new installation fills by itself; a restore puts the backup's rows in their stead."""
MAY_HOLD_ROWS = FILLED_AT_START | {LogEntry.__tablename__}
"""The log takes no deletion: what this place has written so far (that it loaded its places) stays beside the old."""
LOG = LogEntry.__table__
OnTable = Callable[[str], None]


class RestoreRefused(RuntimeError):
    """The restore was not begun, and nothing was written; the message says what to do."""


@contextmanager
def open_archive(path: Path, passphrase: str) -> Iterator[ArchiveReader]:
    """The backup at `path`, opened at its header."""
    with read_sealed(path, passphrase, DATABASE) as lines:
        yield ArchiveReader(lines)


def verify_backup(path: Path, passphrase: str, on_table: OnTable) -> tuple[Header, dict[str, int]]:
    """Read the backup from the first byte to the last; return its header and the rows of each table.

    Raises:
        SealBroken, ArchiveUnreadable: the file is cut, changed, or no backup.
    """
    with open_archive(path, passphrase) as archive:
        for shape, rows in archive.tables():
            on_table(shape.name)
            for _ in rows:
                pass
        return archive.header, archive.counts


def refuse_unfit_place(header: Header, settings: Settings) -> None:
    """Raise RestoreRefused unless this place is empty, has the backup's schema, and knows who was erased."""
    connection = db.session.connection()
    present = migration_of(connection)
    if present != header.migration:
        raise RestoreRefused(
            f"the backup has schema {header.migration or 'none'}, this database {present or 'none'}. Empty database: "
            "run 'flask db upgrade' first. Other version of Học Số: restore with the one that made it, then upgrade"
        )
    for table in our_tables():
        if table.name not in MAY_HOLD_ROWS and db.session.scalar(select(func.count()).select_from(table)):
            raise RestoreRefused(f"the database holds rows already (table {table.name}). Restore into an empty one")
    problem = why_list_is_too_old(settings.erasure_list, ErasureRecord(header.erasures, header.erasures_digest))
    if problem:
        raise RestoreRefused(problem)
    try:
        list(read_erasures(settings.erasure_list))
    except UnreadableErasureList as error:
        raise RestoreRefused(str(error)) from error


def fill_database(path: Path, passphrase: str, on_table: OnTable) -> int:
    """Write every row of the backup within the caller's transaction; return how many.

    The rows prove themselves complete only at the end: whoever catches an error from here must roll back.
    """
    connection = db.session.connection()
    filler = Filler(connection)
    for table in reversed(our_tables()):
        if table.name in FILLED_AT_START:
            connection.execute(delete(table))
    tables = {table.name: table for table in our_tables()}
    known = set(db.session.scalars(select(LOG.c.id)))
    with open_archive(path, passphrase) as archive:
        for shape, rows in archive.tables():
            on_table(shape.name)
            filler.fill(
                tables[shape.name], shape, _without(known, rows) if shape.name == LogEntry.__tablename__ else rows
            )
    filler.finish()
    return sum(archive.counts.values())


def _without(known: set[UUID], rows: Iterator[Row]) -> Iterator[Row]:
    """Only lines that this log does not have: a place set up from a copy has the beginning of the old log already."""
    position = list(LOG.c.keys()).index("id")
    return (row for row in rows if row[position] not in known)


def erase_again(settings: Settings) -> int:
    """Erase everybody on the list once more, within the caller's transaction; return how many were in the backup."""
    return sum(apply_erasure(erasure.person_id, erasure.erased_at) for erasure in read_erasures(settings.erasure_list))


def restore_secrets(path: Path, settings: Settings, header: Header | None = None) -> bool:
    """Make the backup's secrets those of this place, in `secrets.env`; return whether that changed anything.

    Raises:
        RestoreRefused: they are needed and not there, or the environment holds others.
    """
    if header is not None and header.secrets == fingerprints(settings):
        return False
    sealed = secrets_path(path)
    if not sealed.is_file():
        raise RestoreRefused(f"{sealed} is missing, and SECRET_KEY and PIN_PEPPER here are not those of the backup")
    with read_sealed(sealed, settings.backup_passphrase, SECRETS) as file:
        found: dict[str, str] = json.load(file)
    for name, secret in found.items():
        if os.environ.get(name) not in {None, "", secret}:
            raise RestoreRefused(
                f"{name} in the environment is not the backup's. Take it out of the environment, or run "
                "'flask restore --secrets-only' and put there what it writes to secrets.env"
            )
    write_secrets_file(settings.instance_dir, found)
    return True


def write_secrets_file(instance_dir: Path, found: dict[str, str]) -> None:
    """Put `found` into `secrets.env` (mode 0600) in one step; other lines stay."""
    path = instance_dir / SECRETS_FILE
    lines = [f"{name}={value}\n" for name, value in {**read_secrets_file(path), **found}.items()]
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)
    partial.replace(path)
