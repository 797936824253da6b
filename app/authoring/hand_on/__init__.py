"""Handing a published course on to a commune: poster, handout, words to read out and to send, run sheet of a meeting.

All of it is made from the published version when it is asked for; nothing is stored. What is in a piece is decided
here, how it looks in `templates/authoring/hand_on`.
"""
