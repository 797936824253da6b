"""Drills: a chat told message by message, where each reply leads on and a wrong one explains."""

import pytest

from app.content.compile.drill import MAXIMUM_MESSAGES, Drill
from tests.courses.folders import compile_here, faults_in, folder_with

HEAD = """---
kind: drill
key: tinh-huong
title: Người lạ xin mã
minutes: 6
channel: zalo
from: Số lạ
---
"""
LINES = HEAD.count("\n")
SOUND = (
    "Bác đang nấu cơm.\n\n## Mở đầu\n> Chào bác.\n\n> Đọc mã nhé.\n\nBác nghĩ.\n\n"
    "- [ ] Đây: ____ -> Mất tiền\n  > Mã mở được tài khoản.\n- [x] Không\n\n"
    "## Giữa\n> Vì sao?\n- [x] Gọi ngân hàng → kết\n- [ ] Đọc mã\n  > Đừng.\n\n"
    "## Mất tiền\nTiền đã đi.\n\n## Kết\nXong.\n"
)


def drill_of(body: str, head: str = HEAD) -> Drill:
    return Drill.from_json(compile_here(folder_with(lesson=head + body)).items[0].data["drill"])


def test_messages_say_tell_and_lead_on():
    drill = drill_of(SOUND)
    assert (drill.channel, drill.sender, drill.intro_html) == ("zalo", "Số lạ", "<p>Bác đang nấu cơm.</p>")
    assert [message.key for message in drill.messages] == ["mo-dau", "giua", "mat-tien", "ket"]
    assert [who for who, _ in drill.messages[0].parts] == ["said", "said", "told"]
    assert drill.messages[2].replies == drill.messages[3].replies == ()


def test_a_reply_without_a_name_leads_on_when_good_and_back_when_wrong():
    first, second, *_ = drill_of(SOUND).messages
    assert [(reply.is_good, reply.target) for reply in first.replies] == [(False, "mat-tien"), (True, "giua")]
    assert [(reply.is_good, reply.target) for reply in second.replies] == [(True, "ket"), (False, "giua")]


def test_a_blank_in_a_reply_becomes_a_box_and_leaves_its_words():
    reply = drill_of(SOUND).messages[0].replies[0]
    assert (reply.asks_to_type, reply.html, reply.feedback_html) == (True, "Đây:", "<p>Mã mở được tài khoản.</p>")
    assert not drill_of(SOUND).messages[0].replies[1].asks_to_type


def test_a_drill_survives_being_stored():
    drill = drill_of(SOUND)
    assert Drill.from_json(drill.to_json()) == drill


@pytest.mark.parametrize("arrow", ["->", "→", "=>", "-->"])
@pytest.mark.parametrize("name", ["Kết", "kết", "KET", "kêt!"])
def test_names_are_found_as_people_type_them(arrow, name):
    assert drill_of(f"## A\n- [x] Dừng {arrow} {name}\n\n## Kết\nXong.\n").messages[0].replies[0].target == "ket"


END = "\n## Kết\nXong.\n"


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Chỉ có chữ.\n", 1, "chưa có tin nhắn nào"),
        ("".join(f"## A{number}\n- [x] tiếp\n" for number in range(MAXIMUM_MESSAGES)) + END, 1, "quá 40 đoạn"),
        ("##\n- [x] tiếp\n" + END, 1, "chưa có tên"),
        ("## Kết!\n- [x] tiếp -> Kết\n" + END, 4, "giống dòng 9"),
        ("## A\n- = 113\n" + END, 2, "viết bằng ô chọn"),
        ("## A\n- [x] tiếp\n\n> Giải thích: vì\n" + END, 4, "ngay dưới câu đáp"),
        ("## A\n- [ ] đọc mã\n- [x] tiếp\n" + END, 2, "phải có lời giải thích"),
        ("## A\n- [ ] đọc mã\n  > Đừng.\n" + END, 2, "chưa có câu đáp nên làm"),
        ("## A\n- [đúng] tiếp\n" + END, 2, "không để `đúng`"),
        ("## A\n- [100%] tiếp\n" + END, 2, "không để `100%`"),
        ("## A\n- [x]\n" + END, 2, "chưa có chữ"),
        ("## A\n- [x] tiếp -> Kếtt\n" + END, 2, "Có phải là “Kết”?"),
        ("## A\n- [x] tiếp -> Chỗ nào\n" + END, 2, "Viết đúng tên đoạn"),
        ("## A\n- [x] tiếp\n", 2, "không dẫn đi đâu"),
        ("## A\n- [x] hết -> Kết\n\n## B\n- [x] hết\n" + END, 4, "Không câu đáp nào dẫn tới đoạn “B”"),
        ("## A\n- [x] B -> B\n\n## B\n- [x] A -> A\n" + END, 1, "không đi tới kết thúc nào"),
        ("## A\n- [x] B -> B\n- [x] hết -> Kết\n\n## B\n- [x] lại -> B\n" + END, 5, "không đi tới kết thúc nào"),
        ("## A\n> Bấm [đây](https://example.vn)\n- [x] tiếp\n" + END, 2, "không đặt đường dẫn"),
        ("## A\n- [x] tiếp <https://example.vn>\n" + END, 2, "không đặt đường dẫn"),
        ("## A\n- [ ] mở\n  > Gọi [113](tel:113)\n- [x] tiếp\n" + END, 3, "không đặt đường dẫn"),
        ("## A\nchữ {{app-cua-tinh}}\n- [x] tiếp\n" + END, 2, "chỉ dùng được trong phần chữ của bài học"),
        ("## A\n- [x] tiếp\nchữ rời\n" + END, 3, "chữ rời"),
    ],
)
def test_a_drill_that_leads_nowhere_is_refused_with_its_line(body, line, words):
    faults = [fault for fault in faults_in(folder_with(lesson=HEAD + body)) if not fault.is_warning]
    assert any(fault.line == LINES + line and words in fault.reason for fault in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("channel: zalo", "channel: viber", 6, "Chọn một: zalo, sms, call"),
        ("channel: zalo", "channel: zalol", 6, "Có phải là `zalo`?"),
        ("channel: zalo\n", "", 1, "Dán dòng này vào: channel: zalo"),
        ("from: Số lạ\n", "", 1, "Dán dòng này vào: from: Số lạ"),
        ("from: Số lạ", f"from: {'a' * 61}", 7, "nhiều nhất 60"),
        ("from: Số lạ", "form: Số lạ", 7, "Có phải là `from:`?"),
    ],
)
def test_who_writes_and_where_must_be_said(old, new, line, words):
    faults = faults_in(folder_with(lesson=HEAD.replace(old, new) + SOUND))
    assert any(fault.line == line and words in fault.reason for fault in faults), faults
