"""A quiz file: settings in front, then questions ("## …"), in pools ("# Nhóm: …") where the author wants them."""

from dataclasses import replace

from app.content.compile.faults import FileFaults
from app.content.compile.fields import Fields
from app.content.compile.question_block import Block, read_question
from app.content.compile.questions import KINDS
from app.content.compile.quiz import Question, Quiz
from app.content.compile.render import Renderer
from app.content.compile.scan import Line, scan_lines

KNOWN = ("pass", "draw", "attempts", "feedback", "shuffle")
FEEDBACK = ("each", "end", "none")
DEFAULT_PASS = 70
MAXIMUM_QUESTIONS = 200


def read_quiz(fields: Fields, body: str, first_line: int, renderer: Renderer, faults: FileFaults) -> Quiz:
    """Compile a quiz; after faults the result is incomplete and must not be used."""
    settings = Quiz(
        pass_mark=fields.whole("pass", least=1, most=100, default=DEFAULT_PASS, is_needed=True),
        draw=fields.whole("draw", least=0, most=MAXIMUM_QUESTIONS, default=0),
        feedback=fields.choice("feedback", FEEDBACK, default="each"),
        shuffle=fields.yes_no("shuffle", default=True),
        attempts=fields.whole("attempts", least=0, most=100, default=0),
        questions=(),
    )
    blocks = _split(scan_lines(body, first_line, faults), faults)
    if not blocks:
        faults.add(first_line, "Bài kiểm tra chưa có câu hỏi nào. Mỗi câu hỏi bắt đầu bằng: ## Câu hỏi?")
    if len(blocks) > MAXIMUM_QUESTIONS:
        faults.add(first_line, f"Bài kiểm tra có {len(blocks)} câu, nhiều nhất {MAXIMUM_QUESTIONS}. Chia bài ra.")
        return settings
    before = faults.serious
    questions: list[Question] = []
    keys: dict[str, int] = {}
    for block, lines in blocks:
        question = read_question(block, lines, renderer, faults)
        if question is None:
            continue
        questions.append(question)
        _refuse_repeated_key(question.key, block.heading.number, keys, faults)
        if settings.feedback != "none" and block.kind and block.kind.wants_feedback:
            _warn_of_silence(block, faults)
    if faults.serious == before:
        _check_draw(settings, questions, fields, faults)
    return replace(settings, questions=tuple(questions))


def _split(lines: list[Line], faults: FileFaults) -> list[tuple[Block, list[Line]]]:
    """Cut the file at its headings; whatever stands outside a question is a fault, said once for each run."""
    blocks: list[tuple[Block, list[Line]]] = []
    pool, is_outside, is_complaining = "", True, False
    for line in lines:
        heading = line.heading()
        if heading and heading[0] == 1:
            pool, is_outside, is_complaining = _pool_name(heading[1]), True, False
        elif heading and heading[0] == 2:
            blocks.append((Block(line, heading[1], pool), []))
            is_outside = False
        elif not is_outside:
            blocks[-1][1].append(line)
        elif not line.is_blank and not is_complaining:
            faults.add(line.number, _outside_reason(line))
            is_complaining = True
    return blocks


def _pool_name(heading: str) -> str:
    name = heading.partition(":")[2] if heading.casefold().startswith("nhóm:") else heading
    return name.strip()[:80]


def _outside_reason(line: Line) -> str:
    if any(kind.recognises(line) is not None for kind in KINDS):
        return "Ô chọn nằm ngoài câu hỏi. Viết câu hỏi ở dòng trên, bắt đầu bằng ## và một dấu cách."
    return "Chữ này không thuộc câu hỏi nào. Mỗi câu hỏi bắt đầu bằng ## và một dấu cách."


def _refuse_repeated_key(key: str, line: int, keys: dict[str, int], faults: FileFaults) -> None:
    if key in keys:
        faults.add(line, f"Khóa `{key}` đã dùng cho câu hỏi ở dòng {keys[key]}. Mỗi câu hỏi một khóa riêng.")
    keys.setdefault(key, line)


def _warn_of_silence(block: Block, faults: FileFaults) -> None:
    for entry in block.entries:
        if not entry.feedback:
            faults.warn(entry.line.number, "Phương án này chưa có lời giải thích. Thêm dòng dưới: `  > Vì sao…`")


def _check_draw(quiz: Quiz, questions: list[Question], fields: Fields, faults: FileFaults) -> None:
    """A quiz that nobody can take as it is meant: more questions drawn than there are."""
    if quiz.draw > len(questions):
        reason = f"`draw: {quiz.draw}` nhiều hơn số câu hỏi ({len(questions)}). Viết draw: 0 để lấy tất cả."
        faults.add(fields.line_of("draw"), reason)
