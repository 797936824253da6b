"""Lessons: headings, boxes, sources, pictures."""

import pytest

from tests.courses.folders import LESSON, SVG, compile_here, faults_in, folder_with, read_sample, serious_in

HEAD = LESSON.partition("Học xong")[0]
FIRST = HEAD.count("\n") + 1


def body_of(text: str) -> str:
    return compile_here(folder_with(lesson=HEAD + text)).items[0].body


def test_the_sample_lesson_is_rendered_as_a_phone_shows_it():
    body = compile_here(read_sample()).items[0].body
    assert "<ul>\n<li>điều thứ nhất<ul>\n<li>chi tiết</li>" in body
    assert "<h2>Mục đầu</h2>" in body
    for box in ("box remember", "box warn", "box tip"):
        assert f'<blockquote class="{box}">' in body
    assert 'width="360"' in body
    assert 'loading="lazy"' in body
    assert '<th scope="col">Việc</th>' in body


def test_sources_stand_at_the_end_with_the_day_they_were_read():
    body = compile_here(read_sample()).items[0].body
    assert body.endswith("</details>")
    assert 'href="https://example.vn/nguon?a=1&amp;b=2" rel="noopener noreferrer nofollow"' in body
    assert "21/11/2026" in body


def test_links_lead_out_without_a_trace():
    assert body_of("[trang](https://example.vn)") == (
        '<p><a href="https://example.vn" rel="noopener noreferrer nofollow">trang</a></p>'
    )


def test_task_lists_stay_checklists():
    assert body_of("- [ ] Việc một\n- [x] Việc hai\n") == "<ul>\n<li>☐ Việc một</li>\n<li>☑ Việc hai</li>\n</ul>"


def test_html_is_shown_as_it_is_written():
    assert body_of("<script>alert(1)</script> <b onclick=x>a</b>") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b onclick=x&gt;a&lt;/b&gt;</p>"
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# Tên\n\nchữ", 0, "Tiêu đề lớn"),
        ("chữ\n\n##Mục", 2, "Thiếu dấu cách"),
        ("chữ\n===\n", 1, "Gạch dưới chữ"),
        ("### ? Hỏi trong bài\n- [x] a", 0, "bằng hai dấu thăng"),
        ("## ? Hỏi\n- = 113", 0, "chỉ dùng ô chọn"),
        ("## ? Hỏi\n- [x] a", 1, "ít nhất hai phương án"),
        ("## ? Hỏi\nchữ", 0, "chưa có phương án"),
        ("## \nchữ", 0, "chưa có chữ"),
        ("```\nmở", 0, "không đóng"),
        ("", 0, "chưa có nội dung"),
        ("chữ\n\n![](anh/co.svg)", 2, "thiếu lời tả"),
        ("chữ\n\n![ ](anh/co.svg)", 2, "thiếu lời tả"),
        ("![a](anh/cco.svg)", 0, "Có phải là anh/co.svg?"),
        ("![a](https://example.vn/a.png)", 0, "không lấy từ nơi khác"),
        ("![a](data:image/png;base64,AAAA)", 0, "không lấy từ nơi khác"),
        ("![a](/media/x.svg)", 0, "Không có hình"),
        ("![a](../../etc/passwd)", 0, "Không có hình"),
        ("[a](javascript:alert(1))", 0, "không dùng được"),
        ("[a](/me/erase)", 0, "không dùng được"),
        ("[a](02-bai.md)", 0, "Không có bài 02-bai.md trong khóa này"),
        ("[a](02-bai-mot.md)", 0, "Có phải là 01-bai-mot.md?"),
        ("[a](#otp)", 0, "Từ #otp chưa được giải nghĩa"),
        ("a {{app-cua-tin}}", 0, "Có phải là {{app-cua-tinh}}?"),
        ("<http://example.vn>", 0, "không dùng được"),
        ("[a](https://)", 0, "không dùng được"),
    ],
)
def test_faults_of_a_lesson_have_their_line(text, line, words):
    folder = {**folder_with(lesson=HEAD + text), "anh/co.svg": SVG}
    faults = serious_in(folder)
    assert any(fault.line == FIRST + line and words in fault.reason for fault in faults), faults


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chữ\n\n### Nhảy bậc", "nhảy bậc"),
        ("chữ\n\n## BAI MOT!", "lặp lại tên bài"),
        ("chữ <b>đậm</b>", "Thẻ HTML"),
    ],
)
def test_what_is_only_ugly_warns(text, words):
    faults = faults_in(folder_with(lesson=HEAD + text))
    assert [fault.is_warning for fault in faults] == [True]
    assert words in faults[0].reason


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ("sources:\n  - title: A\n    url: https://a.vn\n", "checked: 2026-11-21"),
        ("sources:\n  - title: A\n    url: http://a.vn\n    checked: 2026-11-21\n", "https://"),
        ("sources:\n  - title: A\n    url: https://a.vn\n    checked: 31/2/2026\n", "viết ngày như"),
        ("sources:\n  - url: https://a.vn\n    checked: 2026-11-21\n", "Thiếu `title:`"),
        ("sources:\n  - chỉ có chữ\n", "ba dòng"),
        ("sources: chữ\n", "là danh sách"),
        ("sources:\n  - title: A\n    link: https://a.vn\n    checked: 2026-11-21\n", "Không có tên `link:`"),
    ],
)
def test_a_source_that_cannot_be_checked_is_refused(sources, words):
    lesson = HEAD.replace("minutes: 6\n", f"minutes: 6\n{sources}") + "chữ"
    assert any(words in fault.reason for fault in serious_in(folder_with(lesson=lesson)))
