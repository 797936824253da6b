"""A quiz of a draft tried as a learner: question by question, with the real grading. Nothing is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import SystemRandom
from uuid import UUID

from app.authoring.compiling import compile_item
from app.authoring.models import CourseDraft, DraftFile
from app.content.quiz_source.read import read_quiz_source
from app.learning.pages_of_quizzes import AnsweredQuestion, QuestionPage
from app.learning.trying import TriedQuiz, TriedState
from app.learning.words import right_of
from app.shared.errors import NotFound

SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class TriedResult:
    sentence: str
    percent: float
    pass_mark: int
    is_passed: bool | None
    """None while an answer in own words decides."""
    questions: tuple[AnsweredQuestion, ...]
    """Empty where learners are told the result only."""


@dataclass(frozen=True, slots=True)
class TryPage:
    """A question, or the result; neither where no question can be tried yet."""

    draft_id: UUID
    file_id: UUID
    title: str
    broken: int
    """Questions that are not finished, so they cannot be tried."""
    state: str = ""
    question: QuestionPage | None = None
    result: TriedResult | None = None

    @property
    def is_last(self) -> bool:
        return self.question is not None and self.question.number == self.question.count


@dataclass(frozen=True, slots=True)
class Step:
    """What was pressed on the page before."""

    act: str = "show"
    """answer, hints, finish, or show: the question `number`."""
    number: int = 1
    values: Sequence[str] = ()


def try_quiz(draft: CourseDraft, file: DraftFile, carried: str = "", step: Step | None = None) -> TryPage:
    """The page that follows a step; `carried` is the state that the page before held.

    Raises:
        NotFound: no question has that number.
    """
    step = step or Step()
    compiled, header, _ = compile_item(draft, file)
    quiz = compiled.quiz
    written = sum(part.pool is None for part in read_quiz_source(file.text or "").parts)
    page = TryPage(draft.id, file.id, compiled.title, broken=written - len(quiz.questions if quiz else ()))
    if quiz is None or not quiz.questions:
        return page
    state = TriedState.from_text(carried, SystemRandom().randrange(SEEDS))
    tried = TriedQuiz(compiled, header, draft.slug, state)
    error, entered = tried.refused(step.number, step.values) if step.act == "answer" else ("", [])
    if not error:
        tried = TriedQuiz(compiled, header, draft.slug, _after(tried, step))
    goes_on = step.act == "answer" and not error and not tried.shows_feedback_at_once
    number = step.number + 1 if goes_on else step.number
    if step.act == "finish" or number == tried.opened.count + 1:
        return _result(page, tried)
    return replace(page, state=tried.state.to_text(), question=tried.page(number, error, entered))


def _after(tried: TriedQuiz, step: Step) -> TriedState:
    state = tried.state
    if step.act == "finish":
        return replace(state, is_finished=True)
    if step.act == "hints":
        return replace(state, hinted=state.hinted | {tried.key_of(step.number)})
    if step.act == "answer" and tried.key_of(step.number) not in tried.opened.given:
        return state.with_answer(tried.key_of(step.number), step.values)
    if step.act not in ("answer", "show"):
        raise NotFound
    return state


def _result(page: TryPage, tried: TriedQuiz) -> TryPage:
    opened = tried.opened
    state = replace(tried.state, is_finished=True)
    result = opened.result()
    shows_each = opened.attempt.feedback != "none"
    numbers = range(1, opened.count + 1) if shows_each else range(0)
    return replace(
        page,
        state=state.to_text(),
        result=TriedResult(
            sentence=right_of(result.right_count, result.question_count),
            percent=result.percent,
            pass_mark=opened.attempt.pass_mark,
            is_passed=result.verdict(opened.attempt.pass_mark),
            questions=tuple(tried.answered(number) for number in numbers),
        ),
    )
