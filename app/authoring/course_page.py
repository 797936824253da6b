"""The page of one published course: how its items and questions do, and what may be done with them."""

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from flask_babel import gettext

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.authoring import words
from app.authoring.course_access import place_path_of_course
from app.authoring.facts import CourseFacts, get_facts
from app.authoring.hard_part import make_hard_part
from app.authoring.pages import CoursePage, FreshnessLine, ItemLine, QuestionLine, QuizPart, StopLine
from app.content.compile.ageing import Freshness
from app.content.compile.quiz import Question
from app.content.outlines import Outline
from app.content.queries import CourseHead, Item, Version, get_version
from app.progress.analysis_queries import list_versions
from app.progress.field_comments import Comments, count_comments
from app.progress.item_analysis import FEWEST_FOR_FLAG, Flag, Statistics
from app.progress.marking import count_waiting
from app.shared.clock import today
from app.shared.vietnamese import number

MOST_URGENT_FIRST = list(Flag)


def make_course_page(head: CourseHead, *, visible_to: Actor) -> CoursePage:
    version = get_version(head.current_version_id)
    place_path = place_path_of_course(head)
    may_write = allows(visible_to, Permission.WRITE_COURSES, place_path)
    facts = get_facts(version)
    stops = _stops(version, facts, {found.item_key for found in head.withdrawn_items})
    published_at = next(line.published_at for line in list_versions(version.course_id) if line.id == version.id)
    return CoursePage(
        title=version.title,
        slug=head.slug,
        about=about(version),
        published_at=published_at,
        withdrawn_reason=(head.withdrawn_reason or "") if head.withdrawn_at else None,
        may_write=may_write,
        may_publish=allows(visible_to, Permission.PUBLISH_COURSES, place_path),
        items=[_item_line(item, head) for item in version.items],
        waiting=count_waiting(version.course_id),
        comments=count_comments(Comments([version.course_id], handled=False)) if may_write else None,
        hard=make_hard_part(version),
        edition=version.edition,
        finding=_finding(facts, stops),
        began=facts.use.began,
        completed=facts.use.completed,
        stops=stops,
        freshness=freshness_of(version),
        quizzes=[_quiz_part(item, facts) for item in version.items if item.quiz],
        thresholds=words.thresholds(),
        taken_at=facts.taken_at,
    )


def about(version: Version | Outline) -> str:
    return f"{words.AUDIENCES[version.audience]} · {version_name(version.number).lower()}"


def version_name(version_number: int) -> str:
    return gettext("Bản %(number)s", number=version_number)


def _item_line(item: Item, head: CourseHead) -> ItemLine:
    withdrawal = next((found for found in head.withdrawn_items if found.item_key == item.key), None)
    return ItemLine(
        key=item.key,
        title=item.title,
        kind=str(words.ITEM_KINDS[item.kind]),
        withdrawn_reason=withdrawal.reason if withdrawal else "",
        withdrawn_at=withdrawal.since if withdrawal else None,
    )


def _stops(version: Version, facts: CourseFacts, withdrawn: Collection[str]) -> list[StopLine]:
    """The items in order, each with the change against the one before; where most people stop is pointed out.

    Nobody stops at what is no longer taught.
    """
    used = [facts.items.get(item.key) for item in version.items]
    done = [use.done if use else 0 for use in used]
    changes = [0] + [after - before for before, after in pairwise(done)]
    lost = [0] + [done[index - 1] - max(done[index:]) for index in range(1, len(done))]
    lost = [0 if item.key in withdrawn else number for item, number in zip(version.items, lost, strict=True)]
    worst = max(lost, default=0) if facts.use.began >= FEWEST_FOR_FLAG else 0
    return [
        StopLine(
            title=item.title,
            kind=str(words.ITEM_KINDS[item.kind]),
            done=done[index],
            passed=(use.passed if use else 0) if item.quiz else None,
            half_way=use.half_way if use else 0,
            is_withdrawn=item.key in withdrawn,
            lost=lost[index],
            change=_change(changes[index]) if index else "",
            is_worst=worst > 0 and lost[index] == worst,
        )
        for index, (item, use) in enumerate(zip(version.items, used, strict=True))
    ]


def _change(difference: int) -> str:
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + number(abs(difference))


def _finding(facts: CourseFacts, stops: list[StopLine]) -> str:
    """The sentence at the head of the page."""
    if not facts.use.began:
        return gettext("Chưa có ai học khóa này.")
    if facts.use.began < FEWEST_FOR_FLAG:
        return gettext("Mới có %(people)s học: chưa nên kết luận.", people=words.people(facts.use.began))
    worst = next((stop for stop in stops if stop.is_worst), None)
    if worst is None:
        return gettext("%(people)s đã học, chưa thấy dừng ở đâu.", people=words.people(facts.use.began))
    lost = words.people(worst.lost)
    return gettext("Nhiều người dừng nhất trước “%(item)s”: %(people)s không học tiếp.", item=worst.title, people=lost)


def freshness_of(version: Version) -> list[FreshnessLine]:
    """The course and those of its items that say when they were checked; what is overdue first."""
    held: list[tuple[str, Freshness | None]] = [(gettext("Cả khóa"), version.freshness)]
    held += [(item.title, item.freshness) for item in version.items]
    lines = [
        FreshnessLine(
            what=what,
            checked=date.fromisoformat(freshness.checked),
            recheck_by=date.fromisoformat(freshness.recheck_by),
            source=freshness.source,
            is_overdue=freshness.is_overdue(today()),
        )
        for what, freshness in held
        if freshness
    ]
    return sorted(lines, key=lambda line: not line.is_overdue)


def _quiz_part(item: Item, facts: CourseFacts) -> QuizPart:
    questions = item.quiz.questions if item.quiz else ()
    found = [(question, facts.analysis.question(question.key)) for question in questions]
    found.sort(key=lambda pair: _need(pair[1]))
    return QuizPart(item.title, item.key, [_question_line(question, statistics) for question, statistics in found])


def _need(statistics: Statistics) -> tuple[int, float]:
    """Flagged questions first, by their most urgent flag; then those that fewest can do; the unknown last."""
    flags = statistics.flags
    if flags:
        return MOST_URGENT_FIRST.index(flags[0]), statistics.facility or 0.0
    known = statistics.facility is not None
    return len(MOST_URGENT_FIRST) + (0 if known else 1), statistics.facility or 0.0


def _question_line(question: Question, statistics: Statistics) -> QuestionLine:
    return QuestionLine(
        text=question.stem_text,
        key=question.key,
        facility=words.share(statistics.facility),
        discrimination=words.correlation(statistics.discrimination),
        time=words.duration(statistics.median_seconds),
        flags=words.flag_words(statistics),
        caution=words.caution(statistics),
    )
