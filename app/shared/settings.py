"""The typed settings of the running app."""

from flask import current_app

from app.config import Settings


def settings() -> Settings:
    """The settings with which this app was made."""
    found: Settings = current_app.extensions["settings"]
    return found
