"""A quiz file read in parts: nothing is lost, and what is written again is read as the same."""

from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.content.compile.text import normalise
from app.content.quiz_source.model import SourceOption, SourcePool, SourceQuestion
from app.content.quiz_source.read import QuizSource, read_quiz_source
from app.content.quiz_source.write import write_pool, write_question, write_questions, write_quiz_source
from tests.courses.folders import QUIZ_HEAD
from tests.unit.content.source_questions import questions

ROOT = Path(__file__).parents[3]
WITHIN_REASON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUIZ_FILES = sorted(
    path
    for folder in (ROOT / "courses", ROOT / "tests" / "courses")
    for path in folder.rglob("*.md")
    if "\nkind: quiz\n" in path.read_text(encoding="utf-8")
)
LINES = st.sampled_from(
    [
        "## Hỏi?", "##", "# Nhóm: Dễ (lấy 2)", "# Khó", "<!-- key: q-mot -->", "- [x] Phải", "- [ ] Trái", "- = 113",
        "1.", "- a -> b", "- ->", "- (1) = mã", "- (1) [x] mã", "- ____", "1. Bước", "2. Bước hai", "  > Vì thế.",
        "> Gợi ý: xem", "> Giải thích: vì", "Dẫn (1) ____", "", "", "```", "Chữ rời", "===", "##dính",
        "- [x] vùng @ 1,2 3x4", "---",
    ]
)  # fmt: skip
BODIES = st.lists(LINES, max_size=30).map("\n".join)


def read(text: str) -> QuizSource:
    return read_quiz_source(normalise(text.encode()))


def whole(source: QuizSource) -> str:
    return source.front + "".join(part.text for part in source.parts)


def again(question: SourceQuestion) -> SourceQuestion:
    """The question as it is read from what was written."""
    source = read(QUIZ_HEAD + write_question(question))
    assert len(source.parts) == 1, write_question(question)
    found = source.parts[0].question
    assert found is not None, (write_question(question), source.faults)
    return replace(found, line=0)


@WITHIN_REASON
@given(st.sampled_from([QUIZ_HEAD, "", "---\n", "\n\n", "---\nkind: quiz\n"]), BODIES)
def test_front_and_parts_together_are_the_file(head: str, body: str) -> None:
    text = normalise((head + body).encode())
    source = read_quiz_source(text)
    assert whole(source) == text
    assert write_quiz_source(source.front, [part.text for part in source.parts]) == text


@WITHIN_REASON
@given(BODIES)
def test_what_can_be_read_is_read_the_same_after_writing(body: str) -> None:
    for part in read(QUIZ_HEAD + body).parts:
        if part.question:
            once = replace(again(part.question), pool=part.question.pool)
            assert letters(once) == letters(part.question)
            assert part.faults or once == replace(part.question, line=0)


@pytest.mark.parametrize("path", QUIZ_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_quizzes_of_real_courses_go_through_form_and_back(path: Path) -> None:
    text = normalise(path.read_bytes())
    source = read_quiz_source(text)
    assert not source.faults
    assert all(part.question or part.pool for part in source.parts)
    written = [write_pool(part.pool) if part.pool else write_question(part.question) for part in source.parts]  # type: ignore[arg-type]
    rewritten = read(write_quiz_source(source.front, [f"{part}\n" for part in written]))
    assert [replace(question, line=0) for question in rewritten.questions] == [
        replace(question, line=0) for question in source.questions
    ]
    assert [(pool.name, pool.draw) for pool in rewritten.pools] == [(pool.name, pool.draw) for pool in source.pools]


def test_how_many_of_a_pool_are_drawn_survives_writing() -> None:
    body = write_questions([SourceQuestion("free", "Kể", key="q-ke", pool="Dễ")], {"Dễ": 3})
    assert body.startswith("# Nhóm: Dễ (lấy 3)\n")
    assert read(QUIZ_HEAD + body).pools == (SourcePool("Dễ", 3, QUIZ_HEAD.count("\n") + 1),)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("##\n<!-- key: q -->\n- [ ]\n- [ ]\n", "multiple"),
        ("## Hỏi\n- [ ] a\n- [x] b\n", "single"),
        ("## Hỏi\n<!-- key: Sai_Khóa -->\n- = 113\n", "text"),
        ("## Hỏi\n<!-- key: q -->\n- = \n", "text"),
        ("## Hỏi\n<!-- key: q -->\n- Công an ->\n- ->\n", "matching"),
        ("## Hỏi\n<!-- key: q -->\n1. Một\n2.\n3. Ba\n", "ordering"),
        ("## Hỏi (1) ____\n<!-- key: q -->\n- (1) [x] mã\n", "gaps"),
        ("## Hỏi\n<!-- key: q -->\n- [x] @ 1,2 3x4\n- [ ] @ 0,0 0x0\n", "hotspot"),
    ],
)
def test_a_question_that_is_not_finished_is_a_question(body: str, kind: str) -> None:
    source = read(QUIZ_HEAD + body)
    assert [question.type for question in source.questions] == [kind]
    assert source.questions[0] == replace(again(source.questions[0]), line=source.questions[0].line)


