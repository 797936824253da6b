"""What a learner does over HTTP, as steps: read, start, answer, finish. Answers are looked up in the version."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from app.content.compile.quiz import Question
from app.content.queries import Item, Version, find_course, get_version
from app.extensions import db
from app.progress.models import Attempt
from tests.page_client import PageClient

RESIDENT_COURSE = "nhan-biet-va-tranh-lua-dao-qua-mang"
TEAM_COURSE = "bat-dau-lam-thanh-vien-to-cong-nghe-so-cong-dong"


@dataclass
class Walk:
    """One device walking through one course."""

    client: PageClient
    slug: str = RESIDENT_COURSE

    @property
    def version(self) -> Version:
        head = find_course(self.slug)
        assert head is not None
        return get_version(head.current_version_id)

    @property
    def lessons(self) -> list[Item]:
        return [item for item in self.version.items if item.kind == "lesson"]

    @property
    def quiz(self) -> Item:
        return next(item for item in self.version.items if item.kind == "quiz")

    def address(self, item: Item) -> str:
        return f"/courses/{self.slug}/{item.slug}"

    def understand(self, item: Item) -> TestResponse:
        return self.client.post(f"{self.address(item)}/understood")

    def read_all_lessons(self) -> None:
        for lesson in self.lessons:
            assert self.understand(lesson).status_code == 303

    def start_quiz(self) -> UUID:
        response = self.client.post(f"{self.address(self.quiz)}/attempts")
        assert response.status_code == 303, response.text
        return UUID(response.location.split("/attempts/")[1].split("/")[0])

    def attempt_address(self, attempt_id: UUID, number: int | None = None) -> str:
        base = f"{self.address(self.quiz)}/attempts/{attempt_id}"
        return base if number is None else f"{base}/{number}"

    def question(self, attempt_id: UUID, number: int) -> Question:
        db.session.rollback()
        attempt = db.session.get(Attempt, attempt_id)
        assert attempt is not None and self.quiz.quiz is not None
        key = attempt.drawn[number - 1][0]
        return next(question for question in self.quiz.quiz.questions if question.key == key)

    def count(self, attempt_id: UUID) -> int:
        db.session.rollback()
        attempt = db.session.get(Attempt, attempt_id)
        assert attempt is not None
        return len(attempt.drawn)

    def answer(
        self, attempt_id: UUID, number: int, *, right: bool = True, submission: str | None = None
    ) -> TestResponse:
        values = answers_to(self.question(attempt_id, number), right=right)
        data = {"answer": values, "submission": submission or str(uuid4())}
        return self.client.post(self.attempt_address(attempt_id, number), data=data)

    def answer_all(self, attempt_id: UUID, *, right: bool = True) -> None:
        for number in range(1, self.count(attempt_id) + 1):
            assert self.answer(attempt_id, number, right=right).status_code == 303

    def complete(self) -> UUID:
        """Read everything, answer everything right; returns the attempt."""
        self.read_all_lessons()
        attempt_id = self.start_quiz()
        self.answer_all(attempt_id)
        return attempt_id


def answers_to(question: Question, *, right: bool = True) -> list[str]:
    """The values of a right (or a wrong) answer, as a form sends them."""
    if question.type == "text":
        return [question.accepted[0] if right else "hoàn toàn sai"]
    chosen = [option.key for option in question.options if option.is_right is right]
    return chosen if question.type == "multiple" and right else chosen[:1]
