"""What comes after the first finished item of a guest: the question of the commune, and the code to keep."""

from flask import url_for

from app.learning.learner import Learner
from app.progress.evidence import LearnerCourse
from app.progress.queries import count_finished_items


def where_to_go(learner: Learner, course: LearnerCourse, target: str) -> str:
    """`target`, or first the two questions that a guest hears once: which commune, and here is your code.

    Asked within the writing transaction, after the item was recorded.
    """
    is_first_finished = learner.is_guest and not course.evidence.done and count_finished_items(learner.person_id) == 1
    if not is_first_finished:
        return target
    if learner.commune_id is None:
        return url_for("learning.ask_commune", next=target)
    return url_for("learning.show_code", next=target)
