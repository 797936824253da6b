"""Grading: (question, answer) → mark. Pure: no request, no database, no clock.

`answers.py` reads what a form or an upload says about one question, `marks.py` judges it, `drawing.py` chooses and
shuffles. Grading is total: any answer gives a mark or a named refusal.
"""
