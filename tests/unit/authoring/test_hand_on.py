"""Taking lessons apart, choosing what fits on a page, and sharing out the minutes of a meeting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.authoring.hand_on.handout import PRIORITY, Placed, choose, height_of, room_for
from app.authoring.hand_on.lesson_parts import Box, Line, read_lesson_parts
from app.authoring.hand_on.meeting_words import shortened
from app.authoring.hand_on.run_sheet import (
    BREAKS,
    CLOSING,
    GREETING,
    LENGTHS,
    break_after,
    how_many_fit,
    share_out,
)
from app.authoring.hand_on.share import in_one_line, qr_rows
from tests.courses.folders import LESSON, SVG, compile_here, folder_with

BODY = """Học xong bài này, bác biết tắt máy.

## Việc cần làm
![Một ô vuông](anh/o.svg)

1. Mở **cài đặt**.
2. Chọn `Tắt`.

> **Nhớ:** đọc *kỹ* rồi mới bấm. Mã [OTP](#otp) giữ cho mình.

> **Các bước:**
>
> 1. Tắt máy
> 2. Gọi **113**

> **Cẩn thận:** Ai giục cũng mặc.

> **Mẹo:** Làm thử.

> Lời trích không phải là ô.

> **Android:** Vuốt xuống.

## ? Ai được xem mã?
- [ ] Con
- [x] Không ai
"""
WORDS = "terms:\n  otp: mã dùng một lần\n"
PIECES = st.text(alphabet="abcdeg h", min_size=1, max_size=300).map(lambda text: text.strip() or "a")
BOXES = st.lists(
    st.builds(
        lambda kind, texts: Placed("Bài", 1, Box(kind, "Nhớ", tuple(Line(text) for text in texts))),
        st.sampled_from(PRIORITY),
        st.lists(PIECES, min_size=1, max_size=4),
    ),
    max_size=30,
)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=60)


def test_a_lesson_is_taken_apart_into_what_can_be_handed_on() -> None:
    lesson = LESSON.replace("minutes: 6\n", f"minutes: 6\n{WORDS}").split("Học xong")[0] + BODY
    item = compile_here(folder_with(lesson=lesson) | {"anh/o.svg": SVG}).items[0]
    parts = read_lesson_parts(item.body)
    assert parts.opening == "Học xong bài này, bác biết tắt máy."
    assert parts.headings == ("Việc cần làm",)
    assert parts.steps == ("Mở cài đặt.", "Chọn Tắt.")
    assert parts.pictures == ("Một ô vuông",)
    assert parts.question == "Ai được xem mã?"
    assert [(box.kind, box.label, box.text) for box in parts.boxes] == [
        ("remember", "Nhớ", "Đọc kỹ rồi mới bấm. Mã OTP giữ cho mình."),
        ("steps", "Các bước", "1. Tắt máy 2. Gọi 113"),
        ("warn", "Cẩn thận", "Ai giục cũng mặc."),
        ("tip", "Mẹo", "Làm thử."),
    ]


@pytest.mark.parametrize(
    "html", ["", "<p>Xin</p>", "</div><p>Lạ</b>", "<blockquote class='box remember'></blockquote>"]
)
def test_a_lesson_without_boxes_has_none(html: str) -> None:
    assert read_lesson_parts(html).boxes == ()


@given(BOXES, st.text(alphabet="abc ", min_size=1, max_size=200))
def test_what_is_printed_fits_and_no_reminder_waits_behind_a_warning(found: list[Placed], title: str) -> None:
    room = room_for(title)
    chosen = choose(found, room)
    assert sum(height_of(found[index].box) for index in chosen) <= room
    assert chosen == choose(found, room)
    left = room - sum(height_of(found[i].box) for i in chosen if found[i].box.kind == "remember")
    for index, placed in enumerate(found):
        if placed.box.kind == "remember" and index not in chosen:
            assert height_of(placed.box) > min(left, room * 0.6)


def test_boxes_come_by_kind_before_they_come_by_lesson() -> None:
    long = "chữ " * 100
    found = [Placed("Bài", 1, Box(kind, "Ô", (Line(long),))) for kind in ("warn", "steps", "remember", "remember")]
    height = height_of(found[0].box)
    assert choose(found, 2 * height) == {2, 3}
    assert choose(found, 3 * height) == {1, 2, 3}


@given(WEIGHTS, st.sampled_from(LENGTHS))
def test_the_minutes_of_a_meeting_add_up_exactly(weights: list[int], length: int) -> None:
    room = length - GREETING - CLOSING - BREAKS[length]
    kept = weights[: how_many_fit(len(weights), room)]
    minutes = share_out(kept, room)
    assert sum(minutes) == room
    assert len(minutes) == len(kept)
    assert min(minutes) >= 3


@given(st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=9))
def test_longer_items_get_no_less_time(weights: list[int]) -> None:
    minutes = share_out(weights, 90)
    assert all(minute % 5 == 0 for minute in minutes)
    for one, its in zip(weights, minutes, strict=True):
        for other, others in zip(weights, minutes, strict=True):
            assert one <= other or its >= others


def test_six_short_lessons_share_ninety_minutes() -> None:
    assert share_out([6, 6, 7, 7, 6, 6], 90) == [15, 15, 15, 15, 15, 15]
    assert share_out([5, 10, 30], 90) == [15, 20, 55]
    assert share_out([0, 0], 45) == [25, 20]
    assert share_out([], 90) == []


@given(st.lists(st.integers(min_value=3, max_value=60), min_size=1, max_size=20))
def test_the_break_is_near_the_middle_and_never_before_the_first_item(minutes: list[int]) -> None:
    blocks = [GREETING, *minutes]
    count = break_after(blocks, sum(blocks))
    assert 2 <= count <= len(blocks)
    best = min(abs(sum(blocks[:n]) - sum(blocks) / 2) for n in range(2, max(3, len(blocks))))
    assert abs(sum(blocks[:count]) - sum(blocks) / 2) == best


def test_long_words_end_with_a_sentence_or_a_word() -> None:
    assert shortened("Một câu. Hai câu.", 40) == "Một câu. Hai câu."
    assert shortened("Một câu. Hai câu dài hơn.", 15) == "Một câu."
    assert shortened("Một câu rất dài, không hết", 18) == "Một câu rất dài…"


def test_lines_that_become_one_are_told_apart_by_full_stops() -> None:
    assert in_one_line("Không bị lừa\nHọc 38 phút.\n\nAi học được?") == "Không bị lừa. Học 38 phút. Ai học được?"
    assert in_one_line("Một dòng") == "Một dòng."


def test_the_drawn_qr_is_a_square_of_modules() -> None:
    rows = qr_rows("https://hoc.example.vn/courses/x?xa=14812").split(" ")
    assert {len(row) for row in rows} == {len(rows)}
    assert set("".join(rows)) == {"0", "1"}
