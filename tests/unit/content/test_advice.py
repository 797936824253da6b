"""Advice on plain writing: warns, stops nothing, and is silent where nothing is wrong."""

import pytest

from app.content.compile.advice import LONGEST_LESSON, LONGEST_SENTENCE
from tests.courses.folders import LESSON, SVG, faults_in, folder_with

HEAD = LESSON.partition("Học xong")[0]
FIRST = HEAD.count("\n") + 1
LONG = "bác " * LONGEST_SENTENCE + "ơi"


def advice_on(text: str, front: str = "") -> list[tuple[int, str]]:
    """Line within `text` and reason of each warning."""
    head = HEAD.replace("minutes: 6\n", f"minutes: 6\n{front}")
    folder = {**folder_with(lesson=head + text), "anh/o.svg": SVG}
    faults = [fault for fault in faults_in(folder) if fault.file == "01-bai-mot.md"]
    assert all(fault.is_warning for fault in faults), faults
    return [(fault.line - head.count("\n"), fault.reason) for fault in faults]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"{LONG}.\n", 1, f"dài {LONGEST_SENTENCE + 1} chữ"),
        (f"Ngắn. Ngắn.\n\n- {LONG}\n", 3, "Tách ra"),
        (f"Một\n{LONG}.\n", 1, "Tách ra"),
        (f"> {LONG}\n", 1, "Tách ra"),
        (f"## {LONG}\n", 1, "Tách ra"),
        ("Bác mở server.\n", 1, "chưa giải nghĩa: server"),
        ("Bác tắt máy.\n\nBác mở Server và SERVER.\n", 3, "chưa giải nghĩa: server"),
        ("Bác bác bác bác bác. " * (LONGEST_LESSON // 5 + 1), 1, "Chia thành hai bài"),
        ("## Mục\n\n#### Nhảy\n", 3, "nhảy bậc"),
    ],
)
def test_what_is_hard_to_read_is_named_with_its_line(text, line, words):
    found = advice_on(text)
    assert len(found) == 1
    assert found[0][0] == line
    assert words in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "bác " * LONGEST_SENTENCE + "\n",
        "\n".join(["Bác tắt máy."] * 40) + "\n",
        f"```\n{LONG} server\n```\n",
        f"[{'bác ' * 20}](https://example.vn/{'a' * 200}) {'bác ' * 8}\n",
        "Bác gõ vào máy chủ (server).\n\nMở server.\n",
        "Cái đó gọi là server.\n",
        "Facebook, Zalo, internet.\n",
        "Công ty Server ở Hà Nội.\n",
        "| bác | server |\n".replace("server", "máy"),
        "{{app-cua-tinh}} là " + "bác " * 20 + "\n",
    ],
    ids=[
        "thirty", "sentences", "code", "addresses", "in-brackets", "introduced", "known", "a-name", "table", "words",
    ],
)  # fmt: skip
def test_what_is_easy_to_read_is_left_alone(text):
    assert advice_on(text) == []


def test_a_word_that_is_explained_as_a_term_is_no_foreign_word():
    terms = "terms:\n  server: máy ở xa\n"
    assert advice_on("Bác mở [server](#server). Rồi tắt server.\n", terms) == []


def test_no_more_words_are_named_than_can_be_read():
    (_, reason), *others = advice_on("server, link, click, website, smartphone, email, admin.\n")
    assert others == []
    assert reason.count(",") <= 5
