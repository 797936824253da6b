"""The page of one question: open, answered, or tried again."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from app.content.compile.quiz import Question
from app.learning.grading.answers import Response
from app.learning.grading.marks import Mark, feedback_on, gap_share
from app.learning.pages_of_quizzes import (
    QuestionPage,
    ShownGap,
    ShownHints,
    ShownOption,
    ShownPicture,
    ShownRegion,
    ShownSide,
    ShownStep,
)
from app.learning.quiz_pages import Given, OpenAttempt, question_href, result_href
from app.shared.ids import new_id

TYPED = frozenset({"text", "number", "free"})


def question_page(
    opened: OpenAttempt,
    number: int,
    *,
    error: str = "",
    entered: Response | None = None,
    practice: Given | None = None,
    is_practice: bool = False,
) -> QuestionPage:
    """`entered` was refused and is shown again, `practice` was just tried and is never stored.

    What tells the answer stands in the page only where the learner may see it now.
    """
    question = opened.question(number)
    given = practice if is_practice else opened.given.get(question.key)
    shows_feedback = practice is not None if is_practice else opened.shows_feedback_for(question.key)
    is_fixed = shows_feedback or (not is_practice and opened.is_finished)
    response = entered if entered is not None else (given.response if given else [])
    shown = _Shown(question, opened.order(number), response, shows_feedback)
    may_see_answer = shows_feedback and question.accepted
    verdict, verdict_words = _verdict(given.mark) if given and shows_feedback else ("", "")
    next_href, next_label = ("", "") if is_practice else _next_step(opened, number)
    return QuestionPage(
        slug=opened.course.slug,
        item=opened.item,
        attempt_id=opened.attempt.id,
        number=number,
        count=opened.count,
        question_key=question.key,
        kind=question.type,
        stem_html=question.stem_html,
        typed=response[0] if question.type in TYPED and response else "",
        error=error,
        **shown.to_choose_or_fill(),
        hints=None if is_fixed else _hints(opened, question),
        is_answered=is_fixed,
        shows_feedback=shows_feedback,
        verdict=verdict,
        verdict_words=verdict_words,
        right_answers=question.accepted[0] if may_see_answer else "",
        feedback_htmls=feedback_on(question, response) if shows_feedback else [],
        comment=opened.comments.get(question.key, ""),
        explanation_html=question.explanation_html if shows_feedback else "",
        submission_id=str(new_id()),
        next_href=next_href,
        next_label=next_label,
        previous_href=question_href(opened.course, opened.item, opened.attempt.id, number - 1) if number > 1 else None,
        is_practice=is_practice,
    )


class _Shown:
    """What can be chosen or filled in, in the order of this attempt, with what was entered."""

    def __init__(self, question: Question, order: Sequence[str], response: Response, shows_feedback: bool) -> None:
        self.question = question
        self.order = order
        self.response = response
        self.shows = shows_feedback
        self.pairs = dict(pair.split("=", 1) for pair in response if "=" in pair)

    def to_choose_or_fill(self) -> dict[str, Any]:
        """The fields of the page that differ by the kind of question; most are empty for any one kind."""
        return {
            "options": self.options(),
            "lefts": self.lefts(),
            "rights": self.rights(),
            "steps": self.steps(),
            "gaps": self.gaps(),
            "picture": self.picture(),
        }

    def options(self) -> list[ShownOption]:
        if self.question.type in {"ordering", "matching"}:
            return []
        by_key = {option.key: option for option in self.question.options}
        return [
            ShownOption(
                key,
                by_key[key].html,
                by_key[key].feedback_html if self.shows else "",
                key in self.response,
                self.shows and by_key[key].is_right,
            )
            for key in self.order
        ]

    def lefts(self) -> list[ShownSide]:
        if self.question.type != "matching":
            return []
        details = self.question.details
        texts = {side["key"]: side["text"] for side in details["rights"]}
        return [
            ShownSide(
                key=side["key"],
                html=side["html"],
                chosen=self.pairs.get(side["key"], ""),
                chosen_text=texts.get(self.pairs.get(side["key"], ""), ""),
                right_text=texts[details["matches"][side["key"]]] if self.shows else "",
                is_right=self.shows and self.pairs.get(side["key"]) == details["matches"][side["key"]],
            )
            for side in details["lefts"]
        ]

    def rights(self) -> list[tuple[str, str]]:
        if self.question.type != "matching":
            return []
        texts = {side["key"]: side["text"] for side in self.question.details["rights"]}
        return [(key, texts[key]) for key in self.order]

    def steps(self) -> list[ShownStep]:
        if self.question.type != "ordering":
            return []
        right = [option.key for option in self.question.options]
        html = {option.key: option.html for option in self.question.options}
        placed = self.pairs or {key: str(place) for place, key in enumerate(self.response, start=1)}
        keys = right if self.shows else self.order
        return [
            ShownStep(
                key=key,
                html=html[key],
                place=placed.get(key, ""),
                right_place=right.index(key) + 1 if self.shows else 0,
                is_right=self.shows and placed.get(key) == str(right.index(key) + 1),
            )
            for key in keys
        ]

    def gaps(self) -> list[ShownGap]:
        return [self._gap(gap) for gap in self.question.details.get("gaps", [])]

    def _gap(self, gap: Mapping[str, Any]) -> ShownGap:
        number = str(gap["number"])
        entered = self.pairs.get(number, "")
        choices = [(choice["key"], choice["text"]) for choice in gap["choices"]]
        wanted = [answer for answer in gap["choices"] or gap["answers"] if float(answer["weight"]) >= 1]
        return ShownGap(
            number=int(number),
            entered=entered,
            entered_text=dict(choices).get(entered, "") if choices else entered,
            choices=choices,
            right_text=wanted[0]["text"] if self.shows and wanted else "",
            is_right=self.shows and gap_share(self.question, gap, self.response) >= 1,
        )

    def picture(self) -> ShownPicture | None:
        if self.question.type != "hotspot":
            return None
        details = self.question.details
        found = details["picture"]
        regions = [
            self._region(number, key, details["regions"][key], found["width"], found["height"])
            for number, key in enumerate(self.order, start=1)
        ]
        return ShownPicture(found["address"], found["width"], found["height"], found["alt"], regions)

    def _region(self, number: int, key: str, percent: Sequence[float], width: int, height: int) -> ShownRegion:
        option = next(option for option in self.question.options if option.key == key)
        is_chosen = key in self.response
        state = "chosen" if is_chosen else ""
        if self.shows and (option.is_right or is_chosen):
            state = "right" if option.is_right else "wrong"
        left, top, wide, high = percent
        return ShownRegion(
            number,
            round(left * width / 100, 1),
            round(top * height / 100, 1),
            round(wide * width / 100, 1),
            round(high * height / 100, 1),
            state,
        )


def _hints(opened: OpenAttempt, question: Question) -> ShownHints | None:
    """What helps before the answer; in a supervised test nothing does."""
    if not question.hints or not opened.quiz.offline:
        return None
    are_open = question.key in opened.hints_opened
    is_free = not question.hint_cost
    return ShownHints(list(question.hints) if are_open or is_free else [], question.hint_cost, are_open)


def _verdict(mark: Mark) -> tuple[str, str]:
    if mark.is_waiting:
        return "waiting", gettext("Đã gửi. Người dạy sẽ đọc và chấm câu này.")
    if mark.is_right:
        return "right", gettext("Đúng rồi.")
    if mark.is_partly_right:
        return "partly", gettext("Đúng một phần.")
    return "wrong", gettext("Chưa đúng.")


def _next_step(opened: OpenAttempt, number: int) -> tuple[str, str]:
    if opened.is_finished and number >= opened.count:
        return result_href(opened.course, opened.item, opened.attempt.id), gettext("Xem kết quả")
    following = number + 1 if number < opened.count else opened.first_open_number()
    label = gettext("Câu tiếp theo") if number < opened.count else gettext("Tới câu chưa trả lời")
    return question_href(opened.course, opened.item, opened.attempt.id, following), label