@pytest.mark.parametrize(
    "body",
    [
        "## Hỏi\n<!-- key: q; màu: đỏ -->\n- [x] a\n- [ ] b\n",
        "## Hỏi\n<!-- key: q -->\n- [x] a\nchữ rời\n",
        "## Hỏi\n<!-- key: q -->\nKhông có phương án nào.\n",
        "## Hỏi\n<!-- key: q -->\n- [xyz] a\n- [x] b\n",
        "## Hỏi\n<!-- key: q -->\n- a -> b\n  > lời\n- c -> d\n",
        "## Hỏi\n<!-- key: q -->\n```\n- [x] a\n",
        "Chữ trước câu đầu.\n",
    ],
)
def test_text_that_is_no_question_stays_text_with_a_reason(body: str) -> None:
    part = read(QUIZ_HEAD + body).parts[0]
    assert part.question is None
    assert part.text == body
    assert part.faults or part.text.startswith("Chữ")


UNRULY = [
    "## Hỏi", "# Nhóm", "#", "##", "##dính", "- [x] a", "-[x]a", "- \\[x\\] a", "- = b", "- (1) = c", "- (1) [x] c",
    "- ____",
    "1. bước", "1.", "- a -> b", "- - x -> y", "–", "-", "a => b → c", "```", "~~~ x", "> ```", "===", "--", "---",
    "<!-- key: q-khac -->", "-->", "> Gợi ý: xem", "Giải thích: vì", "**Gợi ý**: x", "> Giải thích: vì", "@ 1,2 3x4",
    "a @ 1,2 3x4", "[50%] a", "[", "[x] a", "(a) b", "*", "\\[a", "&#35; b", "&#91;x] a", "a #", "a ##", "a\\",
    "_ _ _ _",
    "| a | b |", "\ta", "    a", "“a”", "<b>a</b>", "{{tu}}", "a; key: b", "a -- b", "(lấy 2)", "Nhóm: a",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(UNRULY), min_size=1, max_size=3).map(" ".join)
BLOCKS = st.lists(st.sampled_from([*UNRULY, ""]), max_size=5).map("\n".join).map(lambda text: text.strip())


@st.composite
def unruly(draw: st.DrawFn) -> SourceQuestion:
    """A question of any kind that says in each of its fields what looks like another part of a file."""
    question = draw(questions())
    options = tuple(replace(option, words=draw(WORDS), feedback=draw(BLOCKS)) for option in question.options)
    return replace(
        question,
        title=draw(WORDS),
        stem=draw(BLOCKS),
        options=options,
        pairs=tuple((draw(WORDS), draw(WORDS)) for _ in question.pairs),
        steps=tuple(draw(WORDS) for _ in question.steps),
        name=draw(WORDS),
        hints=tuple(draw(st.lists(BLOCKS.filter(bool), max_size=2))),
        explanation=draw(BLOCKS),
    )


def letters(question: SourceQuestion) -> list[str]:
    """The letters of every text, in order, whatever protects them."""
    texts = [question.title, question.stem, question.explanation, *question.hints, *question.steps]
    texts += [text for pair in question.pairs for text in pair]
    texts += [text for option in question.options for text in (option.words, option.feedback)]
    return ["".join(letter for letter in unescape(text) if letter.isalpha()) for text in texts]


@WITHIN_REASON
@given(unruly())
@example(SourceQuestion("text", "Hỏi", key="q", options=(SourceOption("[x] a", True),), explanation="a\nGiải thích: b"))
def test_no_text_breaks_out_of_its_place(question: SourceQuestion) -> None:
    once = again(question)
    assert (once.type, once.key, len(once.options)) == (question.type, question.key, len(question.options))
    assert letters(once) == letters(question)
    assert again(once) == once
