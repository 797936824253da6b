"""The trainers' workshop, `/workshop`: how courses and their questions do, what must be checked again, what waits to be
marked.

Not here: the figures themselves and the marks (progress), courses and their folders (content), pages of learners
(learning). Nothing here knows who a learner is.
"""
