"""Lines of one question → SourceQuestion, with the lines where its parts stand. What the words mean comes later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.content.compile.faults import FileFaults
from app.content.compile.question_lines import (
    EXPLANATION,
    HINT,
    Entry,
    SortedLines,
    is_bare_box,
    sort_lines,
)
from app.content.compile.question_meta import Meta, read_meta
from app.content.compile.scan import Line, joined, trimmed
from app.content.quiz_source.model import Region, SourceOption, SourceQuestion

TICKS = frozenset("xXхХ×✓✔☑☒vV√")
"""Cyrillic х and × among them, as keyboards and Word give them."""
TRUE_FALSE = {"đúng", "sai"}
REGION = re.compile(
    r"^(?:(.*\S)\s+)?@\s*(\d{1,3}(?:[.,]\d+)?)\s*[,;]\s*(\d{1,3}(?:[.,]\d+)?)\s+"
    r"(\d{1,3}(?:[.,]\d+)?)\s*[x×хX*]\s*(\d{1,3}(?:[.,]\d+)?)\s*$"
)
_AT = re.compile(r"\s@\s*\d")
_NUMBER = r"[-+−]?\d[\d.,]*"
RANGE = re.compile(rf"({_NUMBER})\s*(?:±|\+/-|\+-)\s*({_NUMBER})|({_NUMBER})\s*(?:\.\.|…)\s*({_NUMBER})")
_WEIGHT = re.compile(r"^\[([-+–]?\d{1,3}(?:[.,]\d{1,7})?) ?%\]\s*(.*)$", re.DOTALL)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Places:
    """Line numbers for what is said about a question."""

    heading: int
    stem: int
    answers: tuple[int, ...]
    """Of each option, pair or step, in their order."""
    feedback: tuple[int, ...]
    """Where the feedback of each begins, or its own line."""
    hints: tuple[int, ...] = ()
    explanation: int = 0


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    source: SourceQuestion
    places: Places
    meta: Meta
    stem_lines: tuple[Line, ...] = field(default=())


def read_question(
    heading: Line,
    title: str,
    pool: str,
    lines: Sequence[Line],
    faults: FileFaults,
    *,
    needs_key: bool = True,
    missing: FileFaults | None = None,
) -> PlacedQuestion | None:
    """Read the question below `heading`; None after a fault in its shape.

    `missing` takes what is not there yet (title, key, right side of a pair, wrong choice of a gap). Where it is apart
    from `faults`, a question that lacks only such things is read all the same.
    """
    before, missing = faults.serious, missing or faults
    meta, rest = read_meta(title, heading.number, list(lines), faults, missing, needs_key=needs_key)
    found = sort_lines(rest, faults)
    if not title:
        missing.add(heading.number, "Sau ## chưa có câu hỏi. Viết: ## Câu hỏi?")
    if not found.entries:
        _say_no_answers(found, heading, faults)
        return None
    answers = _read_entries(found, faults, missing)
    if faults.serious > before:
        return None
    kind = _type_of(found.shape, answers, meta, heading.number, faults)
    placed = _placed(heading.number, title, pool, kind, meta, found, answers)
    return placed if faults.serious == before else None


def _placed(
    heading: int, title: str, pool: str, kind: str, meta: Meta, found: SortedLines, answers: "_Answers"
) -> PlacedQuestion:
    """The question and the lines of its parts, from what was read of it."""
    stem = trimmed(found.stem)
    hints = [note for note in found.notes if note.name == HINT]
    explanation = next((note for note in found.notes if note.name == EXPLANATION), None)
    source = SourceQuestion(
        type=kind,
        title=title,
        key=meta.key,
        stem=joined(stem),
        options=answers.options,
        pairs=answers.pairs,
        steps=answers.steps,
        points=meta.points,
        skills=meta.skills,
        name=meta.name,
        is_exact=meta.is_exact,
        shuffles=meta.shuffles,
        hints=tuple(_unquoted(note.lines) for note in hints),
        hint_cost=meta.hint_cost,
        explanation=_unquoted(explanation.lines) if explanation else "",
        pool=pool,
        line=heading,
    )
    places = Places(
        heading,
        stem[0].number if stem else heading,
        tuple(entry.line.number for entry in found.entries),
        tuple(entry.feedback[0].number if entry.feedback else entry.line.number for entry in found.entries),
        tuple(note.lines[0].number for note in hints),
        explanation.lines[0].number if explanation else 0,
    )
    return PlacedQuestion(source, places, meta, tuple(stem))


@dataclass(frozen=True, slots=True)
class _Answers:
    options: tuple[SourceOption, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()


def _say_no_answers(found: SortedLines, heading: Line, faults: FileFaults) -> None:
    listed = next((line for line in found.stem if line.is_list_item or is_bare_box(line)), None)
    reason = "Câu hỏi này chưa có phương án. Thêm các dòng `- [ ] sai`, `- [x] đúng`, hoặc câu gõ vào `- = 113`."
    faults.add(listed.number if listed else heading.number, reason)


def _read_entries(found: SortedLines, faults: FileFaults, missing: FileFaults) -> _Answers:
    if found.shape == "pair":
        return _Answers(pairs=tuple(_read_pair(entry, faults, missing) for entry in found.entries))
    if found.shape == "step":
        for entry in found.entries:
            _refuse_feedback(entry, "Các việc cần xếp thứ tự", faults)
        return _Answers(steps=tuple(_words(entry.line.step() or "", entry) for entry in found.entries))
    if found.shape == "free":
        if len(found.entries) > 1:
            faults.add(found.entries[1].line.number, "Câu tự viết chỉ có một dòng `- ____`.")
        _refuse_feedback(found.entries[0], "Câu tự viết", faults)
        return _Answers()
    if found.shape == "gap":
        _check_gaps(found.entries, faults, missing)
    read = {"gap": _read_gap, "box": _read_box, "accepted": _read_accepted}[found.shape]
    return _Answers(options=tuple(read(entry, faults) for entry in found.entries))


def _check_gaps(entries: Sequence[Entry], faults: FileFaults, missing: FileFaults) -> None:
    """A gap is typed or chosen, not both, and a choice has something wrong to choose."""
    kinds: dict[int, set[bool]] = {}
    empty: set[int] = set()
    for entry in entries:
        number, inside, _ = entry.line.gap() or (0, None, "")
        known = kinds.setdefault(number, set())
        known.add(inside is None)
        if len(known) > 1:
            faults.add(entry.line.number, f"Chỗ trống ({number}) hoặc gõ vào `=`, hoặc chọn ô `[x]`, không cả hai.")
        empty |= {number} if inside == "" else set()
    for entry in entries:
        number, inside, _ = entry.line.gap() or (0, None, "")
        if inside is not None and number not in empty:
            empty.add(number)
            missing.add(entry.line.number, f"Chỗ trống ({number}) chưa có phương án sai. Thêm dòng: - ({number}) [ ] …")


def _refuse_feedback(entry: Entry, what: str, faults: FileFaults) -> None:
    if entry.feedback:
        reason = f"{what} không có lời riêng cho từng dòng. Viết ở cuối câu hỏi: > Giải thích: …"
        faults.add(entry.feedback[0].number, reason)


def _read_pair(entry: Entry, faults: FileFaults, missing: FileFaults) -> tuple[str, str]:
    left, right = entry.line.pair() or ("", "")
    _refuse_feedback(entry, "Các cặp", faults)
    if not right:
        missing.add(entry.line.number, "Bên phải mũi tên chưa có chữ. Viết: - Công an -> 113")
    return ("" if left in ("-", "–") else left), _words(right, entry)


def _read_box(entry: Entry, faults: FileFaults) -> SourceOption:
    inside, words = entry.line.box() or ("", "")
    is_ticked, weight = _read_inside(inside, entry.line.number, faults)
    region, words = _take_region(_words(words, entry), entry.line.number, faults)
    return SourceOption(words, is_ticked, weight, _unquoted(entry.feedback), region=region)


def _read_gap(entry: Entry, faults: FileFaults) -> SourceOption:
    number, inside, words = entry.line.gap() or (0, None, "")
    if inside is None:
        weight, words = _take_weight(_words(words, entry), entry.line.number, faults)
        return SourceOption(words, weight is None or weight > 0, weight, _unquoted(entry.feedback), gap=number)
    is_ticked, weight = _read_inside(inside, entry.line.number, faults)
    return SourceOption(_words(words, entry), is_ticked, weight, _unquoted(entry.feedback), gap=number)


def _read_accepted(entry: Entry, faults: FileFaults) -> SourceOption:
    weight, words = _take_weight(_words(entry.line.accepted() or "", entry), entry.line.number, faults)
    return SourceOption(words, weight is None or weight > 0, weight, _unquoted(entry.feedback))


def _read_inside(inside: str, number: int, faults: FileFaults) -> tuple[bool, float | None]:
    if inside.endswith("%"):
        weight = _share(inside.removesuffix("%"), number, faults)
        return weight > 0, weight
    if inside and not (len(inside) == 1 and inside in TICKS):
        faults.add(number, f"Trong ô chỉ để trống (sai), x (đúng) hoặc số phần trăm, không để `{inside}`.")
    return inside != "", None


def _take_weight(words: str, number: int, faults: FileFaults) -> tuple[float | None, str]:
    match = _WEIGHT.match(words)
    rest = match[2].strip() if match else words
    plain = rest.removeprefix("\\") if rest.startswith("\\[") else rest
    return (_share(match[1], number, faults) if match else None), plain


def _share(words: str, number: int, faults: FileFaults) -> float:
    share = round(float(words.strip().replace(",", ".").replace("–", "-")) / 100, 9)
    if not -1 <= share <= 1:
        faults.add(number, "Phần trăm của một phương án từ -100% đến 100%.")
    return share


def _take_region(words: str, number: int, faults: FileFaults) -> tuple[Region | None, str]:
    match = REGION.match(words)
    if match is None:
        if _AT.search(words):
            faults.warn(number, "Nếu đây là vùng trên hình, viết: - [x] Tên vùng @ 10,40 80x20 (phần trăm của hình).")
        return None, words
    left, top, width, height = (float(part.replace(",", ".")) for part in match.groups()[1:])
    return Region(left, top, width, height), match[1] or ""


def _words(first: str, entry: Entry) -> str:
    """The words of an answer on one line; a fenced block becomes code, line by line."""
    parts, is_fenced = [first.strip()] if first.strip() else [], False
    for line in entry.more:
        if line.is_code and _FENCE.match(line.text):
            is_fenced = not is_fenced
        elif line.is_code:
            parts.append(_code_phrase(line.text.strip()))
        else:
            parts.append(line.text.strip())
    return " ".join(" ".join(parts).split())


def _code_phrase(code: str) -> str:
    if not code:
        return ""
    return f"`` {code} ``" if "`" in code else f"`{code}`"


def _unquoted(lines: Sequence[Line]) -> str:
    return "\n".join((line.quote() or (0, line.text.strip()))[1] for line in lines).strip()


def _type_of(shape: str, answers: _Answers, meta: Meta, line: int, faults: FileFaults) -> str:
    if shape in ("pair", "step", "free", "gap"):
        found = {"pair": "matching", "step": "ordering", "free": "free", "gap": "gaps"}[shape]
        return _with_wish(found, (), meta, line, faults)
    if shape == "accepted":
        is_number = all(RANGE.fullmatch(option.words) or option.words == "*" for option in answers.options)
        is_number &= any(option.words != "*" for option in answers.options)
        return _with_wish("number" if is_number else "text", ("text", "number"), meta, line, faults)
    if any(option.region for option in answers.options):
        return _with_wish("hotspot", (), meta, line, faults)
    return _with_wish(_choice_type(answers.options), ("single", "multiple"), meta, line, faults)


def _choice_type(options: Sequence[SourceOption]) -> str:
    ticked = [option for option in options if option.is_ticked]
    words = {option.words.casefold().strip(" .!*") for option in options}
    if any(option.weight is not None for option in options):
        return "single" if sum(_full(option) for option in options) == 1 else "multiple"
    if len(options) == 2 and len(ticked) == 1 and words == TRUE_FALSE:
        return "true_false"
    return "single" if len(ticked) == 1 else "multiple"


def _full(option: SourceOption) -> bool:
    return option.is_ticked and option.weight in (None, 1.0)


def _with_wish(found: str, possible: tuple[str, ...], meta: Meta, line: int, faults: FileFaults) -> str:
    if not meta.type or meta.type == found:
        return found
    if meta.type not in possible:
        reason = f"`type: {meta.type}` không hợp với các phương án của câu này. Bỏ `type`, hoặc sửa phương án."
        faults.add(line, reason)
        return found
    return meta.type
