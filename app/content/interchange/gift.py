"""GIFT, the text format of Moodle ↔ our questions."""

from app.content.interchange.gift_read import read
from app.content.interchange.gift_write import write

__all__ = ["read", "write"]
