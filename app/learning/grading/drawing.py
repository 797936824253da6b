"""Choosing and shuffling the questions of an attempt. The chance comes from outside, so that tests can fix it."""

from random import Random

from app.content.compile.quiz import Question, Quiz

Drawn = list[list[object]]
"""[[question key, [option keys in the order shown]], …]: what an Attempt row stores."""


def draw(quiz: Quiz, chance: Random) -> Drawn:
    """Questions for one attempt: `quiz.draw` of them (0 = all), options shuffled where the author wants it."""
    questions = list(quiz.questions)
    if 0 < quiz.draw < len(questions):
        kept = set(chance.sample(range(len(questions)), quiz.draw))
        questions = [question for index, question in enumerate(questions) if index in kept]
    if quiz.shuffle:
        chance.shuffle(questions)
    return [[question.key, _option_order(quiz, question, chance)] for question in questions]


def _option_order(quiz: Quiz, question: Question, chance: Random) -> list[str]:
    keys = [option.key for option in question.options]
    if quiz.shuffle and question.type in {"single", "multiple"}:
        chance.shuffle(keys)
    return keys
