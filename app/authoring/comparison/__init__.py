"""Two states of a course side by side, as somebody reads them: items, paragraphs, questions, words. Pure.

`courses` is where to begin; `blocks` cuts texts into what is compared, `diffing` finds what is the same. Nothing here
knows Flask, a database or the words of the screens.
"""
