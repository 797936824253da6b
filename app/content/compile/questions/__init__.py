"""The kinds of questions: what the answers of each mean, what is wrong with them, and what a learner can choose.

A new kind: a module with a `Compile`, a line in `COMPILERS`, a grader, a template, a sample question.
"""

from app.content.compile.questions import choice, free, gaps, hotspot, matching, ordering, typed
from app.content.compile.questions.answers import Compile

COMPILERS: dict[str, Compile] = {
    "single": choice.compile_choice,
    "multiple": choice.compile_choice,
    "true_false": choice.compile_choice,
    "text": typed.compile_text,
    "number": typed.compile_number,
    "matching": matching.compile_matching,
    "ordering": ordering.compile_ordering,
    "gaps": gaps.compile_gaps,
    "hotspot": hotspot.compile_hotspot,
    "free": free.compile_free,
}
