"""Changes of headings that take a fault away, and where a long lesson is best cut in two."""

import re
from collections.abc import Sequence

from app.authoring.item_text import read_item_text
from app.authoring.mending_lines import Change, body_lines, with_question_key
from app.content.compile.lesson import QUESTION
from app.content.compile.scan import Line
from app.content.interchange.lessons import count_words
from app.content.interchange.markdown_words import plain_words
from app.content.source_fields import join_item, split_item, with_front_values
from app.shared.vietnamese import fold

LEAST_WORDS = 100
"""In either part of a lesson that is cut."""
LONGEST_HEADING = 12
"""Words; a longer underlined line is a sentence."""
_STUCK = re.compile(r"( {0,3})(#{2,6})([^\s#].*)")
_HEADING = re.compile(r"( {0,3})(#{1,6})(?=[ \t]|$)")


def lowered(text: str, line: int) -> Change | None:
    """ "# words" as "## words"; a heading that only repeats the title goes."""
    here = _line(text, line)
    heading = here.heading() if here else None
    if here is None or heading is None or heading[0] != 1 or heading[1].startswith(QUESTION.strip()):
        return None
    is_first = not any(other.heading() for other in body_lines(text) if other.number < line)
    if not heading[1] or (is_first and fold(heading[1]) == fold(read_item_text(text).title)):
        return Change(line, line, "")
    return Change(line, line, f"## {heading[1]}")


def spaced(text: str, line: int) -> Change | None:
    """ "##words" as "## words", no deeper than the headings above allow; in a quiz with the key that it then needs."""
    here = _line(text, line)
    found = _STUCK.fullmatch(here.text.rstrip()) if here else None
    if found is None:
        return None
    kind = read_item_text(text).kind
    marks = "#" * min(len(found[2]), _level_above(text, line) + 1) if kind == "lesson" else found[2]
    changed = f"{max(marks, '##')} {found[3]}"
    if kind != "quiz" or marks != "##":
        return Change(line, line, changed)
    lines = text.split("\n")
    lines[line - 1] = changed
    with_key = with_question_key("\n".join(lines), line, set())
    if with_key is None or with_key.start != line:
        return Change(line, line, changed)
    return with_key


def raised(text: str, line: int) -> Change | None:
    """A heading that skips a level, one below the heading above it, unless the next one would skip a level then."""
    here = _line(text, line)
    heading = here.heading() if here else None
    if here is None or heading is None:
        return None
    level = _level_above(text, line) + 1
    after = next((h[0] for other in body_lines(text) if other.number > line and (h := other.heading())), 2)
    if not 1 < level < heading[0] or after > max(level + 1, 2):
        return None
    return Change(line, line, _HEADING.sub(lambda found: found[1] + "#" * level, here.text, count=1))


def removed(text: str, line: int) -> Change | None:
    """Without the heading, unless the next one would skip a level then."""
    after = next((h[0] for other in body_lines(text) if other.number > line and (h := other.heading())), 2)
    return Change(line, line, "") if after <= 2 else None


def without_underline(text: str, line: int) -> Change | None:
    """A short line of its own that is underlined becomes a heading; under a longer text the rule stands apart."""
    written = text.split("\n")
    above, before = written[line - 2].strip(), _line(text, line - 2)
    if read_item_text(text).kind != "lesson" or not above:
        return None
    stands_alone = before is None or before.is_blank or before.heading() is not None
    if stands_alone and len(above.split()) <= LONGEST_HEADING and above[0].isalnum():
        return Change(line - 1, line, f"## {above}")
    return Change(line, line, f"\n{written[line - 1]}" if "-" in written[line - 1] else "")


def best_cut(text: str) -> int | None:
    """The line of the heading that cuts a lesson into the most equal parts; None where no heading does."""
    lines = body_lines(text)
    cuts = [line.number for line in lines if (h := line.heading()) and h[0] == 2 and not h[1].startswith(QUESTION)]
    sizes = {cut: (_words(lines, 0, cut), _words(lines, cut, lines[-1].number + 1)) for cut in cuts}
    good = [cut for cut, parts in sizes.items() if min(parts) >= LEAST_WORDS]
    return min(good, key=lambda cut: max(sizes[cut]), default=None)


def words_at(text: str, line: int) -> str:
    """The words of the heading in that line."""
    here = _line(text, line)
    heading = here.heading() if here else None
    return plain_words(heading[1]) if heading else ""


def split_at(text: str, line: int, key: str) -> tuple[str, str, str]:
    """The lesson up to that heading, the title of the rest, and the rest as a lesson of its own with this key.

    Explained words and sources go with both; minutes are shared out by words.
    """
    front, body, first_line = split_item(text)
    lines = body.split("\n")
    before, after = lines[: line - first_line], lines[line - first_line + 1 :]
    title = words_at(text, line)
    counts = [max(1, count_words("\n".join(part))) for part in (before, after)]
    said = read_item_text(text).word("minutes")
    minutes = int(said) if said.isdecimal() and len(said) < 4 else 2
    second = min(max(1, round(minutes * counts[1] / sum(counts))), max(1, minutes - 1))
    first = join_item(front, "\n".join(before).rstrip("\n") + "\n")
    first_text = with_front_values(first, {"minutes": str(max(1, minutes - second))})
    changes = {"key": key, "title": title, "minutes": str(second)}
    return first_text, title, with_front_values(join_item(front, "\n".join(after).lstrip("\n")), changes)


def _line(text: str, number: int) -> Line | None:
    return next((line for line in body_lines(text) if line.number == number), None)


def _level_above(text: str, line: int) -> int:
    return next((h[0] for other in reversed(body_lines(text)) if other.number < line and (h := other.heading())), 1)


def _words(lines: Sequence[Line], start: int, end: int) -> int:
    return count_words("\n".join(line.text for line in lines if start <= line.number < end))
