"""Quizzes of a draft: which file it is, which keys are taken, how its form looks."""

import re
from typing import Any
from uuid import UUID

from app.authoring.compiling import compile_item
from app.authoring.drafts import get_file, live_files
from app.authoring.item_text import read_item_text
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.quiz_shown import show_quiz
from app.content.queries import published_types
from app.shared.errors import NotFound

_KEY = re.compile(r"\bkey\s*:\s*([a-z0-9-]+)")


def get_quiz_file(draft: CourseDraft, file_id: UUID) -> DraftFile:
    """A quiz of the draft. Raises NotFound for everything else."""
    file = get_file(draft, file_id)
    if file.text is None or not file.path.endswith(".md") or read_item_text(file.text).kind != "quiz":
        raise NotFound
    return file


def keys_elsewhere(draft: CourseDraft, file: DraftFile) -> set[str]:
    """Keys in the other files of the course."""
    texts = [other.text for other in live_files(draft) if other.text and other.id != file.id]
    return set(_KEY.findall("\n".join(texts)))


def published_in(draft: CourseDraft) -> dict[str, str]:
    """Key → type of the questions that were ever published in this course."""
    return published_types(draft.course_id) if draft.course_id else {}


def shown(draft: CourseDraft, file: DraftFile, text: str) -> dict[str, Any]:
    """{"settings", "faults", "parts", "media"}: what the form shows of this text."""
    _, _, faults = compile_item(draft, file, text)
    return show_quiz(text, faults).to_json()
