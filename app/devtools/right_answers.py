"""What somebody answers who knows, and what somebody answers who does not: for demonstration data and for tests."""

from app.content.compile.quiz import Question

WRONG_TEXT = "không biết"
WRONG_NUMBER = "987654"


def right_values(question: Question) -> list[str]:
    """Values that `read_answer` takes and that earn all points (a free text waits for its trainer)."""
    details = question.details
    if question.type == "matching":
        return [f"{left}={right}" for left, right in details["matches"].items()]
    if question.type == "ordering":
        return [f"{option.key}={place}" for place, option in enumerate(question.options, start=1)]
    if question.type == "gaps":
        return [f"{gap['number']}={_right_in_gap(gap)}" for gap in details["gaps"]]
    if question.type == "number":
        best = next(answer for answer in details["answers"] if answer["weight"] == 1)
        return [f"{(best['low'] + best['high']) / 2:g}".replace(".", ",")]
    if question.type == "free":
        return ["Có người gọi bảo trúng thưởng. Tôi tắt máy."]
    if question.type == "text":
        return [question.accepted[0]]
    if question.type == "multiple":
        return [option.key for option in question.options if option.is_right]
    return [max(question.options, key=lambda option: option.weight).key]


def wrong_values(question: Question) -> list[str]:
    """Values that `read_answer` takes and that do not earn all points."""
    details = question.details
    if question.type == "matching":
        left, right = next(iter(details["matches"].items()))
        return [f"{left}={next(side['key'] for side in details['rights'] if side['key'] != right)}"]
    if question.type == "ordering":
        turned = list(reversed(question.options))
        return [f"{option.key}={place}" for place, option in enumerate(turned, start=1)]
    if question.type == "gaps":
        return [f"{gap['number']}={_wrong_in_gap(gap)}" for gap in details["gaps"]]
    if question.type == "number":
        return [WRONG_NUMBER]
    if question.type in {"text", "free"}:
        return [WRONG_TEXT]
    return [min(question.options, key=lambda option: option.weight).key]


def _right_in_gap(gap: dict[str, list[dict[str, str]]]) -> str:
    entries = gap["choices"] or gap["answers"]
    best = max(entries, key=lambda entry: float(entry["weight"]))
    return best["key"] if gap["choices"] else best["text"]


def _wrong_in_gap(gap: dict[str, list[dict[str, str]]]) -> str:
    if not gap["choices"]:
        return WRONG_TEXT
    return min(gap["choices"], key=lambda entry: float(entry["weight"]))["key"]
