"""Blocks of an old and a new text, matched: what stayed, what changed in its words, what came, went or moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.authoring.comparison.blocks import Block
from app.authoring.comparison.diffing import (
    GONE,
    LEAST_IN_COMMON,
    NEW,
    SAME,
    Effort,
    Run,
    Span,
    align,
    likeness,
    word_spans,
)

CHANGED, MOVED = "changed", "moved"
_MOST_PAIRS = 2_500


@dataclass(frozen=True, slots=True)
class Part:
    """One block as the comparison shows it."""

    state: str
    """same, changed, new, gone or moved (the same words at another place)."""
    look: str
    spans: tuple[Span, ...]
    old_look: str = ""
    """What it was before, where that is something else: a wrong answer that is right now."""
    media: str = ""
    old_media: str = ""


def compare_blocks(old: Sequence[Block], new: Sequence[Block], effort: Effort) -> list[Part]:
    """The blocks of both in the order in which somebody would read them."""
    parts: list[Part] = []
    for run in align(old, new, effort):
        if run.is_same:
            parts += [_whole(SAME, block) for block in new[run.j : run.j_end]]
        else:
            parts += _replaced(old, new, run, effort)
    return list(_with_moves(parts))


def _whole(state: str, block: Block) -> Part:
    kind = NEW if state == NEW else GONE if state == GONE else SAME
    spans = (Span(kind, block.words),) if block.words else ()
    media, old_media = (block.media, "") if state != GONE else ("", block.media)
    return Part(state, block.look, spans, media=media, old_media=old_media)


def _replaced(old: Sequence[Block], new: Sequence[Block], run: Run, effort: Effort) -> Iterator[Part]:
    i, j = run.i, run.j
    for a, b in [*_alike(old, new, run, effort), (run.i_end, run.j_end)]:
        yield from _in_place_of(old[i:a], new[j:b], effort)
        if a < run.i_end and b < run.j_end:
            yield _changed(old[a], new[b], effort)
        i, j = a + 1, b + 1


def _in_place_of(old: Sequence[Block], new: Sequence[Block], effort: Effort) -> Iterator[Part]:
    """Blocks with little in common: one for one where they are of the same kinds, else those that went first."""
    if [block.look for block in old] == [block.look for block in new]:
        yield from (_changed(before, after, effort) for before, after in zip(old, new, strict=True))
    else:
        yield from (_whole(GONE, block) for block in old)
        yield from (_whole(NEW, block) for block in new)


def _alike(old: Sequence[Block], new: Sequence[Block], run: Run, effort: Effort) -> list[tuple[int, int]]:
    """Pairs of blocks that say nearly the same, in order, with the most words in common."""
    height, width = run.i_end - run.i, run.j_end - run.j
    if not height or not width:
        return []
    size = sum(len(block.raw) for block in (*old[run.i : run.i_end], *new[run.j : run.j_end]))
    if height * width > _MOST_PAIRS or not effort.take(size * max(height, width) // 4):
        return []
    scores = [
        [likeness(before.words, after.words) for after in new[run.j : run.j_end]] for before in old[run.i : run.i_end]
    ]
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for a in range(height - 1, -1, -1):
        for b in range(width - 1, -1, -1):
            with_both = best[a + 1][b + 1] + scores[a][b] if scores[a][b] >= LEAST_IN_COMMON else 0.0
            best[a][b] = max(with_both, best[a + 1][b], best[a][b + 1])
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < height and b < width:
        if best[a][b] == best[a + 1][b]:
            a += 1
        elif best[a][b] == best[a][b + 1]:
            b += 1
        else:
            pairs.append((run.i + a, run.j + b))
            a, b = a + 1, b + 1
    return pairs


def _changed(old: Block, new: Block, effort: Effort) -> Part:
    """Where only marks differ (bold, the file of a picture), they are shown; else the words without them."""
    only_marks = old.words == new.words and old.raw != new.raw
    spans = word_spans(old.raw if only_marks else old.words, new.raw if only_marks else new.words, effort)
    old_look = old.look if old.look != new.look else ""
    return Part(CHANGED, new.look, spans, old_look, new.media, old.media)


def _with_moves(parts: list[Part]) -> Iterator[Part]:
    """What went at one place and came at another has moved: it is shown once, where it is now."""
    gone = Counter(_content(part) for part in parts if part.state == GONE)
    moved = gone & Counter(_content(part) for part in parts if part.state == NEW)
    left = Counter(moved)
    for part in parts:
        content = _content(part)
        if part.state == GONE and moved[content] > 0:
            moved[content] -= 1
        elif part.state == NEW and left[content] > 0:
            left[content] -= 1
            spans = tuple(replace(span, kind=SAME) for span in part.spans)
            yield replace(part, state=MOVED, spans=spans, old_media=part.media)
        else:
            yield part


def _content(part: Part) -> tuple[str, str, str]:
    return part.look, "".join(span.text for span in part.spans), part.media or part.old_media
