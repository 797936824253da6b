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
from app.content.quiz_source.model import Region, SourceOption, SourceQuestion
from app.content.quiz_source.write import write_questions
from tests.courses.folders import SAMPLE

WITHIN_REASON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.lists(
    st.sampled_from(
        "mã OTP ngân hàng 113 1.000 (1) **đậm** `mã` _nghiêng_ a->b [x] # - = ____ ? ! → * 5% đúng sai x".split()
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
PLAIN = st.lists(st.sampled_from("mã ngân hàng gọi tắt máy 113 số lạ đường dẫn".split()), min_size=1, max_size=5).map(
    " ".join
)
BLOCKS = st.lists(PLAIN, max_size=3).map("\n\n".join)
WEIGHTS = st.sampled_from([None, None, 0.0, 0.5, 1.0, 0.3333333, -0.5, -1.0])


def read(text: str) -> list[SourceQuestion]:
    faults = Faults().of("quiz")
    _, blocks = split_questions(scan_lines(normalise(text.encode()), 1, faults), faults)
    found = [read_question(block.heading, block.title, block.pool, block.lines, faults) for block in blocks]
    assert not faults.serious, faults.faults.all
    return [replace(placed.source, line=0) for placed in found if placed]


@st.composite
def questions(draw: st.DrawFn) -> SourceQuestion:
    kind = draw(st.sampled_from(["single", "multiple", "text", "matching", "ordering", "gaps", "hotspot", "free"]))
    frame = SourceQuestion(
        type=kind,
        title=draw(PLAIN) + "?",
        key=draw(st.sampled_from(["q-mot", "q-2"])),
        stem=draw(BLOCKS),
        points=draw(st.integers(1, 9)),
        skills=draw(st.sampled_from([(), ("tt02:4.1",), ("tt02:4.1", "dc2:4.2")])),
        name=draw(st.sampled_from(["", "Q1", "Câu 1"])),
        shuffles=draw(st.booleans()),
        hints=tuple(draw(st.lists(PLAIN, max_size=2))),
        hint_cost=draw(st.sampled_from([0, 25])),
        explanation=draw(BLOCKS),
    )
    return draw(ANSWERS[kind](frame))


def choice(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    ticks = st.lists(st.booleans(), min_size=2, max_size=5)
    right = {"single": lambda found: sum(found) == 1, "multiple": lambda found: sum(found) > 1}[frame.type]
    return ticks.filter(right).flatmap(
        lambda found: st.tuples(*(st.tuples(WORDS, BLOCKS) for _ in found)).map(
            lambda said: replace(
                frame,
                options=tuple(
                    SourceOption(words, is_ticked, None, feedback)
                    for (words, feedback), is_ticked in zip(said, found, strict=True)
                ),
            )
        )
    )


def typed(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    option = st.builds(
        lambda words, weight, feedback: SourceOption(words, weight is None or weight > 0, weight, feedback),
        WORDS,
        WEIGHTS,
        BLOCKS,
    )
    return st.builds(
        lambda options, exact: replace(frame, options=tuple(options), is_exact=exact),
        st.lists(option, min_size=1, max_size=4),
        st.booleans(),
    )


def matching(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    pairs = st.lists(st.tuples(PLAIN, PLAIN), min_size=2, max_size=4)
    return pairs.map(lambda found: replace(frame, pairs=(*found, ("", "thừa ra"))))


def ordering(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    return st.lists(PLAIN, min_size=2, max_size=5).map(lambda steps: replace(frame, steps=tuple(steps)))


def gaps(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    typed_gap = st.lists(PLAIN, min_size=1, max_size=2).map(lambda found: [SourceOption(w, True, gap=1) for w in found])
    chosen_gap = st.lists(PLAIN, min_size=2, max_size=3).map(
        lambda found: [SourceOption(w, i == 0, gap=2) for i, w in enumerate(found)]
    )
    stem = "Gọi (1) ____ khi (2) ____ nhé."
    return st.builds(lambda one, two: replace(frame, stem=stem, options=(*one, *two)), typed_gap, chosen_gap)


def hotspot(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    option = st.builds(
        lambda words, ticked, left: SourceOption(words, ticked, region=Region(left, 5.5, 10, 20.25)),
        PLAIN,
        st.booleans(),
        st.integers(0, 80).map(float),
    )
    return st.lists(option, min_size=2, max_size=4).map(lambda options: replace(frame, options=tuple(options)))


def free(frame: SourceQuestion) -> st.SearchStrategy[SourceQuestion]:
    return st.just(frame)


ANSWERS = {
    "single": choice,
    "multiple": choice,
    "text": typed,
    "matching": matching,
    "ordering": ordering,
    "gaps": gaps,
    "hotspot": hotspot,
    "free": free,
}


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
