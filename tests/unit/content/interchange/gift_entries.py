"""What the reader of GIFT makes of a text: entries, and the one question that was taken or refused."""

from app.content.interchange import gift
from app.content.interchange.report import RefusedQuestion, TakenQuestion


def entries(text):
    return gift.read(text.encode() if isinstance(text, str) else text).entries


def taken(text):
    (entry,) = entries(text)
    assert isinstance(entry, TakenQuestion), entry
    return entry


def question(text):
    return taken(text).question


def refused(text):
    (entry,) = entries(text)
    assert isinstance(entry, RefusedQuestion), entry
    return entry


def options(text):
    return [(o.words, o.is_ticked, o.weight, o.feedback) for o in question(text).options]
