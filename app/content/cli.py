"""`flask courses …`: check, publish, list and export course folders, also packed as .zip."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup
from flask_babel import gettext

from app.content import publishing
from app.content.actions import Published, reinstate_course, withdraw_course
from app.content.compile.course import CompiledCourse
from app.content.compile.faults import CourseRefused, Fault
from app.content.folder import FolderRefused, write_file, write_folder
from app.content.publish_rules import EditedInBrowser, PublishedElsewhere, faults_of
from app.content.queries import list_catalogue
from app.content.zip_folder import write_zip
from app.extensions import db
from app.shared.errors import Refusal

courses = AppGroup("courses", help="Course folders: check them, publish them, get them back.")
FOLDER = click.Path(path_type=Path)
WORTH_A_BAR = 10
"""Courses at once."""


def show_faults(folder: Path, faults: tuple[Fault, ...]) -> None:
    """FILE:LINE: reason, on stderr, with the file as the caller can open it."""
    for fault in faults:
        click.echo(str(folder / str(fault)), err=True)


def fail(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    raise SystemExit(1)


def fail_for_want_of(slug: str) -> NoReturn:
    fail(gettext("Không có khóa học %(slug)s. Xem các khóa học: flask courses list", slug=slug))


@courses.command("check")
@click.argument("folders", nargs=-1, required=True, type=FOLDER, metavar="DIR|ZIP…")
def check(folders: tuple[Path, ...]) -> None:
    """Print every fault of the folders (or .zip files of them) as FILE:LINE: reason. Needs no database."""
    refused = 0
    for folder in _with_progress(folders):
        try:
            compiled = publishing.check_folder(folder)
        except CourseRefused as error:
            refused += 1
            show_faults(folder, error.faults)
        else:
            show_faults(folder, compiled.warnings)
            click.echo(f"{folder}: {_described(compiled)}")
    if refused:
        fail(gettext("%(count)s khóa học có lỗi cần sửa.", count=refused))


def _with_progress(folders: tuple[Path, ...]) -> Iterator[Path]:
    """The folders one after the other; many of them with a bar on stderr."""
    if len(folders) < WORTH_A_BAR:
        yield from folders
        return
    with click.progressbar(folders, label=gettext("Khóa học"), file=sys.stderr) as bar:
        yield from bar


def _described(compiled: CompiledCourse) -> str:
    questions = sum(len(item.quiz.questions) for item in compiled.items if item.quiz)
    items = len(compiled.items)
    return gettext("%(items)s mục, %(questions)s câu hỏi. Không có lỗi.", items=items, questions=questions)


@courses.command("publish")
@click.argument("folders", nargs=-1, type=FOLDER, metavar="DIR|ZIP…")
@click.option("--replace", is_flag=True, help="Also over another version than the folder came from, or browser edits.")
@click.option("--shipped", is_flag=True, help="The courses that come with the product, each state of them once.")
def publish(folders: tuple[Path, ...], replace: bool, shipped: bool) -> None:
    """Publish course folders, or .zip files of them: each wholly or not at all. A folder is never changed."""
    if shipped == bool(folders):
        raise click.UsageError("Name one or more DIR, or say --shipped.")
    if shipped and replace:
        raise click.UsageError("--shipped never replaces: name the DIR that shall.")
    if shipped:
        folders = tuple(publishing.list_shipped_folders())
    refused = sum(not _publish_one(folder, replaces=replace, is_shipped=shipped) for folder in _with_progress(folders))
    if refused:
        fail(gettext("%(count)s khóa học chưa xuất bản được.", count=refused))


def _publish_one(folder: Path, *, replaces: bool, is_shipped: bool) -> bool:
    try:
        source = publishing.read_source(folder)
        published = publishing.publish_source(source, replaces=replaces, only_once=is_shipped)
    except (CourseRefused, Refusal) as error:
        db.session.rollback()
        if is_shipped and isinstance(error, EditedInBrowser):
            click.echo(f"{folder.name}: {gettext('đã sửa trên web, giữ nguyên')}")
            return True
        show_faults(folder, faults_of(error))
        if isinstance(error, (PublishedElsewhere, EditedInBrowser)):
            click.echo(gettext("Nếu chắc chắn muốn đè lên, thêm --replace."), err=True)
        return False
    db.session.commit()
    click.echo(f"{source.slug}: {_said(published)}")
    return True


def _said(published: Published) -> str:
    if published.outcome == "new":
        return gettext("đã xuất bản lần đầu")
    if published.outcome == "moved":
        return gettext("đã đổi địa chỉ, nội dung như cũ")
    if published.outcome == "unchanged":
        return gettext("không có gì mới, giữ bản %(number)s", number=published.number)
    return gettext("đã xuất bản bản %(number)s", number=published.number)


@courses.command("list")
def list_courses() -> None:
    """Show the published courses in the order of the home page."""
    for course in list_catalogue():
        contents = gettext(
            "%(lessons)s bài học, %(quizzes)s bài kiểm tra, %(minutes)s phút",
            lessons=course.lesson_count,
            quizzes=course.quiz_count,
            minutes=course.minutes,
        )
        state = f" ({gettext('đã rút')})" if course.withdrawn else ""
        click.echo(f"{course.slug}  [{course.audience}]  {course.title}: {contents}{state}")


@courses.command("export")
@click.argument("slug")
@click.argument("folder", type=FOLDER, metavar="DIR|FILE.zip")
def export(slug: str, folder: Path) -> None:
    """Write the current version of SLUG into the new folder DIR, or packed into FILE.zip; publishing that changes
    nothing."""
    try:
        files = publishing.export_course(slug)
        if publishing.is_zip(folder):
            write_file(folder, write_zip(files, slug))
        else:
            write_folder(folder, files)
    except FolderRefused as refused:
        fail(f"{folder / refused.file}:1: {refused.reason}")
    except Refusal:
        fail_for_want_of(slug)
    click.echo(f"{folder}: {gettext('%(count)s tệp', count=len(files))}")


@courses.command("withdraw")
@click.argument("slug")
@click.option("--reason", required=True, help="Shown to people who open the course.")
def withdraw(slug: str, reason: str) -> None:
    """Take no new learners into SLUG; its address stays and says why."""
    try:
        withdraw_course(slug=slug, reason=reason)
    except Refusal:
        fail_for_want_of(slug)
    db.session.commit()


@courses.command("reinstate")
@click.argument("slug")
def reinstate(slug: str) -> None:
    """Open a withdrawn course again."""
    try:
        reinstate_course(slug=slug)
    except Refusal:
        fail_for_want_of(slug)
    db.session.commit()
