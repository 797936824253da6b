"""One `<question>` of Moodle → a question of ours, with what was changed."""

import re
from dataclasses import replace

from app.content.interchange import moodle_answers, moodle_gaps
from app.content.interchange.embedded_pictures import PictureShelf
from app.content.interchange.markdown_words import plain_words
from app.content.interchange.moodle_answers import Refused, is_yes
from app.content.interchange.moodle_numbers import points_of
from app.content.interchange.moodle_text import PICTURE, Texts, format_of
from app.content.interchange.xml_tree import Element
from app.content.quiz_source.model import GAP, SourceQuestion

SKILL = re.compile(r"(?:tt02|dc2|dc3|kns):[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)*")
GAPS_TITLE = "Điền vào chỗ trống"
_LONGEST_TITLE = 250
_BOLD = re.compile(r"\*\*([^*\\]+)\*\*")
_NO_TITLE = re.compile(r"(?:[-*+>|] |>|\||\d{1,9}[.)] |```|~~~|#{1,6} )")
_GAP = re.compile(rf"\((\d+)\) {GAP}")
_READERS: dict[str, tuple[str, moodle_answers.Reader]] = {
    "multichoice": ("chọn", moodle_answers.multichoice),
    "truefalse": ("đúng/sai", moodle_answers.truefalse),
    "shortanswer": ("trả lời ngắn", moodle_answers.shortanswer),
    "numerical": ("số", moodle_answers.numerical),
    "matching": ("ghép cặp", moodle_answers.matching),
    "match": ("ghép cặp", moodle_answers.matching),
    "ordering": ("xếp thứ tự", moodle_answers.ordering),
    "gapselect": ("chọn từ còn thiếu", moodle_gaps.missing_words),
    "ddwtos": ("kéo từ vào chỗ trống", moodle_gaps.missing_words),
    "cloze": ("điền chỗ trống", moodle_gaps.cloze),
    "multianswer": ("điền chỗ trống", moodle_gaps.cloze),
    "essay": ("tự luận", moodle_answers.essay),
}
_REFUSED = {
    "description": "Đây là đoạn mô tả, không phải câu hỏi. Chép chữ vào một bài học, hoặc vào câu hỏi đứng sau.",
    "random": "Đây là câu lấy ngẫu nhiên. Xuất cả nhóm câu hỏi từ Moodle, rồi đặt (lấy N) sau tên nhóm.",
    "randomsamatch": "Đây là câu ghép lấy ngẫu nhiên. Viết lại thành câu ghép cặp thường.",
    "ddimageortext": "Câu kéo thả lên hình chưa đọc được. Viết lại thành câu chạm vào hình.",
    "ddmarker": "Câu kéo dấu lên hình chưa đọc được. Viết lại thành câu chạm vào hình.",
}
_DEFAULT_FEEDBACK = {
    "your answer is correct", "your answer is partially correct", "your answer is incorrect",
    "câu trả lời của bạn đúng", "câu trả lời của bạn là đúng", "câu trả lời của bạn đúng một phần",
    "câu trả lời của bạn không đúng", "câu trả lời của bạn sai", "câu trả lời của bạn chưa chính xác",
    "câu trả lời của bạn là chính xác", "câu trả lời của bạn chính xác một phần",
    "votre réponse est correcte", "votre réponse est partiellement correcte", "votre réponse est incorrecte",
    "die antwort ist richtig", "die antwort ist teilweise richtig", "die antwort ist falsch",
    "respuesta correcta", "respuesta parcialmente correcta", "respuesta incorrecta",
}  # fmt: skip
_COMBINED = (
    ("correctfeedback", "Khi đúng"),
    ("partiallycorrectfeedback", "Khi đúng một phần"),
    ("incorrectfeedback", "Khi chưa đúng"),
)


def label_of(question: Element) -> str:
    """The first words of a question, to find it by."""
    name = " ".join(question.value("name").split())
    return (name or " ".join(re.sub(r"<[^<>]{0,2000}>", " ", question.value("questiontext")).split()))[:80]


