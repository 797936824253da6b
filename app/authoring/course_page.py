"""The lists of the workshop: all courses, and one course with its items and questions."""

from datetime import date
from itertools import pairwise

from flask_babel import gettext

from app.authoring import words
from app.authoring.facts import CourseFacts, get_facts
from app.authoring.pages import CourseLine, CoursePage, FreshnessLine, QuestionLine, QuizPart, StopLine
from app.content.compile.ageing import Freshness
from app.content.compile.quiz import Question
from app.content.queries import CatalogueCourse, CourseHead, Item, Version, get_version
from app.progress.analysis_queries import list_versions
from app.progress.item_analysis import FEWEST_FOR_FLAG, Flag, Statistics
from app.shared.clock import today
from app.shared.vietnamese import number

MOST_URGENT_FIRST = list(Flag)


def make_course_line(course: CatalogueCourse) -> CourseLine:
    version = get_version(course.version_id)
    facts = get_facts(version)
    return CourseLine(
        title=version.title,
        slug=course.slug,
        about=about(version),
        began=facts.use.began,
        completed=facts.use.completed,
        flagged=sum(bool(facts.analysis.question(key).flags) for key in _question_keys(version)),
        is_overdue=any(line.is_overdue for line in _freshness(version)),
        is_withdrawn=course.withdrawn,
    )


def make_course_page(head: CourseHead) -> CoursePage:
    version = get_version(head.current_version_id)
    facts = get_facts(version)
    stops = _stops(version, facts)
    published_at = next(line.published_at for line in list_versions(version.course_id) if line.id == version.id)
    return CoursePage(
        title=version.title,
        slug=head.slug,
        about=about(version),
        published_at=published_at,
        withdrawn_reason=(head.withdrawn_reason or "") if head.withdrawn_at else None,
        edition=version.edition,
        finding=_finding(facts, stops),
        began=facts.use.began,
        completed=facts.use.completed,
        stops=stops,
        freshness=_freshness(version),
        quizzes=[_quiz_part(item, facts) for item in version.items if item.quiz],
        loudspeaker=version.meta.get("loudspeaker") or "",
        share=version.meta.get("share") or "",
        thresholds=words.thresholds(),
        taken_at=facts.taken_at,
    )


def about(version: Version) -> str:
    return f"{words.AUDIENCES[version.audience]} · {version_name(version.number).lower()}"


def version_name(version_number: int) -> str:
    return gettext("Bản %(number)s", number=version_number)


def _question_keys(version: Version) -> list[str]:
    return [question.key for item in version.items if item.quiz for question in item.quiz.questions]


def _stops(version: Version, facts: CourseFacts) -> list[StopLine]:
    """The items in order, each with the change against the one before; where most people stop is pointed out."""
    used = [facts.items.get(item.key) for item in version.items]
    done = [use.done if use else 0 for use in used]
    changes = [0] + [after - before for before, after in pairwise(done)]
    lost = [0] + [done[index - 1] - max(done[index:]) for index in range(1, len(done))]
    worst = max(lost, default=0) if facts.use.began >= FEWEST_FOR_FLAG else 0
    return [
        StopLine(
            title=item.title,
            kind=str(words.ITEM_KINDS[item.kind]),
            done=done[index],
            passed=(use.passed if use else 0) if item.quiz else None,
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


def _freshness(version: Version) -> list[FreshnessLine]:
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
    return QuizPart(item.title, [_question_line(question, statistics) for question, statistics in found])


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
