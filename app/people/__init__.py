"""Persons and the ways in: guests, residence, sign-in, cards, roles, teams, consent, erasure.

Not here: what people learned (progress) and what the figures say about them (figures).
"""
