"""An item that is not published, as a learner would have it: for those who write it. Nothing of it can be recorded."""

import re
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import render_template

from app.content.compile.course_file import CourseHeader
from app.content.compile.drill import Drill
from app.content.compile.item import CompiledItem
from app.content.compile.practice import Practice
from app.content.versions import Item, Version
from app.learning import words
from app.learning.drill_pages import drill_page
from app.learning.item_pages import item_page
from app.learning.pages import LessonPage
from app.learning.pages_of_items import PracticePage
from app.learning.wording import body_with, words_for_reader
from app.progress.evidence import Evidence, LearnerCourse
from app.shared.ids import new_id

NOBODY = UUID(int=0)
_MAIN = re.compile(r'<main id="main"[^>]*>\n?(.*)</main>', re.DOTALL)
_FORM = re.compile(r"<form\b[^>]*>")
_HIDDEN = re.compile(r'<input type="hidden"[^>]*>')
_LINK = re.compile(r'href="(/[^"]*)"')


def preview_item(
    compiled: CompiledItem, header: CourseHeader, slug: str, others: list[CompiledItem], *, path: str = ""
) -> str:
    """What stands inside `<main>` of the learner's page of a lesson, practice or drill.

    `others` are the course's items in order, this one among them (by key). `path` are the replies given in a drill.
    """
    items = tuple(replace(item_of(other), position=number) for number, other in enumerate(others, start=1))
    item = next((found for found in items if found.slug == compiled.slug), None) or item_of(compiled)
    course = LearnerCourse(NOBODY, slug, version_of(header, items or (item,)), None, Evidence())
    return _main_of(_page(course, item, path))


def _page(course: LearnerCourse, item: Item, path: str) -> str:
    frame = item_page(course, item)
    button = words.understood_button(frame.next_item, frame.number + 1)
    if item.practice is not None:
        return render_template("learning/practice_item.html", page=PracticePage(frame, item.practice, "", ""))
    if item.drill is not None:
        return render_template("learning/drill.html", page=drill_page(frame, item.drill, path, button))
    page = LessonPage(
        slug=course.slug,
        version=course.version,
        item=item,
        number=frame.number,
        item_count=frame.item_count,
        left=frame.left,
        done_count=0,
        is_done=False,
        previous=frame.previous,
        button=button,
        withdrawn_reason=None,
        offer=None,
        body=body_with(item, words_for_reader(item)),
        checked_on="",
        may_comment=False,
    )
    return render_template("learning/lesson.html", page=page)


def _main_of(page: str) -> str:
    found = _MAIN.search(page)
    return found[1] if found else ""


def led_elsewhere(html: str, addresses: Mapping[str, str], otherwise: str) -> str:
    """The same page for trying: links to items go to `addresses`, other own links and every button to `otherwise`.

    So nothing in it can be sent to where it would be recorded.
    """

    def led(found: re.Match[str]) -> str:
        target, _, query = found[1].partition("?")
        address = addresses.get(target, otherwise)
        return f'href="{address}?{query}"' if query and target in addresses else f'href="{address}"'

    inert = _HIDDEN.sub("", _FORM.sub(f'<form method="get" action="{otherwise}">', html))
    return _LINK.sub(lambda found: found[0] if found[1].startswith(("/media/", "/static/")) else led(found), inert)


def item_of(compiled: CompiledItem) -> Item:
    data = compiled.data
    return Item(
        id=new_id(),
        key=compiled.key,
        slug=compiled.slug,
        kind=compiled.kind,
        title=compiled.title,
        minutes=compiled.minutes,
        position=compiled.position,
        body=compiled.body,
        quiz=compiled.quiz,
        practice=Practice.from_json(data["practice"]) if "practice" in data else None,
        drill=Drill.from_json(data["drill"]) if "drill" in data else None,
        words=tuple(data.get("words", ())),
        has_phones=bool(data.get("has_phones")),
    )


def version_of(header: CourseHeader, items: tuple[Item, ...]) -> Version:
    return Version(
        id=NOBODY,
        course_id=NOBODY,
        number=0,
        edition=header.edition,
        title=header.title,
        goal=header.goal,
        summary=header.summary,
        audience=header.audience,
        language=header.language,
        minutes=header.minutes,
        meta=header.meta,
        valid_for_days=header.valid_for_days,
        required_items=header.completion or tuple(item.key for item in items),
        items=items,
    )
