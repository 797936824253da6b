"""The settings of a quiz as its form sends and shows them ↔ values of its front matter."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext

from app.authoring.quiz_json import QuestionRefused, checked_text, checked_whole
from app.content.compile.faults import Faults
from app.content.compile.fields import Fields
from app.content.compile.quiz_file import DEFAULT_PASS, FEEDBACK, MAXIMUM_QUESTIONS, MAXIMUM_WAIT
from app.content.compile.text import is_key
from app.content.quiz_source.escape import one_line
from app.content.source_fields import Plain

LONGEST_TITLE = 200
MOST_MINUTES = 600
MOST_ATTEMPTS = 100


def _title(value: object) -> str:
    return one_line(checked_text(value, gettext("Tên bài"), LONGEST_TITLE))


def _feedback(value: object) -> str:
    if not isinstance(value, str) or value not in FEEDBACK:
        raise QuestionRefused
    return value


def _pretest(value: object) -> str:
    if not isinstance(value, str) or (value and not is_key(value)):
        raise QuestionRefused
    return value


def _yes_no(value: object) -> str:
    if not isinstance(value, bool):
        raise QuestionRefused
    return "yes" if value else "no"


_READERS: dict[str, Callable[[object], Plain]] = {
    "title": _title,
    "minutes": lambda value: checked_whole(value, gettext("Số phút"), 1, MOST_MINUTES),
    "pass": lambda value: checked_whole(value, gettext("Mức đạt"), 0, 100),
    "feedback": _feedback,
    "shuffle": _yes_no,
    "draw": lambda value: checked_whole(value, gettext("Số câu mỗi lần làm"), 0, MAXIMUM_QUESTIONS),
    "attempts": lambda value: checked_whole(value, gettext("Số lượt làm"), 0, MOST_ATTEMPTS),
    "wait": lambda value: checked_whole(value, gettext("Số phút chờ"), 0, MAXIMUM_WAIT),
    "offline": _yes_no,
    "pretest": _pretest,
}
SETTINGS = tuple(_READERS)


def read_settings_json(value: object) -> Mapping[str, Plain | None]:
    """The settings that were changed, as front matter has them; None takes a line away.

    Raises:
        QuestionRefused: an unknown name, a value out of its bounds.
    """
    if not isinstance(value, dict) or not set(value) <= set(SETTINGS):
        raise QuestionRefused
    read = {name: _READERS[name](given) for name, given in value.items()}
    return {name: None if given == "" else str(given) for name, given in read.items()}


def settings_json(fields: Fields) -> dict[str, Any]:
    """What the form shows; a value that cannot be read shows as the one that counts then."""
    quiet = Fields(fields.mapping, Faults().of(""), fields.line)
    return {
        "title": quiet.text("title"),
        "minutes": quiet.whole("minutes", least=1, most=MOST_MINUTES, default=6),
        "pass": quiet.whole("pass", least=0, most=100, default=DEFAULT_PASS),
        "feedback": quiet.choice("feedback", FEEDBACK, default="each"),
        "shuffle": quiet.yes_no("shuffle", default=True),
        "draw": quiet.whole("draw", least=0, most=MAXIMUM_QUESTIONS, default=0),
        "attempts": quiet.whole("attempts", least=0, most=MOST_ATTEMPTS, default=0),
        "wait": quiet.whole("wait", least=0, most=MAXIMUM_WAIT, default=0),
        "offline": quiet.yes_no("offline", default=True),
        "pretest": quiet.text("pretest", maximum=80),
    }