def read_question(question: Element, texts: Texts, pool: str) -> SourceQuestion:
    """The question without its key.

    Raises:
        Refused: it cannot be said here.
    """
    kind = question.attributes.get("type", "")
    if kind not in _READERS:
        raise Refused(_refusal(kind))
    name = " ".join(texts.plain(question.first("name")).split())
    texts.title = name or _picture_free_title(question)
    answers = _READERS[kind][1](question, texts)
    markdown = texts.blocks(question.first("questiontext")) if answers.stem is None else answers.stem
    markdown = _with_old_picture(markdown, question, texts)
    if answers.type == "gaps":
        numbers = [int(number) for number in _GAP.findall(markdown)]
        if sorted(numbers) != sorted({option.gap for option in answers.options}):
            raise Refused("Số thứ tự các chỗ trống trong câu bị lẫn với chữ. Bỏ các số (1), (2) viết tay trong Moodle.")
    is_markdown = _is_markdown(question)
    title, stem = split_title(markdown, name, keeps_long=is_markdown, has_gaps=answers.stem is not None)
    if not is_markdown and (wholly_bold := _BOLD.fullmatch(title)):
        title = wholly_bold.group(1)
    if not title:
        raise Refused("Câu này không có chữ. Mở câu trong Moodle, viết câu hỏi, rồi xuất lại.")
    points, change = points_of(question.value("defaultgrade") or (str(answers.weight) if answers.weight else ""))
    if change:
        texts.say(change)
    taken = SourceQuestion(
        answers.type,
        title,
        key=question.value("idnumber"),
        stem=stem,
        options=answers.options,
        pairs=answers.pairs,
        steps=answers.steps,
        points=points,
        skills=_skills(question, texts),
        name="" if name in (title, " ".join(plain_words(title).split())) else name,
        is_exact=answers.is_exact,
        hints=_hints(question, texts),
        explanation=_explanation(question, texts),
        pool=pool,
        line=question.line,
    )
    shuffles = question.value("shuffleanswers")
    if answers.type in ("single", "multiple", "matching"):
        return replace(taken, shuffles=is_yes(shuffles, otherwise=True))
    return replace(taken, shuffles=is_yes(shuffles, otherwise=answers.shuffles)) if answers.type == "gaps" else taken


def _refusal(kind: str) -> str:
    if kind.startswith("calculated"):
        return "Câu tính toán có số thay đổi mỗi lần; ở đây chưa có. Viết lại với một bộ số cố định."
    other = f"Loại câu “{kind[:40]}” chưa đọc được. Viết lại thành câu chọn, câu gõ chữ hoặc câu ghép."
    return _REFUSED.get(kind, other)


def _is_markdown(question: Element) -> bool:
    text = question.first("questiontext")
    return text is not None and format_of(text) == "markdown"


def _picture_free_title(question: Element) -> str:
    return PICTURE.sub("", Texts(PictureShelf()).phrase(question.first("questiontext")))[:100].strip() or "Hình"


def split_title(markdown: str, name: str, *, keeps_long: bool, has_gaps: bool) -> tuple[str, str]:
    """The heading and what stands below it. The name is the heading where the text begins with no line of words."""
    if "\n" not in markdown and not has_gaps and (keeps_long or len(markdown) <= _LONGEST_TITLE):
        if markdown and (keeps_long or PICTURE.sub("", markdown).strip()):
            return markdown, ""
        return name or markdown, markdown if name else ""
    first, _, rest = markdown.partition("\n")
    bare = first.strip()
    is_title = (
        bare
        and not _NO_TITLE.match(bare)
        and not first.startswith("    ")
        and PICTURE.sub("", bare).strip()
        and not (has_gaps and GAP in bare)
        and (keeps_long or len(bare) <= _LONGEST_TITLE)
    )
    if is_title and rest.strip():
        return bare, rest.strip("\n")
    return name or (GAPS_TITLE if has_gaps else bare[:_LONGEST_TITLE] or "Câu hỏi"), markdown


def _with_old_picture(markdown: str, question: Element, texts: Texts) -> str:
    """Moodle 1.9 kept one picture beside the text."""
    content = question.value("image_base64")
    if not content:
        return markdown
    name = question.value("image").rsplit("/", 1)[-1] or "hinh"
    file = Element("file", {"name": name}, question.line, parts=[content])
    place = Element("text", {}, question.line, parts=[f"![](@@PLUGINFILE@@/{name.replace(' ', '%20')})"])
    holder = Element("questiontext", {"format": "markdown"}, question.line, children=[place, file])
    return "\n\n".join(part for part in (markdown, texts.blocks(holder)) if part)


def _skills(question: Element, texts: Texts) -> tuple[str, ...]:
    tags = question.first("tags")
    found = [" ".join(tag.own_text.split()) for tag in tags.all("tag")] if tags else []
    others = [tag for tag in found if tag and not SKILL.fullmatch(tag)]
    if others:
        texts.say(f"Bỏ các nhãn: {', '.join(others)[:200]}. Nhãn chỉ giữ khi là mã kỹ năng, ví dụ tt02:4.2.")
    return tuple(dict.fromkeys(tag for tag in found if SKILL.fullmatch(tag)))


def _hints(question: Element, texts: Texts) -> tuple[str, ...]:
    hints = tuple(hint for hint in (texts.blocks(element) for element in question.all("hint")) if hint)
    _, change = points_of(question.value("penalty"))
    if hints and change and question.value("penalty").strip("0.,"):
        texts.say("Bỏ phần điểm trừ mỗi lần thử lại. Muốn mở gợi ý tốn điểm, ghi hint-cost.")
    return hints


def _explanation(question: Element, texts: Texts) -> str:
    parts = [texts.blocks(question.first("generalfeedback"))]
    for name, words in _COMBINED:
        feedback = texts.blocks(question.first(name))
        if feedback.rstrip(" .!").casefold() in _DEFAULT_FEEDBACK:
            texts.say("Bỏ lời chung có sẵn của Moodle (“Your answer is correct.” và tương tự).")
        elif feedback:
            parts.append(f"{words}: {feedback}")
            texts.say("Lời chung khi đúng, khi sai được đưa vào phần giải thích.")
    return "\n\n".join(part for part in parts if part)
