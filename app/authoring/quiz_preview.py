"""One question of a quiz that is being written, as a learner will have it."""

from dataclasses import replace
from typing import Any

from flask import render_template

from app.authoring.compiling import compile_item
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.quiz_drafts import keys_elsewhere, published_in
from app.authoring.quiz_form import SentQuiz, quiz_text
from app.authoring.quiz_shown import show_quiz
from app.content.compile.course_file import CourseHeader
from app.content.compile.item import CompiledItem
from app.learning.trying import TriedQuiz, TriedState

NO_CHANCE = TriedState(seed=0)
MOST_SHOWN = 40


def preview_question(draft: CourseDraft, file: DraftFile, sent: SentQuiz) -> dict[str, Any]:
    """{"html", "markdown", "parts", "faults"} of what was sent; no html where the question cannot be shown yet.

    Raises:
        QuestionRefused: it cannot be written down.
    """
    taken, published = keys_elsewhere(draft, file), published_in(draft)
    text, _ = quiz_text(file.text or "", sent, taken=taken, published=published)
    compiled, header, faults = compile_item(draft, file, text)
    parts = show_quiz(text, faults).parts
    return {
        "html": questions_html(compiled, header, draft.slug, 1),
        "markdown": "\n".join(part["markdown"].rstrip("\n") for part in parts),
        "parts": parts,
        "faults": [fault for part in parts for fault in part["faults"]],
    }


def questions_html(compiled: CompiledItem, header: CourseHeader, slug: str, most: int = MOST_SHOWN) -> str:
    """The first questions of a quiz in the order of its author, each as a learner will have it."""
    quiz = compiled.quiz
    if quiz is None or not quiz.questions:
        return ""
    plain = replace(quiz, shuffle=False, draw=0, pool_draws={}, questions=quiz.questions[:most])
    tried = TriedQuiz(replace(compiled, quiz=plain), header, slug, NO_CHANCE)
    pages = [tried.page(number) for number in range(1, len(plain.questions) + 1)]
    return "\n".join(render_template("authoring/question_preview.html", page=page) for page in pages)
