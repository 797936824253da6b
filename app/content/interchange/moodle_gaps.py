"""Moodle questions with gaps in their text → ours: cloze, missing words (gapselect), words to drag (ddwtos)."""

import re
from dataclasses import replace

from app.content.interchange.moodle_answers import (
    FULL,
    NOBODY_FULL,
    Answers,
    Refused,
    check_choices,
    multiple_weights,
    typed_option,
)  # fmt: skip
from app.content.interchange.moodle_cloze import (
    ClozeGap,
    cloze_gaps,
    gap_mark,
    with_blank,
    with_gaps,
    without_marks,
)  # fmt: skip
from app.content.interchange.moodle_numbers import number_words
from app.content.interchange.moodle_text import Texts, format_of
from app.content.interchange.xml_tree import Element
from app.content.quiz_source.model import SourceOption

_PLACE = re.compile(r"\[\[(\d{1,4})\]\]")


def _converted(question: Element, texts: Texts, text: str) -> str:
    """The Markdown of the question's text, had it been `text`."""
    given = question.first("questiontext")
    if given is None:
        raise Refused("Câu này không có chữ. Mở câu trong Moodle, viết câu hỏi, rồi xuất lại.")
    inner = Element("text", {}, given.line, parts=[text])
    return texts.blocks(Element(given.name, given.attributes, given.line, children=[inner, *given.all("file")]))


def missing_words(question: Element, texts: Texts) -> Answers:
    choices = question.all("selectoption") or question.all("dragbox")
    words = [texts.phrase(choice, inherited="html") for choice in choices]
    groups = [choice.value("group") or "1" for choice in choices]
    given = question.first("questiontext")
    order: list[int] = []

    def placed(found: re.Match[str]) -> str:
        order.append(int(found.group(1)))
        return gap_mark(len(order))

    text = _PLACE.sub(placed, without_marks(given.own_text) if given else "")
    if not order or not all(1 <= number <= len(choices) for number in order):
        raise Refused("Chỗ trống [[…]] trong câu không khớp với danh sách lựa chọn. Sửa trong Moodle rồi xuất lại.")
    options: list[SourceOption] = []
    for gap, number in enumerate(order, 1):
        right = words[number - 1]
        group = dict.fromkeys(w for w, g in zip(words, groups, strict=True) if g == groups[number - 1] and w)
        if len(group) == 1:
            texts.say(f"Chỗ trống ({gap}) chỉ có một lựa chọn; đổi thành ô gõ chữ.")
        options.extend(SourceOption(w, is_ticked=w == right, gap=gap) for w in group)
        if not right:
            raise Refused(f"Lựa chọn đúng của chỗ trống ({gap}) không có chữ. Sửa trong Moodle rồi xuất lại.")
    return Answers("gaps", tuple(options), stem=with_gaps(_converted(question, texts, text)))


def cloze(question: Element, texts: Texts) -> Answers:
    given = question.first("questiontext")
    is_html = given is not None and format_of(given) in ("html", "moodle_auto_format")
    text, gaps = cloze_gaps(given.own_text if given else "", is_html=is_html)
    if not gaps:
        raise Refused("Trong câu không tìm thấy chỗ trống nào kiểu {1:SHORTANSWER:=…}. Sửa trong Moodle rồi xuất lại.")
    markdown = _converted(question, texts, text)
    weight = sum(gap.weight for gap in gaps)
    if len(gaps) == 1 and gaps[0].kind in ("number", "several"):
        return replace(_alone(gaps[0], texts), stem=with_blank(markdown), weight=weight)
    if len({gap.weight for gap in gaps}) > 1:
        texts.say("Các chỗ trống có điểm khác nhau; ở đây mỗi chỗ đúng được một phần bằng nhau.")
    options = tuple(option for number, gap in enumerate(gaps, 1) for option in _gap(number, gap, texts))
    kinds = {gap.kind for gap in gaps if gap.kind != "choice"}
    if "exact" in kinds and len(kinds) > 1:
        texts.say("Có chỗ phân biệt chữ hoa chữ thường, có chỗ không; ở đây tất cả đều không phân biệt.")
    shuffles = all(gap.shuffles for gap in gaps if gap.kind == "choice")
    stem = with_gaps(markdown)
    return Answers("gaps", options, is_exact=kinds == {"exact"}, stem=stem, shuffles=shuffles, weight=weight)


def _alone(gap: ClozeGap, texts: Texts) -> Answers:
    """The only gap of a text, as a question of its own type."""
    if gap.kind == "several":
        weights = multiple_weights([answer.fraction for answer in gap.answers], texts)
        options = tuple(
            SourceOption(a.words, is_ticked=a.fraction > 0, weight=weight, feedback=a.feedback)
            for a, weight in zip(gap.answers, weights, strict=True)
        )
        check_choices(options)
        return Answers("multiple", options)
    found: list[SourceOption] = []
    for answer in gap.answers:
        words = _number(answer.words)
        if words is None:
            raise Refused(f"Đáp án “{answer.words[:60]}” không phải là số. Sửa đáp án trong Moodle rồi xuất lại.")
        found.append(typed_option(words, answer.fraction, answer.feedback))
    if not any(option.is_ticked and (option.weight or 1) >= FULL for option in found):
        raise Refused(NOBODY_FULL)
    return Answers("number", tuple(found))


def _number(words: str) -> str | None:
    if words == "*":
        return words
    value, _, tolerance = words.partition(":")
    return number_words(value, tolerance)


def _gap(number: int, gap: ClozeGap, texts: Texts) -> list[SourceOption]:
    if gap.kind == "several":
        raise Refused(
            f"Chỗ trống ({number}) cho chọn nhiều phương án; ở đây một chỗ chỉ một lựa chọn. Tách thành câu riêng."
        )
    if gap.kind == "choice":
        options = [SourceOption(a.words, a.fraction >= FULL, feedback=a.feedback, gap=number) for a in gap.answers]
        if any(0 < a.fraction < FULL for a in gap.answers):
            texts.say(f"Chỗ trống ({number}): lựa chọn được một phần điểm nay tính là sai.")
        check_choices(tuple(options))
        if not any(option.is_ticked for option in options):
            raise Refused(NOBODY_FULL)
        return options
    return _typed_gap(number, gap, texts)


def _typed_gap(number: int, gap: ClozeGap, texts: Texts) -> list[SourceOption]:
    accepted = [answer for answer in gap.answers if answer.fraction >= FULL and answer.words != "*"]
    if not accepted:
        raise Refused(NOBODY_FULL)
    for answer in gap.answers:
        if answer not in accepted:
            texts.say(f"Chỗ trống ({number}): bỏ “{answer.words[:60]}”, vì ở đây chỉ ghi câu trả lời được đủ điểm.")
    options: list[SourceOption] = []
    for answer in accepted:
        words = answer.words
        if gap.kind == "number":
            value, _, tolerance = words.partition(":")
            words = number_words(value, "0") or ""
            if not words or number_words(tolerance or "0", "0") != "0":
                raise Refused(
                    f"Chỗ trống ({number}) nhận một khoảng số; ở đây chỉ làm được ở câu một số. Tách thành câu riêng."
                )
        options.append(SourceOption(words, is_ticked=True, feedback=answer.feedback, gap=number))
    return options
