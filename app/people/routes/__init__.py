"""Pages about people: ways in, the own account, and what staff do for others. One blueprint, one file per subject."""

from flask import Blueprint

blueprint = Blueprint("people", __name__, template_folder="../templates")

from app.people.routes import (  # noqa: E402
    account,
    privacy,
    sign_in,
    sign_in_account,
    sign_in_register,
    sign_in_staff,
    staff_people,
    teams,
)

__all__ = [
    "account",
    "blueprint",
    "privacy",
    "sign_in",
    "sign_in_account",
    "sign_in_register",
    "sign_in_staff",
    "staff_people",
    "teams",
]
