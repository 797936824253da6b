"""Moodle XML is read whole or says what is missing, and what is written reads back the same."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.interchange.moodle_write import comparable
from app.content.interchange.moodle_xml import read, write
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.quiz_source.model import SourceOption, SourceQuestion

OTHERS = sorted((Path(__file__).parent / "written_by_others" / "moodle_xml").glob("*.xml"))
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
PNG_TEXT = "iVBORw0KGgp4eHh4eHh4eHh4eHh4eHh4eHh4eA=="


def question(kind: str, body: str, text: str = "<p>Câu?</p>", files: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n<question type="{kind}"><name><text>Q1</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text>{files}</questiontext>{body}</question></quiz>'
    ).encode()


def only(content: bytes) -> TakenQuestion:
    (entry,) = read(content).entries
    assert isinstance(entry, TakenQuestion), entry
    return entry


def refused(content: bytes) -> str:
    (entry,) = read(content).entries
    assert isinstance(entry, RefusedQuestion)
    return entry.reason


def answer(words: str, fraction: str, extra: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{words}</text>{extra}</answer>'


def test_a_choice_keeps_weights_feedback_and_order() -> None:
    feedback = '<feedback format="html"><text>&lt;p&gt;Sai &lt;b&gt;rồi&lt;/b&gt;&lt;/p&gt;</text></feedback>'
    body = (
        "<single>true</single><shuffleanswers>0</shuffleanswers>"
        + answer("a", "100") + answer("b", "33.33333") + answer("c", "0", feedback)
    )  # fmt: skip
    found = only(question("multichoice", body)).question
    assert (found.type, found.title, found.name, found.key, found.shuffles) == ("single", "Câu?", "Q1", "q-cau", False)
    assert [(o.words, o.is_ticked, o.weight) for o in found.options] == [
        ("a", True, None), ("b", True, 0.3333333), ("c", False, None),
    ]  # fmt: skip
    assert found.options[2].feedback == "Sai **rồi**"


def test_equal_shares_of_several_right_options_need_no_percentages() -> None:
    body = "<single>false</single>" + answer("a", "50") + answer("b", "50") + answer("c", "-50")
    assert [o.weight for o in only(question("multichoice", body)).question.options] == [None, None, None]
    body = "<single>false</single>" + answer("a", "50") + answer("b", "50") + answer("c", "-100") + answer("d", "0")
    assert [o.weight for o in only(question("multichoice", body)).question.options] == [0.5, 0.5, -1, None]


def test_a_question_in_which_nobody_can_reach_everything_is_refused() -> None:
    assert "100%" in refused(question("multichoice", answer("a", "50") + answer("b", "0")))
    assert "100%" in refused(question("multichoice", "<single>false</single>" + answer("a", "50") + answer("b", "0")))
    assert "100%" in refused(question("shortanswer", answer("a", "50")))


def test_typed_answers_keep_expected_mistakes_and_the_star() -> None:
    body = "<usecase>1</usecase>" + answer("113", "100") + answer("114", "0") + answer("*", "0") + answer("a*", "50")
    entry = only(question("shortanswer", body))
    assert entry.question.is_exact
    assert [(o.words, o.weight) for o in entry.question.options] == [("113", None), ("114", 0), ("*", 0), ("a", 0.5)]
    assert any("*" in change for change in entry.changes)


def test_numbers_have_a_decimal_comma_and_their_tolerance() -> None:
    body = answer("5.170", "100", "<tolerance>0.01</tolerance>") + answer("1.125", "50") + "<units><unit/></units>"
    entry = only(question("numerical", body))
    assert [o.words for o in entry.question.options] == ["5,17 ± 0,01", "1,1250"]
    assert any("đơn vị" in change for change in entry.changes)


def test_matching_has_extra_right_sides() -> None:
    body = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in (("a", "1"), ("b", "2"), ("", "3"))
    )
    assert only(question("matching", body)).question.pairs == (("a", "1"), ("b", "2"), ("", "3"))


def test_steps_stand_in_their_right_order() -> None:
    body = answer("sau", "2.0000000") + answer("trước", "1.0000000")
    assert only(question("ordering", body)).question.steps == ("trước", "sau")


def test_missing_words_are_gaps_with_a_choice() -> None:
    words = "".join(
        f"<selectoption><text>{w}</text><group>{g}</group></selectoption>" for w, g in ("a1", "b1", "c2", "d2")
    )
    found = only(question("gapselect", words, "<p>Xem [[3]] rồi [[1]]</p>")).question
    assert (found.type, found.stem) == ("gaps", "Xem (1) ____ rồi (2) ____")
    assert [(o.gap, o.words) for o in found.options if o.is_ticked] == [(1, "c"), (2, "a")]


def test_cloze_gaps_are_typed_or_chosen() -> None:
    text = "Gọi {1:SHORTANSWER:=113~%50%112#gần~114} hay {1:MULTICHOICE_S:=có#ừ~không}"
    entry = only(question("cloze", "", text))
    assert entry.question.stem == "Gọi (1) ____ hay (2) ____"
    assert [(o.gap, o.words, o.is_ticked) for o in entry.question.options] == [
        (1, "113", True), (2, "có", True), (2, "không", False),
    ]  # fmt: skip
    assert entry.question.points == 2
    assert len(entry.changes) == 2
    assert only(question("cloze", "", "Sôi ở {1:NUMERICAL:=100:0.5} độ")).question.type == "number"
    assert "nhiều phương án" in refused(question("cloze", "", "{1:MR:=a~=b} {1:SA:=c}"))


@pytest.mark.parametrize("kind", ["description", "random", "calculatedmulti", "ddimageortext", "ddmarker", "stack"])
def test_kinds_that_have_no_counterpart_are_refused_with_advice(kind: str) -> None:
    assert refused(question(kind, "")).endswith(".")


def test_what_surrounds_a_question_is_kept_or_said() -> None:
    body = (
        "<defaultgrade>1.5</defaultgrade><idnumber>ma-1</idnumber><penalty>0.3333333</penalty>"
        "<generalfeedback format='html'><text>Vì thế.</text></generalfeedback>"
        "<correctfeedback><text>Your answer is correct.</text></correctfeedback>"
        "<incorrectfeedback><text>Xem lại bài 2.</text></incorrectfeedback>"
        "<hint><text>Nghĩ kỹ</text></hint><tags><tag><text>tt02:4.2</text></tag><tag><text>khó</text></tag></tags>"
    )
    category = '<quiz><question type="category"><category><text>$course$/top/Nhóm//A</text></category></question>'
    content = question("multichoice", body + answer("a", "100") + answer("b", "0")).replace(
        b"<quiz>", category.encode()
    )
    entry = only(content)
    found = entry.question
    assert (found.key, found.points, found.pool, found.skills, found.hints) == (
        "ma-1", 2, "Nhóm/A", ("tt02:4.2",), ("Nghĩ kỹ",),
    )  # fmt: skip
    assert found.explanation == "Vì thế.\n\nKhi chưa đúng: Xem lại bài 2."
    assert len(entry.changes) == 5


def test_pictures_come_along_and_other_files_are_said() -> None:
    files = f'<file name="M K.png" path="/" encoding="base64">{PNG_TEXT}</file>'
    files += '<file name="a.pdf" encoding="base64">AAAA</file>'
    text = '<p>Câu?</p><p><img src="@@PLUGINFILE@@/M%20K.png" alt=""></p><p><img src="http://a.b/c.png"></p>'
    imported = read(question("essay", "", text, files))
    (entry,) = imported.entries
    assert isinstance(entry, TakenQuestion)
    assert imported.pictures == {"anh/m-k.png": PNG}
    assert entry.question.stem == "![Q1](anh/m-k.png)"
    assert len(entry.changes) == 3


def test_each_format_of_text_is_read_as_its_own() -> None:
    for form, text, title in (
        ("markdown", "**đậm** *x*", "**đậm** *x*"),
        ("plain_text", "**đậm** &lt;b>", "\\*\\*đậm\\*\\* &lt;b>"),
        ("moodle_auto_format", "**đậm** &lt;b>x&lt;/b>", "\\*\\*đậm\\*\\* **x**"),
    ):
        inside = f'<questiontext format="{form}"><text>{text}</text></questiontext>'
        content = f'<quiz><question type="essay">{inside}</question></quiz>'
        assert only(content.encode()).question.title == title


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_files_of_others_are_read_and_survive_our_own_writing(path: Path) -> None:
    imported = read(path.read_bytes())
    assert imported.entries
    exported = write(imported.questions, imported.pictures)
    again = read(exported.content)
    assert len(again.questions) == len(imported.questions)
    lost = {loss.split(":")[0] for loss in exported.losses}
    for meant, found in zip(imported.questions, again.questions, strict=True):
        assert meant.key in lost or comparable(meant) == comparable(found)


def test_files_of_others_are_mostly_taken() -> None:
    entries = [entry for path in OTHERS for entry in read(path.read_bytes()).entries]
    taken = [entry for entry in entries if isinstance(entry, TakenQuestion)]
    assert len(taken) >= 0.8 * len(entries)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"<a/>", b"<quiz>", b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', b"<!DOCTYPE quiz><quiz/>",
        b'<?xml version="1.0" encoding="utf-7"?><quiz/>', "<quiz/>".encode("utf-16"), b"<quiz>\xff</quiz>",
        b"<quiz>&nbsp;</quiz>", b"<quiz>" + b"<a>" * 100 + b"</a>" * 100 + b"</quiz>",
        b"<quiz>" + b"<a/>" * 300_001 + b"</quiz>",
    ],
)  # fmt: skip
def test_what_is_no_moodle_xml_or_may_do_harm_is_refused(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        read(content)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet="<>/quizestonamwr=\"'&;! ", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(FileUnreadable):
        assert isinstance(read(b"<quiz>" + content + b"</quiz>"), Imported)


# -- what is written reads back the same ---------------------------------------------------------------------------

WORD = st.text(alphabet="abcdđêôươạ159", min_size=1, max_size=8)
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
MARKED = PHRASE | PHRASE.map(lambda p: f"**{p}**") | PHRASE.map(lambda p: f"{p} <&>]]> {p}")
BLOCKS = st.lists(MARKED | PHRASE.map(lambda p: f"- {p}\n- x"), max_size=3).map("\n\n".join)
FEEDBACK = st.just("") | BLOCKS
PICTURE = st.just("\n\n![Hình](anh/mk.png)") | st.just("")


def options(words: st.SearchStrategy[str], least: int = 2) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(words, FEEDBACK), min_size=least, max_size=5, unique_by=lambda pair: pair[0])


@st.composite
def questions(draw: st.DrawFn) -> SourceQuestion:
    kind = draw(
        st.sampled_from(["single", "multiple", "true_false", "text", "number", "matching", "ordering", "gaps", "free"])
    )
    details: dict[str, object] = {}
    if kind == "single":
        found = draw(options(MARKED))
        weights = [None, *draw(st.lists(st.sampled_from([None, 0.5, -0.25, 0.3333333]), min_size=4, max_size=4))]
        details["options"] = tuple(
            SourceOption(w, is_ticked=n == 0 or (weight or 0) > 0, weight=weight, feedback=f)
            for n, ((w, f), weight) in enumerate(zip(found, weights, strict=False))
        )
    elif kind == "multiple":
        details["options"] = tuple(
            SourceOption(w, n % 2 == 0, feedback=f) for n, (w, f) in enumerate(draw(options(MARKED)))
        )
    elif kind == "true_false":
        right = draw(st.booleans())
        details["options"] = (SourceOption("Đúng", right, feedback=draw(FEEDBACK)), SourceOption("Sai", not right))
    elif kind == "text":
        details["options"] = tuple(
            SourceOption(w, n == 0, weight=None if n == 0 else 0.0, feedback=f)
            for n, (w, f) in enumerate(draw(options(PHRASE, 1)))
        )
        details["is_exact"] = draw(st.booleans())
    elif kind == "number":
        details["options"] = (SourceOption(draw(st.sampled_from(["5", "5 ± 0,5", "1..10", "-3,1250", "0"])), True),)
    elif kind == "matching":
        lefts = draw(st.lists(MARKED, min_size=2, max_size=4, unique=True))
        details["pairs"] = (*((left, draw(PHRASE)) for left in lefts), ("", draw(PHRASE)))
    elif kind == "ordering":
        details["steps"] = tuple(draw(st.lists(MARKED, min_size=2, max_size=5, unique=True)))
    elif kind == "gaps":
        typed = [SourceOption(w, True, gap=1) for w, _ in draw(options(PHRASE, 1))]
        choice = [SourceOption(w, n == 0, gap=2) for n, (w, _) in enumerate(draw(options(PHRASE)))]
        details["options"] = (*typed, *choice)
    stem = draw(BLOCKS) + draw(PICTURE)
    stem = f"Xem (1) ____ và (2) ____ .\n\n{stem}" if kind == "gaps" else stem
    return SourceQuestion(
        kind,
        draw(PHRASE),
        key=draw(st.from_regex(r"[a-z]{1,8}", fullmatch=True)),
        stem=stem.strip(),
        points=draw(st.integers(1, 100)),
        skills=draw(st.sampled_from([(), ("tt02:4.2",), ("dc2:1", "kns:a-1.2")])),
        shuffles=draw(st.booleans()),
        hints=tuple(draw(st.lists(BLOCKS.filter(bool), max_size=2))),
        explanation=draw(BLOCKS),
        pool=draw(st.sampled_from(["", "Cơ bản", "A/B"])),
        **details,  # type: ignore[arg-type]
    )


@settings(max_examples=120, deadline=None)
@given(st.lists(questions(), max_size=4, unique_by=lambda q: q.key))
def test_written_questions_read_back_the_same(written: list[SourceQuestion]) -> None:
    exported = write(written, {"anh/mk.png": PNG})
    assert exported == write(written, {"anh/mk.png": PNG})
    assert all("Moodle sẽ tính" in loss for loss in exported.losses)
    back = read(exported.content)
    assert [comparable(q) for q in back.questions] == [comparable(q) for q in written]
    assert all(not entry.changes for entry in back.entries if isinstance(entry, TakenQuestion))
    if any("anh/mk.png" in q.stem for q in written):
        assert back.pictures == {"anh/mk.png": PNG}


def test_what_moodle_cannot_say_is_listed_by_key() -> None:
    right = (SourceOption("a", True), SourceOption("b", False))
    losses = write(
        [
            SourceQuestion("single", "Câu", key="q-1", options=right, hints=("x",), hint_cost=25),
            SourceQuestion("hotspot", "Chạm", key="q-2"),
            SourceQuestion("single", "Câu", key="q-3", stem="![h](anh/mat.png)", options=right),
        ],
        {},
    ).losses
    assert [loss.split(":")[0] for loss in losses] == ["q-1", "q-2", "q-3", "q-3"]
