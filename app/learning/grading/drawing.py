"""Choosing and shuffling the questions of an attempt. The chance comes from outside, so that tests can fix it."""

from collections import Counter
from random import Random

from app.content.compile.quiz import Question, Quiz

Drawn = list[list[object]]
"""[[question key, [keys of what can be chosen, in the order shown]], …]: what an Attempt row stores."""


def draw(quiz: Quiz, chance: Random) -> Drawn:
    """Questions for one attempt: N of a pool, or `quiz.draw` of all (0 = all), options shuffled where wanted."""
    questions = _chosen(quiz, chance)
    if quiz.shuffle:
        chance.shuffle(questions)
    return [[question.key, _order(quiz, question, chance)] for question in questions]


def _chosen(quiz: Quiz, chance: Random) -> list[Question]:
    questions = list(quiz.questions)
    if 0 < quiz.draw < len(questions):
        kept = set(chance.sample(range(len(questions)), quiz.draw))
        return [question for index, question in enumerate(questions) if index in kept]
    wanted: set[int] = set()
    sizes = Counter(question.pool for question in questions)
    for pool, size in sizes.items():
        indexes = [index for index, question in enumerate(questions) if question.pool == pool]
        wanted.update(chance.sample(indexes, min(size, quiz.pool_draws.get(pool, size))))
    return [question for index, question in enumerate(questions) if index in wanted]


def _order(quiz: Quiz, question: Question, chance: Random) -> list[str]:
    """Steps always come shuffled, for their order is the answer; the rest where author and question allow it."""
    if question.type == "ordering":
        return _out_of_order([option.key for option in question.options], chance)
    if question.type == "matching":
        keys = [side["key"] for side in question.details["rights"]]
        return _shuffled(keys, chance)
    keys = [option.key for option in question.options]
    shuffles = quiz.shuffle and question.shuffles and question.type in {"single", "multiple"}
    return _shuffled(keys, chance) if shuffles else keys


def _shuffled(keys: list[str], chance: Random) -> list[str]:
    chance.shuffle(keys)
    return keys


def _out_of_order(keys: list[str], chance: Random) -> list[str]:
    """Any order but the right one."""
    right = list(keys)
    while keys == right and len(keys) > 1:
        chance.shuffle(keys)
    return keys
