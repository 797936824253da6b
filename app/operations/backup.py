"""Taking a backup: every row of every table of ours, media included, in one sealed file; the secrets in another."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from app.config import GENERATED_SECRETS, Settings
from app.operations.archive import Header, TableShape, end_line, table_lines
from app.operations.erasure_record import record_of_file
from app.operations.sealed_file import write_sealed
from app.operations.snapshot import migration_of, our_tables, rows_of, snapshot
from app.shared.clock import now

DATABASE = "database"
SECRETS = "secrets"


@dataclass(frozen=True, slots=True)
class BackupReport:
    rows: int
    size: int
    """Bytes of the file."""


def secrets_path(path: Path) -> Path:
    """Where the secrets of the backup at `path` lie."""
    return path.with_name(f"{path.name}.secrets")


def secrets_of(settings: Settings) -> dict[str, str]:
    """The secrets without which restored PINs, codes and second factors would not work."""
    return {name: getattr(settings, name.lower()) for name in GENERATED_SECRETS}


def fingerprints(settings: Settings) -> dict[str, str]:
    """Of each secret a value that tells whether another is the same, and nothing else about it."""
    return {
        name: hmac.new(secret.encode(), f"fingerprint of {name}".encode(), hashlib.sha256).hexdigest()
        for name, secret in secrets_of(settings).items()
    }


def make_backup(path: Path, settings: Settings, on_table: Callable[[str], None]) -> BackupReport:
    """Write the backup to `path` and its secrets beside it, while the server goes on; `on_table` hears each table.

    Nothing plain touches the disk. If it fails, nothing new is left and an older file of that name still stands.
    """
    with (
        snapshot() as connection,
        write_sealed(path, settings.backup_passphrase, DATABASE) as archive,
        write_sealed(secrets_path(path), settings.backup_passphrase, SECRETS) as secrets,
    ):
        archive.write(_header(connection, settings).to_line())
        counts = _write_tables(connection, archive, on_table)
        archive.write(end_line(counts))
        secrets.write(json.dumps(secrets_of(settings)).encode())
    return BackupReport(rows=sum(counts.values()), size=path.stat().st_size)


def _header(connection: Connection, settings: Settings) -> Header:
    """The schema is read first: with it the view stands still. The list is read after it, so it is never too short."""
    migration = migration_of(connection)
    erasures = record_of_file(settings.erasure_list)
    return Header(
        made_at=now(),
        migration=migration,
        erasures=erasures.lines,
        erasures_digest=erasures.digest,
        secrets=fingerprints(settings),
        tables=tuple(TableShape.of(table) for table in our_tables()),
    )


def _write_tables(connection: Connection, archive: BinaryIO, on_table: Callable[[str], None]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for table in our_tables():
        on_table(table.name)
        lines = 0
        for line in table_lines(TableShape.of(table), rows_of(connection, table)):
            archive.write(line)
            lines += 1
        counts[table.name] = lines - 1
    return counts
