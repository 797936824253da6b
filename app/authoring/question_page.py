"""One question in detail: over all versions, or in the one that was asked for."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.authoring import words
from app.authoring.course_access import place_path_of_course
from app.authoring.course_page import version_name
from app.authoring.facts import get_facts
from app.authoring.pages import OptionLine, QuestionPage, VersionFigures, WrongLine
from app.content.compile.quiz import Option, Question
from app.content.queries import CourseHead, Item, Version, get_version
from app.progress.analysis_queries import VersionLine, list_versions
from app.progress.item_analysis import Statistics
from app.progress.item_tally import ARRANGED_TYPES, OPTION_TYPES, TYPED_TYPES
from app.shared.errors import NotFound
from app.shared.vietnamese import percent

Held = list[tuple[VersionLine, Question, Item]]
"""Versions that have the question, newest first: it, and its item there."""


def make_question_page(head: CourseHead, key: str, asked_version: str, *, visible_to: Actor) -> QuestionPage:
    """`asked_version` is a version's number; anything else means all of them.

    Raises:
        NotFound: no version of the course ever had this question.
    """
    version = get_version(head.current_version_id)
    facts = get_facts(version)
    held = _versions_with(version, key)
    if not held:
        raise NotFound
    whole, by_version = facts.analysis.question(key), facts.analysis.by_version(key)
    chosen = next((line for line, _, _ in held if str(line.number) == asked_version), None)
    statistics = by_version.get(chosen.number, Statistics()) if chosen else whole
    question = held[0][1]
    address = url_for("authoring.show_question", slug=head.slug, key=key)
    figures = [_figures(gettext("Mọi bản"), address, whole, is_chosen=chosen is None)]
    for line, _, _ in held:
        of_version = by_version.get(line.number, Statistics())
        link, is_chosen = f"{address}?version={line.number}", line is chosen
        name = version_name(line.number)
        figures.append(_figures(name, link, of_version, is_chosen=is_chosen, published_at=line.published_at))
    return QuestionPage(
        key=key,
        title=question.stem_text,
        course_title=version.title,
        course_slug=head.slug,
        item_title=held[0][2].title,
        item_key=_present_item_key(version, key),
        may_write=allows(visible_to, Permission.WRITE_COURSES, place_path_of_course(head)),
        kind=question.type,
        chosen_name=version_name(chosen.number) if chosen else gettext("Mọi bản"),
        flags=[(str(words.FLAGS[flag]), str(words.ADVICE[flag])) for flag in statistics.flags],
        caution=words.caution(statistics),
        versions=figures,
        answered=statistics.answered,
        options=_options(held, statistics) if question.type in OPTION_TYPES else [],
        wrong=[WrongLine(words.wrong_answer(question, given), count) for given, count in statistics.wrong.counts],
        wrong_others=statistics.wrong.others,
        shows_wrong=question.type in ARRANGED_TYPES | TYPED_TYPES,
        is_free=question.type == "free",
        thresholds=words.thresholds(),
        taken_at=facts.taken_at,
    )


def _versions_with(current: Version, key: str) -> Held:
    found: Held = []
    for line in list_versions(current.course_id):
        for item in get_version(line.id).items:
            question = next((q for q in item.quiz.questions if q.key == key), None) if item.quiz else None
            if question:
                found.append((line, question, item))
    return found


def _present_item_key(version: Version, key: str) -> str:
    """The quiz in which the question stands today; empty where it was taken out."""
    quizzes = ((item, item.quiz) for item in version.items if item.quiz)
    return next((item.key for item, quiz in quizzes if any(question.key == key for question in quiz.questions)), "")


def _figures(
    name: str, href: str, statistics: Statistics, *, is_chosen: bool, published_at: datetime | None = None
) -> VersionFigures:
    return VersionFigures(
        name=name,
        href=href,
        is_chosen=is_chosen,
        published_at=published_at,
        drawn=statistics.drawn,
        answered=statistics.answered,
        first_attempts=statistics.first_attempts,
        facility=words.share(statistics.facility),
        discrimination=words.correlation(statistics.discrimination),
        time=words.duration(statistics.median_seconds),
    )


def _options(held: Held, statistics: Statistics) -> list[OptionLine]:
    """Those of the newest version as its author wrote them, then former ones that somebody chose."""
    options: dict[str, Option] = {}
    for _, question, _ in held:
        for option in question.options:
            options.setdefault(option.key, option)
    present = {option.key for option in held[0][1].options}
    return [
        OptionLine(
            text=option.text,
            is_right=option.is_right,
            is_gone=key not in present,
            count=statistics.chosen.get(key, 0),
            share=percent(statistics.chosen.get(key, 0) / statistics.answered) if statistics.answered else "–",
        )
        for key, option in options.items()
        if key in present or statistics.chosen.get(key)
    ]
