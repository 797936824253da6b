"""Changes of single lines that take a fault away. Each returns the lines to write, or None where nothing is certain."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from app.content.compile.faults import Faults
from app.content.compile.fields import is_https
from app.content.compile.question_meta import COMMENT
from app.content.compile.scan import HTML, NO_HTML, Line, scan_lines
from app.content.compile.text import suggested_key
from app.content.interchange.keys import unique_key
from app.content.interchange.markdown_words import escaped_line, one_line
from app.content.source_fields import split_item, with_front_values, with_values

TEXTS_KEPT = 32
_KEY_PAIR = re.compile(r"\bkey\s*:\s*[^;]*?(?=\s*(?:;|-->|[–—]-?>))")
_BARE_ADDRESS = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]\S*)?", re.IGNORECASE)
_FILE_ENDINGS = (".md", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".mp3", ".pdf", ".docx", ".xlsx", ".html")
_SECOND_HEADING = re.compile(r" {0,3}##[ \t]+(.*\S)")


@dataclass(frozen=True, slots=True)
class Change:
    """Lines `start` to `end` become `text`; an `end` before `start` inserts."""

    start: int
    end: int
    text: str


def spanned(text: str, changed: list[str]) -> Change | None:
    """The smallest run of lines in which `changed`, of as many lines, differs from the text."""
    before = text.split("\n")
    differing = [index for index, (one, other) in enumerate(zip(before, changed, strict=True)) if one != other]
    if not differing:
        return None
    first, last = differing[0], differing[-1]
    return Change(first + 1, last + 1, "\n".join(changed[first : last + 1]))


@lru_cache(maxsize=TEXTS_KEPT)
def body_lines(text: str) -> tuple[Line, ...]:
    """The lines of an item's body, numbered as in the file. Kept: a text often has several faults."""
    _, body, first_line = split_item(text)
    return tuple(scan_lines(body, first_line, Faults().of("text")))


def renamed(text: str, line: int, wrong: str, right: str) -> Change | None:
    """The name in that line, and wherever else it stands in the same way below."""
    if not wrong:
        return None
    pattern = re.compile(rf"(?<![\w./-]){re.escape(wrong)}(?![\w/-]|\.\w)")
    before = text.split("\n")
    if not pattern.search(before[line - 1]):
        return None
    in_brackets = f"]({wrong})"
    changed = [
        pattern.sub(lambda _: right, words)
        if number == line
        else words.replace(in_brackets, f"]({right})")
        if number > line
        else words
        for number, words in enumerate(before, start=1)
    ]
    return spanned(text, changed)


def with_https(address: str) -> str:
    """The address as it was meant, or "" where that is not certain."""
    if address.lower().startswith("http://"):
        address = f"https://{address[7:]}"
    elif _BARE_ADDRESS.fullmatch(address) and not address.lower().endswith(_FILE_ENDINGS):
        address = f"https://{address}"
    return address if is_https(address) else ""


def with_alternative(text: str, line: int, address: str, answer: str) -> Change | None:
    """The picture without words in that line, with `answer` where its words belong."""
    before = text.split("\n")
    pattern = re.compile(rf"!\[[ \t]*\](?=\(<?{re.escape(address)}>?[)\s])")
    if not pattern.search(before[line - 1]):
        return None
    return Change(line, line, pattern.sub(f"![{answer}]", before[line - 1], count=1))


def alternative(words: str) -> str:
    """Words as they can stand between the brackets of a picture."""
    return re.sub(r"[\\\[\]]", " ", one_line(words)).strip()


def free_key(wanted: str, taken: Collection[str]) -> str:
    return unique_key(suggested_key(wanted), "", set(taken))


def with_field(text: str, name: str, value: str) -> Change | None:
    """Front matter of an item, or course.yml, with this value; other lines stay as they are."""
    is_item = split_item(text)[2] > 1
    if not is_item and text.startswith(("---", "—")):
        return None
    changed = with_front_values(text, {name: value}) if is_item else with_values(text, {name: value})
    before, after = text.split("\n"), changed.split("\n")
    same = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    behind = 0
    while behind < min(len(before), len(after)) - same and before[-1 - behind] == after[-1 - behind]:
        behind += 1
    last = len(after) - behind
    return Change(same + 1, len(before) - behind, "\n".join(after[same:last]))


def with_question_key(text: str, line: int, taken: Collection[str]) -> Change | None:
    """A key for the question whose heading stands in that line: in its comment, or in a new one below the heading."""
    before = text.split("\n")
    heading = _SECOND_HEADING.fullmatch(before[line - 1].rstrip())
    if heading is None:
        return None
    used = set(taken) | set(re.findall(r"\bkey\s*:\s*([a-z0-9-]+)", text))
    key = unique_key("", heading[1], used)
    below = next((n for n in range(line, len(before)) if before[n].strip()), None)
    comment = COMMENT.match(before[below]) if below is not None else None
    if comment is None or below is None or ":" not in comment[1]:
        return Change(line, line, f"{before[line - 1]}\n<!-- key: {key} -->")
    if _KEY_PAIR.search(before[below]):
        words = _KEY_PAIR.sub(f"key: {key}", before[below], count=1)
    else:
        words = f"<!-- key: {key}; {comment[1].strip()} -->"
    return Change(below + 1, below + 1, words)


def with_closed_fence(text: str, line: int) -> Change | None:
    mark = re.search(r"`{3,}|~{3,}", text.split("\n")[line - 1])
    if mark is None:
        return None
    count = len(text.rstrip("\n").split("\n"))
    return Change(count + 1, count, mark[0])


def without_tags(text: str, _line: int) -> Change | None:
    """The words of the body without tags and comments. A line that would now begin something else is escaped."""
    changed = text.split("\n")
    for each in body_lines(text):
        if each.is_code or COMMENT.match(each.text):
            continue
        kept = _outside_code(each.text)
        if kept != each.text:
            begins = each.text.lstrip().startswith("<")
            changed[each.number - 1] = escaped_line(kept.strip()) if begins else kept
    return spanned(text, changed)


def _outside_code(words: str) -> str:
    parts, position = [], 0
    for code in NO_HTML.finditer(words):
        parts += [_untagged(words[position : code.start()]), code.group()]
        position = code.end()
    return "".join([*parts, _untagged(words[position:])])


def _untagged(words: str) -> str:
    return HTML.sub("", words).replace("-->", "") if HTML.search(words) else words
