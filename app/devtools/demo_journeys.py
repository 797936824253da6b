"""How one learner of the demonstration goes through one course, through the real actions, on days gone by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from app.content.compile.quiz import Question, Quiz
from app.content.queries import Item, Version
from app.devtools.right_answers import right_values, wrong_values
from app.learning.grading.answers import Response, read_answer
from app.learning.grading.drawing import draw
from app.learning.grading.marks import Mark, grade, total
from app.progress.actions import finish_attempt, record_visit, start_attempt, store_answer
from app.progress.evidence import Learning
from app.progress.models import Attempt
from app.shared.clock import frozen, now

MOST_TRIES = 3
MINUTES_BETWEEN_ITEMS = (6, 15, 40, 24 * 60, 4 * 24 * 60)
"""Most go on at once, some the next day, some days later."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One person in one course."""

    person_id: UUID
    version: Version
    mode: str
    recorder_id: UUID
    begins_at: datetime
    skill: float
    """Chance that an answer is right."""
    patience: float
    """Chance to go on to the next item."""


def travel(journey: Journey, chance: Random) -> bool:
    """Go on through the course until it is done, patience ends, or the present day is reached; returns whether done."""
    learning = Learning(journey.person_id, journey.version, journey.mode, journey.recorder_id)
    moment, end = journey.begins_at, now()
    is_complete = False
    for item in journey.version.items:
        if moment >= end:
            break
        with frozen(moment):
            if item.quiz:
                is_complete |= _take_quiz(learning, item, item.quiz, journey.skill, chance)
            else:
                is_complete |= record_visit(learning, item)
        if chance.random() > journey.patience:
            break
        moment += timedelta(minutes=chance.choice(MINUTES_BETWEEN_ITEMS))
    return is_complete


def _take_quiz(learning: Learning, item: Item, quiz: Quiz, skill: float, chance: Random) -> bool:
    for number in range(min(MOST_TRIES, quiz.attempts or MOST_TRIES)):
        attempt = start_attempt(learning, item, draw(quiz, chance))
        marks = _answer_all(attempt, quiz, skill + 0.15 * number, chance)
        result = total(quiz, marks, marks)
        passed = result.verdict(attempt.pass_mark)
        is_complete = finish_attempt(attempt, learning, item, score=result.score, maximum=result.maximum, passed=passed)
        if passed:
            return is_complete
    return False


def _answer_all(attempt: Attempt, quiz: Quiz, skill: float, chance: Random) -> dict[str, Mark]:
    questions = {question.key: question for question in quiz.questions}
    marks: dict[str, Mark] = {}
    for key, _options in attempt.drawn:
        response = _choose(questions[key], chance.random() < skill, chance)
        marks[key] = grade(questions[key], response)
        store_answer(attempt, key, response, marks[key].score, marks[key].maximum)
    return marks


def _choose(question: Question, knows: bool, chance: Random) -> Response:
    """What somebody answers who knows, or who does not."""
    if not knows and question.type in {"single", "true_false"}:
        return [chance.choice([option.key for option in question.options if not option.is_right])]
    return read_answer(question, right_values(question) if knows else wrong_values(question))
