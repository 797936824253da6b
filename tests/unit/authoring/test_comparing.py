"""Two states of a course as somebody reads them: items, paragraphs, questions, words, and never too slowly."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.authoring.comparison.blocks import blocks_of, plain
from app.authoring.comparison.courses import CourseChange, ItemChange, compare_courses, compare_texts
from app.authoring.comparison.diffing import GONE, NEW, SAME, Effort, align, word_spans
from app.authoring.comparison.parts import CHANGED, MOVED, Part
from tests.courses.folders import SAMPLE, read_sample

FRONT = "---\nkind: lesson\nkey: bai-mot\ntitle: Bài một\nminutes: 6\n---\n"
QUIZ = "---\nkind: quiz\nkey: kiem-tra\ntitle: Kiểm tra\nminutes: 5\npass: 70\n---\n"
QUESTION = "## {title}\n<!-- key: {key} -->\n\n- [ ] Công an\n  > Không ai cả.\n- [x] Không ai cả\n  > Đúng.\n"
COURSE = "key: khoa\ntitle: Khóa\ngoal: Thử\nsummary: Một câu.\naudience: resident\nminutes: 6\n"


def compare(old: dict[str, str], new: dict[str, str]) -> CourseChange:
    return compare_courses({"course.yml": COURSE, **old}, {"course.yml": COURSE, **new}, lambda _name, value: value)


def lesson(old: str, new: str) -> ItemChange:
    return compare({"01-bai-mot.md": FRONT + old}, {"01-bai-mot.md": FRONT + new}).items[0]


def quiz(old: str, new: str) -> ItemChange:
    return compare({"01-kiem-tra.md": QUIZ + old}, {"01-kiem-tra.md": QUIZ + new}).items[0]


def said(part: Part) -> str:
    """-gone- and +new+ words within the rest."""
    marks = {GONE: "-", NEW: "+", SAME: ""}
    return "".join(f"{marks[span.kind]}{span.text}{marks[span.kind]}" for span in part.spans)


def changed(item: ItemChange) -> list[tuple[str, str]]:
    return [(part.state, said(part)) for part in item.parts if part.state != SAME]


class TestWords:
    def test_one_word_in_a_sentence(self) -> None:
        item = lesson("Bác bấm nút xanh rồi chờ.\n", "Bác bấm nút đỏ rồi chờ.\n")
        assert changed(item) == [(CHANGED, "Bác bấm nút -xanh-+đỏ+ rồi chờ.")]

    def test_changes_that_only_a_space_keeps_apart_are_one(self) -> None:
        item = lesson("Bác bấm nút xanh lá to ở cuối trang.\n", "Bác bấm nút đỏ tươi to ở cuối trang.\n")
        assert changed(item) == [(CHANGED, "Bác bấm nút -xanh lá-+đỏ tươi+ to ở cuối trang.")]

    def test_a_sentence_with_little_in_common_is_another_one(self) -> None:
        item = lesson("Một hai ba bốn năm sáu.\n", "Bảy tám chín mười, ba trăm.\n")
        assert changed(item) == [(CHANGED, "-Một hai ba bốn năm sáu.-+Bảy tám chín mười, ba trăm.+")]

    def test_marks_alone_are_shown_as_they_are_written(self) -> None:
        assert changed(lesson("Nhớ giữ mã.\n", "Nhớ **giữ mã**.\n")) == [(CHANGED, "Nhớ +**+giữ mã+**+.")]

    def test_a_link_within_the_course_is_its_words_and_one_to_elsewhere_shows_where(self) -> None:
        assert plain("[mã](#otp), [bài](02-hai.md), [báo](https://vd.vn)") == "mã, bài, báo (https://vd.vn)"

    @settings(max_examples=60, deadline=None)
    @given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
    def test_both_texts_can_be_read_out_of_the_spans(self, old: str, new: str) -> None:
        spans = word_spans(old, new, Effort())
        assert "".join(span.text for span in spans if span.kind != NEW) == old
        assert "".join(span.text for span in spans if span.kind != GONE) == new

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.integers(0, 6)), st.lists(st.integers(0, 6)), st.sampled_from([0, 40, 1_000_000]))
    def test_runs_cover_both_sides_whatever_effort_is_left(self, old: list[int], new: list[int], left: int) -> None:
        i = j = 0
        for run in align(old, new, Effort(left)):
            assert (run.i, run.j) == (i, j)
            assert not run.is_same or old[run.i : run.i_end] == new[run.j : run.j_end]
            i, j = run.i_end, run.j_end
        assert (i, j) == (len(old), len(new))


class TestLessons:
    def test_a_paragraph_more_and_one_less(self) -> None:
        item = lesson("Một.\n\nHai hai hai.\n\nBa.\n", "Một.\n\nBa.\n\nMới hoàn toàn.\n")
        assert changed(item) == [("gone", "-Hai hai hai.-"), ("new", "+Mới hoàn toàn.+")]

    def test_a_paragraph_at_another_place_has_moved(self) -> None:
        item = lesson("Một một.\n\nHai hai.\n\nBa ba.\n", "Hai hai.\n\nBa ba.\n\nMột một.\n")
        assert changed(item) == [(MOVED, "Một một.")]

    def test_what_a_block_is_can_change_too(self) -> None:
        item = lesson("Giữ mã cho mình.\n", "## Giữ mã cho mình.\n")
        assert [(part.look, part.old_look) for part in item.parts] == [("heading", "text")]

    def test_a_tick_in_a_question_on_the_way_is_a_change(self) -> None:
        item = lesson("## ? Ai?\n\n- [ ] Công an\n- [x] Không ai\n", "## ? Ai?\n\n- [x] Công an\n- [x] Không ai\n")
        assert [(p.look, p.old_look) for p in item.parts if p.state == CHANGED] == [("ticked", "unticked")]

    def test_a_picture_that_was_replaced_under_its_name(self) -> None:
        text = FRONT + "![Cái nút](anh/nut.png)\n"
        change = compare(
            {"01-bai-mot.md": text, "anh/nut.png": "media:aa.png"},
            {"01-bai-mot.md": text, "anh/nut.png": "media:bb.png"},
        )
        assert [(p.state, p.old_media, p.media) for p in change.items[0].parts] == [(CHANGED, "aa.png", "bb.png")]
        assert [(m.path, m.state) for m in change.media] == [("anh/nut.png", CHANGED)]

    def test_another_way_of_writing_the_same_is_told_as_such(self) -> None:
        item = lesson("- Một\n- Hai\n", "* Một\n* Hai\n")
        assert (item.state, item.is_layout_only) == (CHANGED, True)

    def test_boxes_lists_tables_and_code_are_told_apart(self) -> None:
        text = "> **Nhớ:** giữ mã.\n> 1. Tắt máy.\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nmã\n```\n"
        assert [(block.look, block.words) for block in blocks_of(text, {})] == [
            ("box", "Nhớ: giữ mã."),
            ("point", "Tắt máy."),
            ("table", "a · b"),
            ("table", "c · d"),
            ("code", "mã"),
        ]


class TestItems:
    def test_new_gone_moved_and_changed(self) -> None:
        def text(key: str, body: str = "Chữ.\n") -> str:
            return f"---\nkind: lesson\nkey: {key}\ntitle: {key.title()}\nminutes: 1\n---\n{body}"

        old = {"01-a.md": text("a"), "02-b.md": text("b"), "03-c.md": text("c"), "04-d.md": text("d")}
        new = {"01-d.md": text("d"), "02-a.md": text("a"), "03-c.md": text("c", "Khác.\n"), "04-e.md": text("e")}
        items = compare(old, new).items
        assert [(item.key, item.state, item.is_moved) for item in items] == [
            ("d", SAME, True),
            ("a", SAME, False),
            ("b", "gone", False),
            ("c", CHANGED, False),
            ("e", "new", False),
        ]

    def test_another_file_name_is_another_address_of_the_same_item(self) -> None:
        item = compare({"01-bai-mot.md": FRONT}, {"01-bai-dau.md": FRONT}).items[0]
        assert [(part.look, said(part)) for part in item.fields if part.state != SAME] == [
            ("address", "bai--mot-+dau+")
        ]

    def test_settings_are_compared_by_name_wherever_they_stand(self) -> None:
        front = FRONT.replace("title: Bài một\nminutes: 6", "minutes: 8\ntitle: Bài một")
        item = compare({"01-bai-mot.md": FRONT}, {"01-bai-mot.md": front}).items[0]
        assert [(part.look, said(part)) for part in item.fields if part.state != SAME] == [("minutes", "-6-+8+")]

    def test_values_are_said_in_words(self) -> None:
        words = {"resident": "Bà con", "team": "Tổ"}
        old, new = {"course.yml": COURSE}, {"course.yml": COURSE.replace("resident", "team")}
        change = compare_courses(old, new, lambda _name, value: words.get(value, value))
        assert [(part.look, said(part)) for part in change.changed_fields] == [("audience", "-Bà con-+Tổ+")]

    def test_items_that_a_setting_names_are_told_by_their_titles_and_sources_by_their_parts(self) -> None:
        more = "completion:\n  - bai-mot\n  - kiem-tra: 80\nsources:\n  - title: Báo\n    url: https://vd.vn\n"
        files = {"01-bai-mot.md": FRONT, "02-kiem-tra.md": QUIZ + TestQuestions.ONE}
        change = compare_courses(
            {"course.yml": COURSE, **files}, {"course.yml": COURSE + more, **files}, lambda _name, value: value
        )
        assert [said(part) for part in change.changed_fields] == [
            "+Bài một+",
            "+Kiểm tra (80 %)+",
            "+Báo · https://vd.vn+",
        ]

    def test_the_same_course_twice_has_nothing_to_show(self) -> None:
        files = {
            path: content.decode() if path.endswith((".md", ".yml")) else f"media:{path}"
            for path, content in read_sample(SAMPLE).items()
        }
        change = compare_courses(files, files, lambda _name, value: value)
        assert change.is_empty
        assert not change.changed_items
        assert not change.changed_fields

    def test_two_texts_of_course_yml_are_compared_as_settings(self) -> None:
        change = compare_texts(COURSE, COURSE.replace("Một câu", "Hai câu"), {}, lambda _name, value: value)
        assert [said(part) for part in change.fields if part.state != SAME] == ["-Một-+Hai+ câu."]


class TestQuestions:
    ONE = QUESTION.format(title="Ai được hỏi mã OTP?", key="q-ma")
    TWO = QUESTION.format(title="Ai được mượn máy?", key="q-may")

    def test_another_right_answer_is_told_by_its_words(self) -> None:
        new = self.ONE.replace("- [ ] Công an", "- [x] Công an").replace("- [x] Không ai", "- [ ] Không ai")
        parts = quiz(self.ONE, new).questions[0].parts
        assert [(part.old_look, part.look, said(part)) for part in parts if part.state == CHANGED] == [
            ("wrong", "right", "Công an"),
            ("right", "wrong", "Không ai cả"),
        ]

    def test_words_of_question_option_and_feedback(self) -> None:
        new = self.ONE.replace("mã OTP", "mã một lần").replace("Công an", "Ngân hàng").replace("> Đúng.", "> Đúng rồi.")
        parts = quiz(self.ONE, new).questions[0].parts
        assert [(part.look, said(part)) for part in parts if part.state == CHANGED] == [
            ("asked", "Ai được hỏi mã -OTP-+một lần+?"),
            ("wrong", "-Công an-+Ngân hàng+"),
            ("said", "Đúng+ rồi+."),
        ]

    def test_questions_that_came_went_and_moved(self) -> None:
        three = QUESTION.format(title="Ai giữ thẻ?", key="q-the")
        questions = quiz(f"{self.ONE}\n{self.TWO}", f"{three}\n{self.ONE}").questions
        assert [(question.state, question.is_moved) for question in questions] == [
            ("new", False),
            (SAME, False),
            ("gone", False),
        ]
        swapped = quiz(f"{self.ONE}\n{self.TWO}", f"{self.TWO}\n{self.ONE}").questions
        assert [question.is_moved for question in swapped].count(True) == 1

    def test_an_option_in_another_place_is_no_other_option(self) -> None:
        head, _, answers = self.ONE.partition("- [ ]")
        wrong, _, right = answers.partition("- [x]")
        new = f"{head}- [x]{right}- [ ]{wrong}"
        states = {part.state for part in quiz(self.ONE, new).questions[0].parts}
        assert states == {SAME, MOVED}

    def test_a_quiz_that_cannot_be_read_is_compared_as_text(self) -> None:
        item = quiz(self.ONE, "## Ai?\n\nKhông có phương án nào.\n")
        assert item.questions == ()
        assert item.parts

    def test_every_kind_of_question_is_read(self) -> None:
        body = read_sample()["02-kiem-tra.md"].decode() if "02-kiem-tra.md" in read_sample() else ""
        for path, content in read_sample().items():
            if path.endswith(".md") and b"kind: quiz" in content:
                body = content.decode()
                change = compare({path: body}, {path: body + "\n"}).items[0]
                assert change.questions
        assert body


WORST = {
    "one word again and again": ("a " * 100_000, "a " * 99_000 + "b"),
    "brackets": ("[" * 200_000, "[a](" * 50_000),
    "hashes": ("# " + "#" * 199_000 + "x", "* " * 100_000),
    "quotes": ("> " * 100_000, ">\n" * 100_000),
    "marks": ("**" * 100_000, "`" * 200_000),
    "paragraphs in turns": (
        "\n\n".join(f"x{n}\n\nc" for n in range(15_000)),
        "\n\n".join(f"y{n}\n\nc" for n in range(15_000)),
    ),
    "words in any order": (
        " ".join(f"w{n}" for n in range(30_000)),
        " ".join(f"w{n}" for n in Random(1).sample(range(30_000), 30_000)),
    ),
}


@pytest.mark.parametrize("name", WORST)
def test_the_longest_texts_take_seconds_not_minutes(name: str) -> None:
    old, new = WORST[name]
    begun = time.monotonic()
    lesson(old, new)
    assert time.monotonic() - begun < 20
