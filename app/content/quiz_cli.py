"""`flask quiz …`: questions from files of other programs into a course folder, and out of it."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext

from app.content.cli import FOLDER, fail, show_faults
from app.content.compile.faults import CourseRefused
from app.content.interchange import xlsx
from app.content.interchange.formats import FORMATS
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion
from app.content.quiz_folder import add_to_folder, plan_quiz, read_pictures_of, read_quizzes

quiz = AppGroup("quiz", help="Questions of other programs: bring them into a course folder, take them out.")
READABLE = [name for name, known in FORMATS.items() if known.reader]
WRITABLE = [name for name, known in FORMATS.items() if known.writer]
FILE = click.Path(path_type=Path)
LABEL_WORDS = 8


@quiz.command("import")
@click.argument("file", type=FILE)
@click.option("--format", "name", type=click.Choice(READABLE), required=True)
@click.option("--course", "folder", type=FOLDER, required=True, help="The course folder that gets a new quiz.")
@click.option("--title", help="Title of the quiz; by default the name of FILE.")
def import_quiz(file: Path, name: str, folder: Path, title: str | None) -> None:
    """Add the questions of FILE to a course folder as a new quiz, and say of each what became of it.

    What was taken and changed is printed as FILE:LINE: …; what was refused too, and then the exit status is 1.
    Nothing that stands in the folder is changed.
    """
    reader = FORMATS[name].reader
    if reader is None:
        raise click.UsageError(f"cannot read {name}")
    try:
        read = reader(file.read_bytes())
    except OSError as error:
        fail(f"{file}:1: {error.strerror}")
    except FileUnreadable as error:
        fail(f"{file}:{error.line}: {error.reason}")
    _report(file, read)
    if not read.questions:
        fail(gettext("Không có câu hỏi nào lấy được, thư mục giữ nguyên."))
    try:
        new = plan_quiz(folder, title or file.stem, read.questions, read.pictures)
    except CourseRefused as error:
        show_faults(folder, error.faults)
        raise SystemExit(1) from None
    add_to_folder(folder, new)
    for before, now in new.renamed.items():
        click.echo(gettext("Khóa %(before)s đã có trong khóa học, đổi thành %(now)s.", before=before, now=now))
    refused = len(read.entries) - len(read.questions)
    click.echo(f"{folder / new.name}: {gettext('%(count)s câu hỏi', count=len(read.questions))}")
    if refused:
        fail(gettext("%(count)s phần không lấy được, xem các dòng ở trên.", count=refused))


def _report(file: Path, read: Imported) -> None:
    for entry in read.entries:
        if isinstance(entry, RefusedQuestion):
            said = gettext("KHÔNG LẤY “%(label)s”: %(reason)s", label=_short(entry.label), reason=entry.reason)
            click.echo(f"{file}:{entry.line}: {said}", err=True)
            continue
        question = entry.question
        said = gettext("đã lấy “%(label)s” (%(type)s)", label=_short(question.title), type=question.type)
        click.echo(f"{file}:{entry.line}: {said}")
        for change in entry.changes:
            click.echo(f"{file}:{entry.line}:   {change}")


def _short(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:LABEL_WORDS]) + ("…" if len(parts) > LABEL_WORDS else "")


@quiz.command("export")
@click.argument("file", type=FILE)
@click.option("--format", "name", type=click.Choice(WRITABLE), required=True)
@click.option("--course", "folder", type=FOLDER, required=True, help="The course folder that holds the quiz.")
@click.option("--item", help="The quiz by its address; by default all quizzes of the course.")
def export_quiz(file: Path, name: str, folder: Path, item: str | None) -> None:
    """Write the questions of a course folder to the new FILE, and list what the format cannot say."""
    writer = FORMATS[name].writer
    if writer is None:
        raise click.UsageError(f"cannot write {name}")
    if file.exists():
        fail(f"{file}:1: {gettext('Tệp này đã có. Chọn tên khác.')}")
    try:
        quizzes = [found for found in read_quizzes(folder) if item in (None, found.slug)]
        questions = [question for found in quizzes for question in found.questions]
        pictures = read_pictures_of(folder, questions)
    except CourseRefused as error:
        show_faults(folder, error.faults)
        raise SystemExit(1) from None
    if not questions:
        fail(gettext("Không có câu hỏi nào để xuất."))
    exported = writer(questions, pictures)
    file.write_bytes(exported.content)
    for loss in exported.losses:
        click.echo(loss, err=True)
    click.echo(f"{file}: {gettext('%(count)s câu hỏi', count=len(questions))}")


@quiz.command("template")
@click.argument("file", type=FILE)
def write_template(file: Path) -> None:
    """Write a spreadsheet to fill in with questions, with instructions and examples, to the new FILE (.xlsx)."""
    if file.exists():
        fail(f"{file}:1: {gettext('Tệp này đã có. Chọn tên khác.')}")
    file.write_bytes(xlsx.template())
    click.echo(str(file))
