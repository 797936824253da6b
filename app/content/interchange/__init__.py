"""Quiz formats of other programs ↔ `quiz_source.SourceQuestion`. Pure: bytes in, values out, and the other way round.

Nothing is taken silently: each question that is read comes with what was changed, each that is not with the reason.
"""
