"""The learning pages. One blueprint, one file per kind of page."""

from flask import Blueprint

blueprint = Blueprint("learning", __name__, template_folder="../templates")

from app.learning.routes import catalogue, lessons, me, practice, quizzes, sign_off  # noqa: E402

__all__ = ["blueprint", "catalogue", "lessons", "me", "practice", "quizzes", "sign_off"]
