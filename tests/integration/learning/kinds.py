"""The sample course with every kind of item and question, and a learner's steps through it over HTTP."""

import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.content import publishing
from app.content.actions import publish_course
from app.content.compile.course import CompiledCourse
from app.content.compile.quiz import Question
from app.content.queries import Item, Version, find_course, get_version
from app.devtools.right_answers import right_values, wrong_values
from app.extensions import db
from app.progress.models import Answer, Attempt
from tests.page_client import PageClient

COURSES = Path(__file__).parents[2] / "courses"
SLUG = "every-kind"
BEFORE, KINDS, SUPERVISED = "truoc-khi-hoc", "cac-loai", "co-nguoi-coi"
LESSON, PRACTICE, DRILL = "bai-hoc", "thuc-hanh", "tinh-huong"
IN_PARTS = {"matching", "ordering", "gaps"}


def copy_of_course(parent: Path, slug: str = SLUG, of: str = SLUG) -> Path:
    """The folder as a trainer may change it."""
    folder = parent / slug
    shutil.copytree(COURSES / of, folder)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def publish(folder: Path) -> None:
    publishing.publish_folder(folder, replaces=True)
    db.session.commit()


@cache
def _compiled_sample() -> CompiledCourse:
    return publishing.check_folder(COURSES / SLUG)


def publish_sample() -> None:
    """Publish the folder as it stands in the tests; it is compiled once for all of them."""
    publish_course(compiled=_compiled_sample(), slug=SLUG)
    db.session.commit()


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def form_of(question: Question, values: list[str]) -> dict[str, list[str] | str]:
    """What a browser sends for these values: a field for each part, or all under "answer"."""
    if question.type not in IN_PARTS:
        return {"answer": values}
    return {f"answer-{value.partition('=')[0]}": value.partition("=")[2] for value in values}


@dataclass
class Learner:
    """One device in the sample course."""

    client: PageClient
    slug: str = SLUG
    attempts: dict[str, UUID] = field(default_factory=dict)

    @property
    def version(self) -> Version:
        head = find_course(self.slug)
        assert head is not None
        return get_version(head.current_version_id)

    def item(self, key: str) -> Item:
        item = self.version.item_by_key(key)
        assert item is not None
        return item

    def address(self, key: str = "") -> str:
        return f"/courses/{self.slug}/{self.item(key).slug}" if key else f"/courses/{self.slug}"

    def page(self, key: str = "", query: str = "") -> str:
        response = self.client.get(self.address(key) + query)
        assert response.status_code == 200, response.text
        return response.text

    def understand(self, key: str) -> TestResponse:
        return self.client.post(f"{self.address(key)}/understood")

    def begin(self, key: str) -> TestResponse:
        return self.client.post(f"{self.address(key)}/attempts")

    def start(self, key: str) -> UUID:
        response = self.begin(key)
        assert response.status_code == 303, response.text
        self.attempts[key] = UUID(response.location.split("/attempts/")[1].split("/")[0])
        return self.attempts[key]

    def attempt(self, key: str) -> Attempt:
        db.session.rollback()
        found = db.session.get(Attempt, self.attempts[key])
        assert found is not None
        return found

    def at(self, key: str, number: int | str = "") -> str:
        """The address of the attempt, or of one of its questions."""
        base = f"{self.address(key)}/attempts/{self.attempts[key]}"
        return f"{base}/{number}" if number else base

    def questions(self, key: str) -> list[Question]:
        """In the order of the attempt."""
        quiz = get_version(self.attempt(key).version_id).item_by_key(key)
        assert quiz is not None and quiz.quiz is not None
        by_key = {question.key: question for question in quiz.quiz.questions}
        return [by_key[drawn[0]] for drawn in self.attempt(key).drawn]

    def number_of(self, key: str, question_key: str) -> int:
        return [question.key for question in self.questions(key)].index(question_key) + 1

    def send(self, key: str, question_key: str, values: list[str]) -> TestResponse:
        number = self.number_of(key, question_key)
        question = self.questions(key)[number - 1]
        data = {**form_of(question, values), "submission": str(uuid4())}
        return self.client.post(self.at(key, number), data=data)

    def answer(self, key: str, question_key: str, *, right: bool = True) -> TestResponse:
        question = self.questions(key)[self.number_of(key, question_key) - 1]
        return self.send(key, question_key, (right_values if right else wrong_values)(question))

    def answer_all(self, key: str, *, right: bool = True, but: tuple[str, ...] = ()) -> None:
        """Every question; those in `but` the other way."""
        for question in self.questions(key):
            response = self.answer(key, question.key, right=right is not (question.key in but))
            assert response.status_code == 303, response.text

    def take(self, key: str, *, right: bool = True, but: tuple[str, ...] = ()) -> Attempt:
        """A whole attempt, handed in."""
        self.start(key)
        self.answer_all(key, right=right, but=but)
        if self.attempt(key).feedback != "each":
            assert self.client.post(self.at(key, "finish")).status_code == 303
        return self.attempt(key)

    def stored(self, key: str, question_key: str) -> Answer:
        db.session.rollback()
        answer = db.session.get(Answer, (self.attempts[key], question_key))
        assert answer is not None
        return answer
