"""Hangs every resource on the blueprint."""

from app.api import courses, figures, openapi, places
from app.api.answers import blueprint

__all__ = ["blueprint", "courses", "figures", "openapi", "places"]
