"""The kinds of questions. Each module reads the answers of one kind: the shape of the list decides which.

A new kind: a module with `recognises` and `read`, a line in `KINDS`, a grader, a template, a sample course.
"""

from app.content.compile.questions import choice, short_text
from app.content.compile.questions.answers import AnswerKind

KINDS: tuple[AnswerKind, ...] = (choice.CHOICE, short_text.SHORT_TEXT)
