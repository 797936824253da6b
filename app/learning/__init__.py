"""What a learner sees and does: catalogue, course, lesson, quiz, own page; and grading, which is pure.

Not here: the evidence itself and its counting (progress), signing in and personal data (people).
"""
