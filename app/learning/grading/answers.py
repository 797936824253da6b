"""Reading an answer: from form fields or JSON to a response in the question's own terms."""

from collections.abc import Sequence

from app.content.compile.quiz import Question
from app.shared.errors import Refusal
from app.shared.vietnamese import clean

MAXIMUM_TEXT = 500
Response = list[str]
"""Chosen option keys (sorted), or one typed text. This is what an Answer row stores."""


class NothingAnswered(Refusal):
    status = 422
    sentence = "Bác chọn hoặc viết một câu trả lời, rồi bấm Trả lời giúp."


class AnswerNotUnderstood(Refusal):
    status = 422
    sentence = "Câu trả lời này không thuộc câu hỏi. Bác mở lại câu hỏi rồi chọn giúp."


def read_answer(question: Question, values: Sequence[object]) -> Response:
    """The response that `values` (what came under the field "answer") gives to `question`.

    Raises:
        NothingAnswered: nothing was chosen or typed.
        AnswerNotUnderstood: an option that the question does not have, two options where one is asked, not text.
    """
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) != len(values):
        raise AnswerNotUnderstood
    if question.type == "text":
        return _read_text(texts)
    return _read_choice(question, texts)


def _read_text(texts: list[str]) -> Response:
    if len(texts) > 1 or any(len(text) > MAXIMUM_TEXT for text in texts):
        raise AnswerNotUnderstood
    typed = clean(texts[0]) if texts else ""
    if not typed:
        raise NothingAnswered
    return [typed]


def _read_choice(question: Question, texts: list[str]) -> Response:
    chosen = sorted({text for text in texts if text})
    if not chosen:
        raise NothingAnswered
    known = {option.key for option in question.options}
    if not known.issuperset(chosen) or (question.type != "multiple" and len(chosen) > 1):
        raise AnswerNotUnderstood
    return chosen
