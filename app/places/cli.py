"""`flask places …`: what operators do about places from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.extensions import db
from app.places.actions import correct_successions, load_places
from app.places.files import FaultyOverrides
from app.places.queries import find_communes

places = AppGroup("places", help="Provinces, communes and what became of the former ones.")


@places.command()
@click.option(
    "--overrides",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="CSV with old_code,new_code,is_default,reason: replaces the mapping of the communes it names.",
)
def load(overrides: Path | None) -> None:
    """Load the national list of places; harmless where it is loaded already."""
    try:
        report = correct_successions(overrides) if overrides else load_places()
    except (FaultyOverrides, UnicodeDecodeError) as error:
        raise SystemExit(_fault(overrides, error)) from None
    db.session.commit()
    click.echo(
        f"{report.provinces} provinces, {report.communes} communes, {report.former_communes} former communes, "
        f"{report.successions} successions; {report.written} rows written"
    )


def _fault(path: Path | None, error: FaultyOverrides | UnicodeDecodeError) -> int:
    """Print why the file cannot be used; the exit code."""
    click.echo(error if isinstance(error, FaultyOverrides) else f"{path}: not UTF-8: {error.reason}", err=True)
    return 1


@places.command()
@click.argument("text", nargs=-1, required=True)
def find(text: tuple[str, ...]) -> None:
    """Find communes of today by any spelling of an old or new name."""
    matches = find_communes(" ".join(text))
    for match in matches:
        former = f" (trước là {match.former_label})" if match.former_label else ""
        hamlet = f" ({match.hamlet_name})" if match.hamlet_name else ""
        click.echo(f"{match.code}  {match.label}{former}{hamlet}")
    if not matches:
        click.echo("no commune has such a name", err=True)
        raise SystemExit(1)
