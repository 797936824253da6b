import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.content.interchange import gift
from app.content.interchange.markdown_words import escaped
from app.content.quiz_source.model import Region, SourceOption, SourceQuestion
from app.shared.vietnamese import clean

WITHIN_REASON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BASE = SourceQuestion("single", "Hỏi?", "q-hoi", options=(SourceOption("a", True), SourceOption("b", False)))


def written(*questions):
    return gift.write(questions).content.decode()


def read_back(*questions):
    return [replace(question, line=0) for question in gift.read(gift.write(questions).content).questions]


def test_a_question_is_written_with_its_key_skills_name_and_pool():
    question = replace(BASE, name="Câu 1", skills=("tt02:4.2", "dc2:1"), pool="Cơ bản/Một", explanation="vì")
    assert written(question) == (
        "$CATEGORY: $course$/top/Cơ bản//Một\n\n"
        "// [id:q-hoi] [tag:tt02:4.2] [tag:dc2:1]\n"
        "::Câu 1::[markdown]Hỏi?{\n\t=a\n\t~b\n\t####vì\n}\n"
    )
    assert read_back(question) == [question]


def test_the_way_out_of_a_pool_is_written_too():
    questions = [replace(BASE, key="a", pool="Một"), replace(BASE, key="b")]
    assert read_back(*questions) == questions


def test_everything_that_means_something_is_escaped():
    option = SourceOption("~=#{}:\\", True, feedback="dòng\n\ndòng: 2")
    assert r"=\~\=\#\{\}\:\\#dòng\n\ndòng\: 2" in written(replace(BASE, options=(option, SourceOption("b", False))))


def test_ticks_of_a_multiple_are_written_as_percentages():
    options = tuple(SourceOption(word, word in "abc") for word in "abcd")
    text = written(replace(BASE, type="multiple", options=options))
    assert "\t~%33.33333%a\n" in text
    assert "\t~%-33.33333%d\n" in text


def test_a_single_with_right_answers_only_is_no_typed_answer():
    question = replace(BASE, options=(SourceOption("a", True), SourceOption("b", True)))
    assert "~%100%b" in written(question)
    assert read_back(question) == [question]


def test_the_answers_take_the_place_of_one_blank():
    question = replace(BASE, title="Thủ đô là ____ của ta.")
    assert "[markdown]Thủ đô là {\n\t=a\n\t~b\n} của ta." in written(question)
    assert read_back(question) == [question]


@pytest.mark.parametrize(
    "title", ["____ là thủ đô.", "Thủ đô là ____", "Một ____ hai ____ ba.", "a____b", "a ____ // b"]
)
def test_other_blanks_stay_blanks(title):
    assert "____" in written(replace(BASE, title=title))
    assert read_back(replace(BASE, title=title)) == [replace(BASE, title=title)]


def test_true_and_false_are_written_as_such():
    options = (SourceOption("Đúng", False, feedback="nhầm"), SourceOption("Sai", True, feedback="phải"))
    question = replace(BASE, type="true_false", options=options)
    assert "{FALSE#nhầm#phải}" in written(question)
    assert read_back(question) == [question]
    only_right = replace(question, options=(options[0], replace(options[1], feedback="")), explanation="vì")
    assert "{FALSE#nhầm####vì}" in written(only_right)
    assert "{FALSE##phải}" in written(replace(question, options=(replace(options[0], feedback=""), options[1])))


def test_a_free_question_has_empty_braces():
    question = SourceQuestion("free", "Kể?", "q-ke")
    assert "[markdown]Kể?{}\n" in written(question)
    assert read_back(question) == [question]


def test_an_arrow_in_the_feedback_of_a_typed_answer_makes_no_pairs():
    question = replace(BASE, type="text", options=(SourceOption("a", True, feedback="bấm A -> B"),))
    assert read_back(question) == [question]


