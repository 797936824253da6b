"""Pairs: "- Công an -> 113". Right sides without a left one fit nothing."""

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.questions.answers import Answers, option_key
from app.content.compile.render import Renderer


def compile_matching(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Answers | None:
    """`details`: lefts and rights [{key, html, text}] as written, matches {left key: right key}."""
    before = faults.serious
    pairs, lines = placed.source.pairs, placed.places.answers
    seen: dict[str, int] = {}
    for line, (left, right) in zip(lines, pairs, strict=True):
        if left and left in seen:
            faults.add(line, f"Bên trái giống dòng {seen[left]}. Mỗi bên trái chỉ viết một lần.")
        if not left and right in [other for one, other in pairs if one]:
            faults.add(line, "Vế thừa này lại hợp với một dòng khác. Bỏ dòng này.")
        seen.setdefault(left, line)
    if sum(bool(left) for left, _ in pairs) < 2:
        faults.add(lines[0], "Câu ghép cần ít nhất hai cặp. Viết mỗi dòng một cặp: - Công an -> 113")
    elif len({right for _, right in pairs}) < 2:
        faults.add(
            lines[0], "Bên phải chỉ có một vế nên ai cũng ghép đúng. Thêm một cặp khác hoặc một vế thừa: - -> 116"
        )
    rights = {right: line for line, (_, right) in reversed(list(zip(lines, pairs, strict=True)))}
    details = {
        "lefts": [_side(left, line, renderer, faults) for line, (left, _) in zip(lines, pairs, strict=True) if left],
        "rights": [_side(right, line, renderer, faults) for right, line in sorted(rights.items(), key=lambda r: r[1])],
        "matches": {option_key(left): option_key(right) for left, right in pairs if left},
    }
    return Answers(details=details) if faults.serious == before else None


def _side(words: str, line: int, renderer: Renderer, faults: FileFaults) -> dict[str, str]:
    html, text = renderer.phrase(words, line, faults)
    return {"key": option_key(words), "html": html, "text": text or words}
