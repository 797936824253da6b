"""The fields of a question's form → the values that `read_answer` takes, the same for every kind of question."""

from werkzeug.datastructures import MultiDict

MAXIMUM_VALUES = 50
PREFIX = "answer-"


def answer_values(form: MultiDict[str, str]) -> list[str]:
    """What came under "answer", and "name=value" for each field "answer-name" (a gap, a pair, a step)."""
    values = form.getlist("answer")
    values += [f"{name.removeprefix(PREFIX)}={value}" for name, value in form.items() if name.startswith(PREFIX)]
    return values[:MAXIMUM_VALUES]
