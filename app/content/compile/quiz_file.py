"""A quiz file: settings in front, then questions ("## …"), in pools ("# Nhóm: … (lấy 3)") where wanted."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from app.content.compile.faults import FileFaults
from app.content.compile.fields import Fields
from app.content.compile.question import compile_question
from app.content.compile.question_lines import shape_of
from app.content.compile.question_read import PlacedQuestion, read_question
from app.content.compile.quiz import Question, Quiz
from app.content.compile.render import Renderer
from app.content.compile.scan import Line, scan_lines
from app.content.compile.text import is_key
from app.content.quiz_source.model import SourcePool

KNOWN = ("pass", "draw", "attempts", "wait", "feedback", "shuffle", "offline", "pretest")
FEEDBACK = ("each", "end", "none")
DEFAULT_PASS = 70
MAXIMUM_QUESTIONS = 200
MAXIMUM_WAIT = 30 * 24 * 60
LONGEST_POOL = 80
WANTS_FEEDBACK = frozenset({"single", "multiple", "true_false", "hotspot"})
_DRAW = re.compile(r"\((?:lấy|draw|rút)\s+(\d{1,3})(?:\s+câu)?\)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A question's heading and the lines below it."""

    heading: Line
    title: str
    pool: str
    lines: list[Line]


def read_quiz(fields: Fields, body: str, first_line: int, renderer: Renderer, faults: FileFaults) -> Quiz:
    """Compile a quiz; after faults the result is incomplete and must not be used."""
    settings = _read_settings(fields)
    pools, blocks = split_questions(scan_lines(body, first_line, faults), faults)
    if not blocks:
        faults.add(first_line, "Bài kiểm tra chưa có câu hỏi nào. Mỗi câu hỏi bắt đầu bằng: ## Câu hỏi?")
    if len(blocks) > MAXIMUM_QUESTIONS:
        faults.add(first_line, f"Bài kiểm tra có {len(blocks)} câu, nhiều nhất {MAXIMUM_QUESTIONS}. Chia bài ra.")
        return settings
    before = faults.serious
    questions: list[Question] = []
    placed_questions: list[PlacedQuestion] = []
    for block in blocks:
        placed = read_question(block.heading, block.title, block.pool, block.lines, faults)
        question = compile_question(placed, renderer, faults) if placed else None
        if placed is None or question is None:
            continue
        questions.append(question)
        placed_questions.append(placed)
        if settings.feedback != "none":
            _warn_of_silence(placed, faults)
    _refuse_repeated_keys(placed_questions, faults)
    quiz = replace(
        settings, questions=tuple(questions), pool_draws={pool.name: pool.draw for pool in pools if pool.draw}
    )
    if faults.serious == before:
        _check_draws(quiz, pools, fields, faults)
        _warn_of_first_right(placed_questions, faults)
    return quiz


def _read_settings(fields: Fields) -> Quiz:
    quiz = Quiz(
        pass_mark=fields.whole("pass", least=0, most=100, default=DEFAULT_PASS, is_needed=True),
        draw=fields.whole("draw", least=0, most=MAXIMUM_QUESTIONS, default=0),
        feedback=fields.choice("feedback", FEEDBACK, default="each"),
        shuffle=fields.yes_no("shuffle", default=True),
        attempts=fields.whole("attempts", least=0, most=100, default=0),
        questions=(),
        wait_minutes=fields.whole("wait", least=0, most=MAXIMUM_WAIT, default=0),
        offline=fields.yes_no("offline", default=True),
        pretest=fields.text("pretest", maximum=80),
        skills=tuple(fields.texts("skills")),
    )
    if not quiz.offline and quiz.feedback == "each":
        reason = "Bài kiểm tra có người coi (offline: no) chỉ cho biết đúng sai khi đã nộp. Viết: feedback: end"
        fields.faults.add(fields.line_of("offline"), reason)
    if quiz.pretest and not is_key(quiz.pretest):
        fields.faults.add(fields.line_of("pretest"), "`pretest:` là khóa của bài kiểm tra trước khi học.")
    return quiz