def test_an_answer_that_gift_takes_for_a_pair_is_left_out_and_said():
    told = gift.write([replace(BASE, type="text", options=(SourceOption("a -> b", True), SourceOption("c", True)))])
    assert "a -> b" in told.losses[0]
    assert gift.read(told.content).questions[0].options == (SourceOption("c", True),)


def test_numbers_have_a_point():
    options = (
        SourceOption("5,25 ± 0,5", True),
        SourceOption("-1..10", True, 0.5),
        SourceOption("*", False, 0.0, "sai"),
    )
    question = replace(BASE, type="number", options=options)
    assert "{#\n\t=5.25:0.5\n\t=%50%-1..10\n\t~#sai\n}" in written(question)
    assert read_back(question) == [question]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        (replace(BASE, points=2), "điểm"),
        (replace(BASE, hints=("gợi",)), "Gợi ý"),
        (replace(BASE, type="text", is_exact=True), "từng chữ"),
        (replace(BASE, shuffles=False), "thứ tự"),
        (replace(BASE, stem="![a](anh/a.png)"), "hình"),
        (replace(BASE, type="matching", pairs=(("a", "**b**"), ("c", "d"))), "đậm"),
        (replace(BASE, type="ordering", steps=("*a*", "b")), "đậm"),
        (replace(BASE, type="free", points=3), "điểm"),
        (replace(BASE, pool="Default"), "Default"),
    ],
)
def test_what_gift_cannot_say_is_listed_with_the_key(question, word):
    told = gift.write([question])
    assert len(told.losses) == 1
    assert word in told.losses[0]
    assert "q-hoi" in told.losses[0] or question.pool
    assert told.content


@pytest.mark.parametrize(
    "question",
    [
        replace(BASE, type="gaps", stem="(1) ____", options=(SourceOption("a", True, gap=1),)),
        replace(BASE, type="hotspot", options=(SourceOption("a", True, region=Region(0, 0, 9, 9)),)),
        replace(BASE, type="ordering", steps=("// a", "b")),
        replace(BASE, type="number", options=(SourceOption("năm", True),)),
    ],
)
def test_what_gift_has_no_question_for_is_left_out_and_said(question):
    told = gift.write([question])
    assert told.content == b""
    assert told.losses and "q-hoi" in told.losses[0]


def test_pictures_stay_behind_and_that_is_said():
    assert "1 hình" in gift.write([BASE], {"anh/a.png": b"x"}).losses[0]


LETTERS = st.sampled_from("ab đ*_`[](){}<>&#=~:%\\-+|.!;1/>$^\"'") | st.sampled_from(
    [
        "\\n",
        "->",
        "____",
        "::",
        "####",
        "//",
        "[html]",
        "%50%",
        "&amp;",
        "**b**",
        "1. ",
        "- ",
        "# ",
        "$CATEGORY:",
        "T",
        "é",
    ]
)
LINE = st.lists(LETTERS, min_size=1, max_size=12).map("".join).map(clean).filter(bool)
PHRASE = LINE.filter(lambda text: not re.match(r"\d*(\\|&#)", text))
"""An escape at the beginning of a phrase says nothing there and is not kept."""
BLOCKS = st.lists(LINE | st.just(""), max_size=4).map("\n".join).map(str.strip)
PLAIN = LINE.map(escaped).filter(lambda text: clean(text) == text)
NAME = st.just("") | LINE
KEY = st.sampled_from(["a", "cau-1", "q-x-2"])
SHARES = [0.5, 0.25, 0.3333333, 0.1]
TYPED = LINE.filter(lambda text: "->" not in text)
NUMBERS = st.sampled_from(["5", "-5", "5,25", "5 ± 0,5", "1..10", "-3,5..-1", "3,1410", "0,5 ± 0,25"])


