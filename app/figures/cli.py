"""`flask figures communes`, a province's communes side by side, and `flask figures rebuild`, the recount."""

import sys
from collections.abc import Callable
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.figures.report import make_commune_sheet
from app.figures.sheets import Sheet, to_csv, to_text, to_xlsx
from app.places.models import Place
from app.places.queries import get_valid_place
from app.progress.periods import Period, PeriodKind, admin_month_named, last_closed
from app.progress.rebuild import rebuild
from app.progress.tally import BASES, TODAY
from app.shared.errors import NotFound

figures = AppGroup("figures", help="Figures: what was completed where.")
WRITERS: dict[str, Callable[[Sheet], bytes]] = {
    "table": lambda sheet: f"{sheet.notes[0]}\n{to_text(sheet)}\n".encode(),
    "csv": to_csv,
    "xlsx": to_xlsx,
}


def read_month(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Period:
    try:
        return admin_month_named(text) if text else last_closed(PeriodKind.ADMIN_MONTH)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def read_province(_context: click.Context, _parameter: click.Parameter, code: str) -> Place:
    try:
        place = get_valid_place(code)
    except NotFound:
        place = None
    if place is None or place.kind != "province":
        raise click.BadParameter(f"no province has the code {code} today")
    return place


@figures.command("communes")
@click.option("--province", required=True, metavar="CODE", callback=read_province, help="Two digits, e.g. 38.")
@click.option(
    "--month",
    "period",
    metavar="YYYY-MM",
    callback=read_month,
    help="Administrative month: 2026-11 runs 15/10-14/11/2026. The last closed one by default.",
)
@click.option(
    "--basis", type=click.Choice(BASES), default=TODAY, show_default=True, help="The map of today or of then."
)
@click.option("--format", "form", type=click.Choice(list(WRITERS)), default="table", show_default=True)
@click.option("--output", type=click.File("wb"), default="-", help="A file; standard output by default.")
def communes(province: Place, period: Period, basis: str, form: str, output: BinaryIO) -> None:
    """Write the exact figures of every commune of a province. They hold small numbers: not for publication."""
    if form == "xlsx" and output.name == "<stdout>" and output.isatty():
        raise click.UsageError("a workbook is not for the screen: add --output FILE")
    output.write(WRITERS[form](make_commune_sheet(province, period, basis)))


@figures.command("rebuild")
@click.option("--apply", "should_repair", is_flag=True, help="Repair what differs.")
@click.pass_context
def rebuild_counters(context: click.Context, should_repair: bool) -> None:
    """Count everything anew from the completions and name each counter that differs.

    Exits 1 where something differs and was not repaired. People may go on learning meanwhile.
    """
    with click.progressbar(length=4, label="Counting", file=sys.stderr) as bar:
        differences = rebuild(apply=should_repair, on_progress=lambda done, _all: bar.update(done - bar.pos))
    for difference in differences:
        click.echo(difference)
    if should_repair:
        click.echo(f"{len(differences)} differences repaired", err=True)
    elif differences:
        click.echo(f"{len(differences)} differences; --apply repairs them", err=True)
        context.exit(1)
    else:
        click.echo("Every counter is right", err=True)
