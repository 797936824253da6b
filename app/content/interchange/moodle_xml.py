"""Moodle XML ↔ our questions: the format of Moodle that says most, pictures included."""

from app.content.interchange.moodle_read import read
from app.content.interchange.moodle_write import write

__all__ = ["read", "write"]
