"""A long text is offered as lessons that can each be read in one sitting; nothing of it is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.interchange.lessons import LONGEST, Lesson, count_words, join_lessons, propose_lessons
from app.content.interchange.plain_document import document_from_text
from tests.courses.folders import LESSON, faults_in, folder_with

HEAD = LESSON[: LESSON.rindex("---\n") + 4]


def prose(words: int) -> str:
    return "\n\n".join(["Bác giữ nút nguồn ba giây rồi chờ."] * (words // 8))


def titles(*lessons: Lesson) -> list[str]:
    return [lesson.title for lesson in lessons]


def test_a_short_text_is_one_lesson_with_the_title_of_the_text() -> None:
    (lesson,) = propose_lessons(f"{prose(80)}\n\n## Một\n\n{prose(80)}", "Tắt máy")
    assert (lesson.title, lesson.words, lesson.minutes) == ("Tắt máy", 161, 2)
    assert propose_lessons("") == ()


def test_a_long_text_is_cut_at_its_highest_headings() -> None:
    sections = [f"## Mục {n}\n\n{prose(240)}\n\n### Con {n}\n\n{prose(160)}" for n in range(1, 4)]
    lessons = propose_lessons("\n\n".join(sections))
    assert titles(*lessons) == ["Mục 1", "Mục 2", "Mục 3"]
    assert lessons[0].markdown.count("## Con 1") == 1
    assert "###" not in lessons[0].markdown


def test_a_section_that_is_too_long_is_cut_at_its_own_headings_or_between_blocks() -> None:
    lessons = propose_lessons(f"## Một\n\n{prose(400)}\n\n### Con\n\n{prose(400)}\n\n## Hai\n\n{prose(1_400)}")
    assert titles(*lessons) == ["Một", "Con", "Hai", "Hai, phần 2", "Hai, phần 3"]
    assert all(lesson.words <= LONGEST for lesson in lessons)


def test_short_sections_stay_together() -> None:
    lessons = propose_lessons(
        f"Lời mở đầu.\n\n## Một\n\nNgắn.\n\n## Hai\n\n{prose(500)}\n\n## Ba\n\n{prose(400)}", "Tên"
    )
    assert titles(*lessons) == ["Tên", "Ba"]
    assert lessons[0].markdown.startswith("Lời mở đầu.\n\n## Một\n\nNgắn.\n\n## Hai")


def test_footnotes_go_with_the_lesson_that_names_them() -> None:
    lessons = f"## Một\n\n{prose(400)} Xem\\[1\\].\n\n## Hai\n\n{prose(400)} Xem\\[2\\]."
    text = f"{lessons}\n\n\\[1\\] Nguồn a\n\n\\[2\\] Nguồn b"
    first, second = propose_lessons(text)
    assert first.markdown.endswith("\\[1\\] Nguồn a")
    assert second.markdown.endswith("\\[2\\] Nguồn b")
    assert "Nguồn b" not in first.markdown


def test_code_and_lists_are_never_cut() -> None:
    code = "```\n" + "a b c\n\n" * 150 + "## không phải mục\n```"
    listed = "\n".join(f"- ý {n} {'chữ ' * 6}" for n in range(120))
    for block in (code, listed):
        lessons = propose_lessons(f"{prose(400)}\n\n{block}\n\n{prose(400)}")
        assert any(block in lesson.markdown for lesson in lessons)


def test_lessons_join_under_the_title_of_the_first() -> None:
    joined = join_lessons([Lesson("Một", "a", 1), Lesson("Hai", "b", 1), Lesson("", "c", 1)])
    assert joined == Lesson("Một", "a\n\n## Hai\n\nb\n\nc", 4)


BLOCK = st.sampled_from(
    ["## Mục", "### Con", "#### Sâu", prose(40), prose(300), prose(900), "- a\n- b", "> **Nhớ:** a"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCK, max_size=14))
def test_nothing_is_lost_and_each_lesson_compiles(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    lessons = propose_lessons(text)
    kept = sum(count_words(f"{lesson.title if lesson.title in text else ''} {lesson.markdown}") for lesson in lessons)
    assert kept >= count_words(text.replace("phần", ""))
    for lesson in lessons:
        reasons = {fault.reason for fault in faults_in(folder_with(lesson=HEAD + lesson.markdown))}
        assert not [reason for reason in reasons if "nhảy bậc" in reason]


def test_plain_text_keeps_what_people_type_to_mean_it() -> None:
    document = document_from_text("# Tên\n\nMở đầu **thật**.\n- a\n  • b\n1. x\n2) y\n## Mục\n#không\n5 - 3\n| a | b |")
    assert document.title == "Tên"
    assert document.markdown.split("\n\n") == [
        "Mở đầu \\*\\*thật\\*\\*.",
        "- a\n  - b",
        "1. x\n2. y",
        "## Mục",
        "\\#không",
        "5 - 3",
        "| a | b |",
    ]
