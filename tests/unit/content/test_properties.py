"""Whatever an author types: faults with a line, never a crash."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.compile.normal_form import hash_files, normalised_files
from app.content.compile.text import normalise
from tests.courses.folders import COURSE, LESSON, QUIZ_HEAD, faults_in, folder_with

PIECES = st.sampled_from(
    [
        "## Hỏi?\n", "# Nhóm: A\n", "<!-- key: q-a -->\n", "<!-- points: x -->\n", "- [ ] a\n", "- [x] b\n",
        "- [X] c\n", "  > vì\n", "\t> vì\n", "> Giải thích: d\n", "- = 113\n", "```\n", "~~~\n", "---\n", "===\n",
        "    - [x] e\n", "![](x.svg)\n", "[a](b)\n", "| a |\n|---|\n| b |\n", "1. f\n", "chữ\n", "\n", "\u200b",
        "\u00a0", "\r\n", "\\[x\\]", "- [", "](", "<b>", "&#13;", "**", "_", "`", "> > >", "- - -\n", "##g\n",
        "key: a\n", "a: [b\n", "? x\n: y\n",
    ]
)  # fmt: skip
TEXT = st.lists(PIECES | st.text(max_size=12), max_size=30).map("".join)
WITHIN_REASON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_sound(faults):
    for fault in faults:
        assert fault.line >= 1
        assert fault.reason
        assert "\n" not in f"{fault.file}"


@WITHIN_REASON
@given(TEXT)
def test_any_quiz_compiles_or_says_why_not(text):
    assert_sound(faults_in(folder_with(quiz=(QUIZ_HEAD + text).encode("utf-8", "surrogatepass"))))


@WITHIN_REASON
@given(TEXT)
def test_any_lesson_compiles_or_says_why_not(text):
    assert_sound(faults_in(folder_with(lesson=(LESSON + text).encode("utf-8", "surrogatepass"))))


@WITHIN_REASON
@given(TEXT)
def test_any_course_yml_compiles_or_says_why_not(text):
    assert_sound(faults_in(folder_with(course=(COURSE + text).encode("utf-8", "surrogatepass"))))


@WITHIN_REASON
@given(TEXT)
def test_any_front_matter_compiles_or_says_why_not(text):
    lesson = f"---\n{text}\n---\nchữ".encode("utf-8", "surrogatepass")
    assert_sound(faults_in(folder_with(lesson=lesson)))


@WITHIN_REASON
@given(st.dictionaries(st.text(min_size=1, max_size=20), st.binary(max_size=60), max_size=6))
def test_any_folder_compiles_or_says_why_not(folder):
    assert_sound(faults_in(folder))


@WITHIN_REASON
@given(st.text(max_size=200))
def test_the_normal_form_of_a_text_stays_as_it_is(text):
    once = normalise(text.encode("utf-8", "replace"))
    assert normalise(once.encode()) == once


@WITHIN_REASON
@given(TEXT)
def test_the_hash_of_a_folder_survives_going_out_and_in(text):
    folder = folder_with(lesson=(LESSON + text).encode("utf-8", "replace"))
    files = normalised_files(folder)
    again = normalised_files({path: content.encode() for path, content in files.items()})
    assert hash_files(again) == hash_files(files)
