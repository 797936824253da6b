"""The learning pages. One blueprint, one file per kind of page."""

from flask import Blueprint

blueprint = Blueprint("learning", __name__, template_folder="../templates")

from app.learning.routes import (  # noqa: E402
    catalogue,
    comments,
    hard_spots,
    lessons,
    me,
    practice,
    quizzes,
    sign_off,
    typed_code,
    withdrawn,
)

__all__ = [
    "blueprint",
    "catalogue",
    "comments",
    "hard_spots",
    "lessons",
    "me",
    "practice",
    "quizzes",
    "sign_off",
    "typed_code",
    "withdrawn",
]