def split_questions(lines: list[Line], faults: FileFaults) -> tuple[list[SourcePool], list[Block]]:
    """Cut the file at its headings; whatever stands outside a question is a fault, said once for each run."""
    pools: list[SourcePool] = []
    blocks: list[Block] = []
    pool, is_outside, is_complaining = "", True, False
    for line in lines:
        heading = line.heading()
        if heading and heading[0] == 1:
            pools.append(read_pool(heading[1], line.number))
            pool, is_outside, is_complaining = pools[-1].name, True, False
        elif heading and heading[0] == 2:
            blocks.append(Block(line, heading[1], pool, []))
            is_outside = False
        elif not is_outside:
            blocks[-1].lines.append(line)
        elif not line.is_blank and not is_complaining:
            faults.add(line.number, _outside_reason(line))
            is_complaining = True
    return pools, blocks


def read_pool(heading: str, line: int) -> SourcePool:
    """The words behind "# "."""
    name = (heading.partition(":")[2] if heading.casefold().startswith("nhóm:") else heading).strip()
    match = _DRAW.search(name)
    if match is None:
        return SourcePool(name[:LONGEST_POOL], 0, line)
    return SourcePool(name[: match.start()].rstrip()[:LONGEST_POOL], int(match[1]), line)


def _outside_reason(line: Line) -> str:
    if shape_of(line) not in ("", "step"):
        return "Ô chọn nằm ngoài câu hỏi. Viết câu hỏi ở dòng trên, bắt đầu bằng ## và một dấu cách."
    return "Chữ này không thuộc câu hỏi nào. Mỗi câu hỏi bắt đầu bằng ## và một dấu cách."


def _refuse_repeated_keys(questions: list[PlacedQuestion], faults: FileFaults) -> None:
    keys: dict[str, int] = {}
    for placed in questions:
        key, line = placed.source.key, placed.places.heading
        if key in keys:
            faults.add(line, f"Khóa `{key}` đã dùng cho câu hỏi ở dòng {keys[key]}. Mỗi câu hỏi một khóa riêng.")
        keys.setdefault(key, line)


def _warn_of_silence(placed: PlacedQuestion, faults: FileFaults) -> None:
    if placed.source.type not in WANTS_FEEDBACK:
        return
    for option, line in zip(placed.source.options, placed.places.answers, strict=True):
        if not option.feedback:
            faults.warn(line, "Phương án này chưa có lời giải thích. Thêm dòng dưới: `  > Vì sao…`")


def _warn_of_first_right(questions: list[PlacedQuestion], faults: FileFaults) -> None:
    """Who writes the right answer first each time gives it away wherever the order is kept."""
    chosen = [placed for placed in questions if placed.source.type == "single"]
    if len(chosen) >= 3 and all(placed.source.options[0].is_ticked for placed in chosen):
        reason = "Câu nào phương án đúng cũng đứng đầu. Đổi chỗ vài câu, kẻo người học đoán ra."
        faults.warn(chosen[0].places.answers[0], reason)


def _check_draws(quiz: Quiz, pools: list[SourcePool], fields: Fields, faults: FileFaults) -> None:
    """A quiz that nobody can take as it is meant: more questions drawn than there are."""
    count = len(quiz.questions)
    if quiz.draw > count:
        reason = f"`draw: {quiz.draw}` nhiều hơn số câu hỏi ({count}). Viết draw: 0 để lấy tất cả."
        faults.add(fields.line_of("draw"), reason)
    if quiz.draw and quiz.pool_draws:
        reason = "Đã có số câu lấy từ từng nhóm thì không viết `draw:`. Bỏ dòng này."
        faults.add(fields.line_of("draw"), reason)
    sizes = Counter(question.pool for question in quiz.questions)
    names = Counter(pool.name for pool in pools)
    for pool in pools:
        if names[pool.name] > 1 and pool.draw:
            faults.add(pool.line, f"Nhóm `{pool.name}` có hai tiêu đề. Gộp các câu vào một nhóm.")
        if pool.draw > sizes[pool.name]:
            faults.add(pool.line, f"Nhóm này có {sizes[pool.name]} câu mà lấy {pool.draw}. Thêm câu, hoặc lấy ít hơn.")
        points = {question.points for question in quiz.questions if question.pool == pool.name}
        if pool.draw and len(points) > 1:
            faults.warn(pool.line, "Các câu trong nhóm có điểm khác nhau nên lượt làm bài này khó hơn lượt kia.")