def options_of(words, *, least=1):
    return st.lists(st.tuples(words, BLOCKS), min_size=least, max_size=5, unique_by=lambda pair: pair[0])


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(["single", "multiple", "true_false", "text", "number", "matching", "ordering", "free"]))
    common = {
        "title": draw(PHRASE), "stem": draw(BLOCKS), "explanation": draw(BLOCKS), "name": draw(NAME),
        "pool": draw(st.sampled_from(["", "Cơ bản", "A/B", "Ghi chú: \\n"])), "key": draw(KEY),
        "skills": draw(st.sampled_from([(), ("tt02:4.2",), ("dc2:1", "kns:3")])),
    }  # fmt: skip
    if kind == "free":
        return SourceQuestion(kind, **common)
    if kind == "ordering":
        steps = draw(st.lists(PLAIN.filter(lambda step: not step.startswith("//")), min_size=2, max_size=4))
        return SourceQuestion(kind, steps=tuple(steps), **common)
    if kind == "matching":
        pairs = draw(st.lists(st.tuples(PHRASE, PLAIN), min_size=2, max_size=4))
        extra = [("", draw(PLAIN))] if draw(st.booleans()) else []
        return SourceQuestion(kind, pairs=(*pairs, *extra), **common)
    return SourceQuestion(kind, options=tuple(draw(ANSWERS[kind])), **common)


@st.composite
def single(draw):
    found = draw(options_of(PHRASE, least=2))
    right = draw(st.integers(0, len(found) - 1))
    weights = [None if at == right else draw(st.sampled_from([None, *SHARES, -0.5])) for at in range(len(found))]
    ticked = [
        at == right or (weight or 0) > 0 or (weight is None and draw(st.booleans()))
        for at, weight in enumerate(weights)
    ]
    assume({words.casefold().strip(" .!") for words, _ in found} != {"đúng", "sai"})
    return [
        SourceOption(words, tick, weight, said)
        for (words, said), tick, weight in zip(found, ticked, weights, strict=True)
    ]


@st.composite
def multiple(draw):
    found = draw(options_of(PHRASE, least=2))
    right = draw(st.integers(1, len(found)))
    if draw(st.booleans()):
        return [SourceOption(words, at < right, None, said) for at, (words, said) in enumerate(found)]
    share = round(1 / right, 7)
    wrong = draw(st.sampled_from([0.0, -0.05]))
    assume(right < len(found))
    return [
        SourceOption(words, at < right, share if at < right else wrong, said) for at, (words, said) in enumerate(found)
    ]


@st.composite
def true_false(draw):
    is_true = draw(st.booleans())
    return [
        SourceOption("Đúng", is_true, feedback=draw(BLOCKS)),
        SourceOption("Sai", not is_true, feedback=draw(BLOCKS)),
    ]


@st.composite
def accepted(draw, words, others):
    found = draw(options_of(words))
    shares = [None] + [draw(st.sampled_from([None, 0.5, 0.0])) for _ in found[1:]]
    options = [SourceOption(w, share != 0, share, said) for (w, said), share in zip(found, shares, strict=True)]
    return options + ([SourceOption("*", False, 0.0, draw(BLOCKS))] if others and draw(st.booleans()) else [])


ANSWERS = {
    "single": single(), "multiple": multiple(), "true_false": true_false(), "text": accepted(TYPED, True),
    "number": accepted(NUMBERS, True),
}  # fmt: skip


@WITHIN_REASON
@given(questions())
def test_what_is_written_reads_back_the_same(question):
    assert read_back(question) == [question]


@WITHIN_REASON
@given(st.lists(questions(), max_size=4))
def test_what_was_read_is_written_and_read_the_same(several):
    first = gift.read(gift.write([replace(BASE, key="z"), *several]).content)
    again = gift.read(gift.write(first.questions).content)
    assert [replace(q, line=0) for q in again.questions] == [replace(q, line=0) for q in first.questions]
    assert not any(entry.changes for entry in again.entries if "HTML" not in " ".join(entry.changes))
