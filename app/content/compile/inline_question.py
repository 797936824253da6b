"""A question inside a lesson ("## ? …"): each answer tells at once what it is worth, without a server or a score."""

from html import escape

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import read_question
from app.content.compile.questions.choice import compile_choice
from app.content.compile.quiz import Option
from app.content.compile.render import Renderer
from app.content.compile.scan import Line

CHOICES = ("single", "multiple", "true_false")


def inline_question(part: list[Line], number: int, renderer: Renderer, faults: FileFaults) -> tuple[str, str]:
    """HTML and plain text. `number` tells the questions of one lesson apart."""
    heading = part[0]
    title = (heading.heading() or (2, ""))[1].removeprefix("?").strip()
    placed = read_question(heading, title, "", part[1:], faults, needs_key=False)
    if placed is None:
        return "", ""
    source, places = placed.source, placed.places
    if source.type not in CHOICES:
        faults.add(heading.number, "Câu hỏi trong bài học chỉ dùng ô chọn: - [ ] sai, - [x] đúng.")
        return "", ""
    answers = compile_choice(placed, renderer, faults)
    if answers is None:
        return "", ""
    for line in places.hints:
        faults.add(line, "Câu hỏi trong bài học không có Gợi ý. Chuyển lời này vào lời của từng phương án.")
    title_html, title_text = renderer.phrase(title, heading.number, faults)
    stem_html, stem_text = renderer.blocks(source.stem, places.stem, faults)
    explanation = renderer.blocks(source.explanation, places.explanation, faults)[0]
    kind = "checkbox" if source.type == "multiple" else "radio"
    options = "".join(
        _option_html(option, kind, f"thu-{number}", f"thu-{number}-{index}", explanation)
        for index, option in enumerate(answers.options)
    )
    html = (
        f'<section class="try"><h2>{title_html}</h2>{stem_html}'
        f'<fieldset><legend class="hidden-visually">{escape(title_text)}</legend>{options}</fieldset></section>'
    )
    return html, " ".join([title_text, stem_text, *(option.text for option in answers.options)])


def _option_html(option: Option, kind: str, group: str, name: str, explanation: str) -> str:
    """What is said about an option stands behind its box and shows when that is ticked (component `question.css`)."""
    verdict, sentence = ("right", "Đúng rồi.") if option.is_right else ("wrong", "Chưa đúng.")
    said = f'<div class="feedback {verdict}"><strong>{sentence}</strong>{option.feedback_html}{explanation}</div>'
    box = f'<input type="{kind}" name="{group}" id="{name}" autocomplete="off">'
    return f'<div class="option">{box}<label for="{name}"><span>{option.html}</span></label>{said}</div>'
