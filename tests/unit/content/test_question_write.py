"""What is written as our Markdown is read again as the same question."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.compile.faults import Faults
from app.content.compile.question_read import read_question
from app.content.compile.quiz_file import split_questions
from app.content.compile.scan import scan_lines
from app.content.compile.text import normalise
from app.content.quiz_source.model import SourceQuestion
from app.content.quiz_source.write import write_questions
from tests.courses.folders import SAMPLE
from tests.unit.content.source_questions import questions

WITHIN_REASON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> list[SourceQuestion]:
    faults = Faults().of("quiz")
    _, blocks = split_questions(scan_lines(normalise(text.encode()), 1, faults), faults)
    found = [read_question(block.heading, block.title, block.pool, block.lines, faults) for block in blocks]
    assert not faults.serious, faults.faults.all
    return [replace(placed.source, line=0) for placed in found if placed]


@WITHIN_REASON
@given(questions())
def test_a_question_survives_being_written_and_read(question: SourceQuestion) -> None:
    text = write_questions([question])
    assert read(text) == [question], text


@WITHIN_REASON
@given(
    st.lists(questions(), min_size=1, max_size=4), st.lists(st.sampled_from(["", "Dễ", "Khó"]), min_size=4, max_size=4)
)
def test_questions_keep_their_pools(found: list[SourceQuestion], pools: list[str]) -> None:
    pools = sorted(pools)
    wanted = [
        replace(question, key=f"q-{number}", pool=pool)
        for number, (question, pool) in enumerate(zip(found, pools, strict=False))
    ]
    assert read(write_questions(wanted)) == wanted


@pytest.mark.parametrize("name", ["03-cac-loai.md", "04-co-nguoi-coi.md"])
def test_the_sample_written_again_is_the_same_quiz(name: str) -> None:
    body = (SAMPLE.parent / "every-kind" / name).read_text(encoding="utf-8").split("---\n", 2)[2]
    once = read(body)
    assert read(write_questions(once)) == once
    assert write_questions(read(write_questions(once))) == write_questions(once)
