"""`flask backup FILE` and `flask restore FILE`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
import psycopg
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.config import SECRETS_FILE, Settings
from app.extensions import db
from app.operations.archive import ArchiveUnreadable, Header
from app.operations.backup import make_backup, secrets_path
from app.operations.restore import (
    RestoreRefused,
    erase_again,
    fill_database,
    refuse_unfit_place,
    restore_secrets,
    verify_backup,
)
from app.operations.sealed import SealBroken
from app.operations.snapshot import our_tables
from app.shared import log
from app.shared.clock import local
from app.shared.settings import settings

WEAK_PASSPHRASE = 12
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


def _fail(message: str) -> NoReturn:
    raise click.ClickException(message)


def _settings_with_passphrase() -> Settings:
    found = settings()
    if not found.backup_passphrase:
        _fail("BACKUP_PASSPHRASE is not set: a backup holds personal data, so it is only ever written encrypted")
    if len(found.backup_passphrase) < WEAK_PASSPHRASE:
        click.echo(f"Warning: BACKUP_PASSPHRASE has fewer than {WEAK_PASSPHRASE} characters; make it longer", err=True)
    return found


@contextmanager
def _progress(label: str) -> Iterator[Callable[[str], None]]:
    """A bar over the tables; silent where there is no terminal."""
    with click.progressbar(length=len(our_tables()), label=label, item_show_func=lambda name: name) as bar:
        yield lambda name: bar.update(1, name)


@click.command("backup")
@FILE
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole database, media included, to FILE, and SECRET_KEY and PIN_PEPPER to FILE.secrets.

    Both are encrypted with BACKUP_PASSPHRASE. The server may go on working meanwhile. Keep the passphrase and the
    file ERASURE_LIST elsewhere: without both of them a backup cannot be restored.
    """
    found = _settings_with_passphrase()
    try:
        with _progress("Backing up") as on_table:
            report = make_backup(file, found, on_table)
    except OSError as error:
        _fail(f"{file}: {error.strerror}")
    log.record("make_backup", object_kind="backup", object_id=file.name[:64])
    db.session.commit()
    click.echo(f"{file}: {report.rows} rows, {report.size / 1e6:.1f} MB, encrypted")
    click.echo(f"{secrets_path(file)}: SECRET_KEY and PIN_PEPPER, encrypted")


@click.command("restore")
@FILE
@click.option("--check", is_flag=True, help="Read the whole file, say what it holds, and write nothing.")
@click.option("--secrets-only", is_flag=True, help="Only put what FILE.secrets holds into INSTANCE_DIR/secrets.env.")
@with_appcontext
def restore(file: Path, check: bool, secrets_only: bool) -> None:
    """Put the backup FILE into an empty, migrated database, and its secrets into INSTANCE_DIR/secrets.env.

    The whole file is verified before anything is written. Everybody on ERASURE_LIST is erased again; without that
    list, or with an older one than the backup knew, the restore refuses.
    """
    found = _settings_with_passphrase()
    try:
        if secrets_only:
            restore_secrets(file, found)
            click.echo(f"Secrets written to {found.instance_dir / SECRETS_FILE}")
            return
        with _progress("Verifying") as on_table:
            header, counts = verify_backup(file, found.backup_passphrase, on_table)
        click.echo(f"{file}: whole, made on {local(header.made_at):%d/%m/%Y %H:%M}, {sum(counts.values())} rows")
        if check:
            _show(counts)
        else:
            _restore(file, found, header)
    except (SealBroken, ArchiveUnreadable, RestoreRefused) as error:
        db.session.rollback()
        _fail(f"{file}: {error}")
    except OSError as error:
        _fail(f"{error.filename or file}: {error.strerror}")


def _show(counts: dict[str, int]) -> None:
    for name, count in sorted(counts.items()):
        click.echo(f"{count:>10}  {name}")


def _restore(file: Path, found: Settings, header: Header) -> None:
    refuse_unfit_place(header, found)
    has_new_secrets = restore_secrets(file, found, header)
    try:
        with _progress("Restoring") as on_table:
            rows = fill_database(file, found.backup_passphrase, on_table)
        erased = erase_again(found)
        log.record("restore_backup", object_kind="backup", object_id=file.name[:64])
        db.session.commit()
    except (DBAPIError, psycopg.Error) as error:
        db.session.rollback()
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise RestoreRefused(f"nothing was restored, the database refused: {reason}") from error
    click.echo(f"{rows} rows restored; {erased} people of the erasure list erased again")
    if has_new_secrets:
        click.echo(f"The backup's secrets are in {found.instance_dir / SECRETS_FILE}: start the server anew")
