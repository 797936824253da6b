"""A text of Word or Google Docs becomes a lesson: headings, lists, tables and pictures survive, nothing else does."""

import base64
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.interchange.document import MAXIMUM_HTML, Document, document_from_html
from tests.courses.folders import LESSON, folder_with, serious_in
from tests.photos import make_photo
from tests.unit.content.interchange import clipboards
from tests.unit.content.interchange.clipboards import word, word_item, word_paragraph, word_picture

CORPORA = Path(__file__).parents[3] / "hostile" / "words"
EMPTY = "Bài học chưa có nội dung."
HEAD = LESSON[: LESSON.rindex("---\n") + 4]


def converted(html: str) -> str:
    return document_from_html(html).markdown


def faults_of(document: Document) -> list[str]:
    """What stops a lesson of this text; pictures wait for their words, and those of the caller are not here."""
    faults = serious_in({**folder_with(lesson=HEAD + document.markdown), **document.pictures})
    return [fault.reason for fault in faults if "lời tả" not in fault.reason and "Không có hình" not in fault.reason]


def test_the_clipboard_of_word() -> None:
    document = document_from_html(clipboards.WORD, {"file:///C:/Users/A/clip_image002.png": "anh/nguon.png"})
    assert document.title == "Tắt điện thoại đúng cách"
    assert document.markdown == clipboards.WORD_BECOMES
    said = " ".join(document.notes)
    for words in ("chưa có lời tả", "ô gộp", "Track Changes", "Mục lục", "https://", "Chú thích"):
        assert words in said
    assert faults_of(document) == []


def test_the_clipboard_of_google_docs() -> None:
    document = document_from_html(clipboards.GOOGLE)
    assert (document.title, document.markdown) == ("", clipboards.GOOGLE_BECOMES)
    assert [note[:12] for note in document.notes] == ["Bảng có ô gộ", "Lời bình luậ"]
    assert faults_of(document) == []


def test_the_clipboard_of_word_in_the_browser() -> None:
    assert converted(clipboards.WORD_ONLINE) == clipboards.WORD_ONLINE_BECOMES


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>Tên</h1><p>a</p><h2>Một</h2><h2>Hai</h2>", "a\n\n## Một\n\n## Hai"),
        ("<h1>Một</h1><p>a</p><h1>Hai</h1><h4>Sâu</h4>", "## Một\n\na\n\n## Hai\n\n### Sâu"),
        ("<h3>Sâu</h3><p>a</p><h1>Một</h1><h1>Hai</h1>", "## Sâu\n\na\n\n## Một\n\n## Hai"),
        ("<p><b>Đậm không phải mục</b></p><p>a</p>", "**Đậm không phải mục**\n\na"),
        ("<p style='mso-outline-level:2'>Mục</p><p>a</p><p style='mso-outline-level:2'>M</p>", "## Mục\n\na\n\n## M"),
        ("<h2>a</h2><h2><b>Đậm</b> <i>nghiêng</i></h2>", "## a\n\n## Đậm *nghiêng*"),
        ("<h2>x</h2><h2>? Hỏi</h2><h2>C##</h2>", "## x\n\n## &#63; Hỏi\n\n## C\\#\\#"),
        ("<h2>x</h2><h2><img src='anh/a.png' alt='Nút'>Tên</h2>", "## x\n\n## Tên\n\n![Nút](anh/a.png)"),
        ("<table><tr><td><h2>Khung</h2><ul><li>a</li></ul></td></tr></table><h2>b</h2>", "## Khung\n\n- a\n\n## b"),
        ("<table><tr><td><h2>a</h2></td><td>b</td></tr></table>", "| a | b |\n| --- | --- |"),
    ],
)
def test_true_headings_go_down_from_two_hashes(html: str, markdown: str) -> None:
    assert converted(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (word(word_item("a", "1."), word_item("b", "2."), word_item("c", "a)", 2)), "1. a\n2. b\n   1. c"),
        (word(word_item("a", "3)"), word_paragraph("x"), word_item("b", "4)")), "3. a\n\nx\n\n4. b"),
        (word(word_item("a", "§"), word_item("b", "Ø", 2), word_item("c", "ü", 2)), "- a\n  - b\n  - c"),
        (word(word_item("a", "1.1."), word_item("b", "iv.", 2)), "1. a\n   1. b"),
        (word(word_item("<b>a</b> và b")), "- **a** và b"),
        ("<ol><li>a</li></ol><p>x</p><ol start=2><li>b</li></ol>", "1. a\n\nx\n\n2. b"),
        ("<ul><li>a<p>b</p></li><li>c</ul>d", "- a\n\n  b\n\n- c\n\nd"),
        ("<h2>x</h2><h2 style='mso-list:l0 level1'><span style='mso-list:Ignore'>1. </span>a</h2>", "## x\n\n## 1. a"),
    ],
)
def test_lists_are_what_their_markers_say(html: str, markdown: str) -> None:
    assert converted(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<b style='font-weight:normal'>a</b> <span style='font-weight:600'>b</span>", "a **b**"),
        ("<span style='mso-bidi-font-weight:bold;font-weight:normal'>a</span>", "a"),
        ("a\u00adb c\u00a0d\u200be", "ab c de"),
        ("<span style='display:none'>ẩn</span>a<p style='mso-hide:all'>b</p>", "a"),
        ("m<sup>2</sup> và<sup>[1]</sup>", "m² và\\[1\\]"),
        ("<p>- a</p><p># b</p><p>&gt; c</p><p>1. d</p><p>~~~</p>", "\\- a\n\n\\# b\n\n\\> c\n\n1\\. d\n\n&#126;~~"),
        ("<p>{{ten}} {{{x}}}</p><p>&lt;!-- key: a --&gt;</p>", "&#123;{ten}} &#123;&#123;{x}}}\n\n&lt;!-- key: a -->"),
        ("<code>{{ten}}</code><pre>{{a}}\nb</pre>", "&#123;{ten}}\n\n&#123;{a}}  \nb"),
        ("Họ tên: ________", "Họ tên: " + "\\_" * 8),
        ("<a href='http://a.vn/x'>b</a> <a href='file:///C:/x'>c</a> <a href='#m'>d</a>", "[b](https://a.vn/x) c d"),
        ("<a href='tel:113'>113</a> <a href='02-bai-hai.md'>bài</a>", "[113](tel:113) [bài](02-bai-hai.md)"),
        ("<a href='javascript:alert(1)'>a</a> <a href='https://'>b</a>", "a b"),
        ("<s>cũ</s> mới", "cũ mới"),
    ],
)
def test_words_stay_words(html: str, markdown: str) -> None:
    assert converted(html) == markdown


def test_cells_over_several_rows_are_said_in_each() -> None:
    html = "<table><tr><th>a<th colspan=2>b<tr><td rowspan=3>c<td>d<td>e<tr><td>f<td>g<tr><td>h</table>"
    rows = "| a | b |  |\n| --- | --- | --- |\n| c | d | e |\n| c | f | g |\n| c | h |  |"
    assert converted(html) == rows


def test_pictures_in_the_text_come_out_each_once() -> None:
    png, jpg = make_photo("PNG"), make_photo("JPEG")
    sources = [f"data:image/png;base64,{base64.b64encode(content).decode()}" for content in (png, jpg, png)]
    document = document_from_html("".join(f"<p><img src='{each}' alt='Nút nguồn'></p>" for each in sources))
    assert document.pictures == {"anh/hinh.png": png, "anh/hinh.jpg": jpg}
    assert document.markdown.count("![Nút nguồn](anh/hinh.png)") == 2
    assert faults_of(document) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("file:///C:/a.png", "1 hình không đi theo chữ"),
        ("https://lh3.googleusercontent.com/a", "1 hình không đi theo chữ"),
        ("//a.vn/x.png", "1 hình không đi theo chữ"),
        ("../../etc/x.png", "1 hình không đi theo chữ"),
        ("data:image/png;base64,AAAA", "1 hình không đi theo chữ"),
        ("data:image/svg+xml;base64,PHN2Zy8+", "1 hình không đi theo chữ"),
        ("file:///C:/a.emf", "1 hình vẽ riêng của Word"),
    ],
)
def test_pictures_that_did_not_come_along_are_said(source: str, said: str) -> None:
    document = document_from_html(f"<p>a<img src='{source}'>b</p>")
    assert (document.markdown, document.pictures) == ("ab", {})
    assert document.notes[0].startswith(said)


@pytest.mark.parametrize(
    "alt", ["Picture 1", "image1.png", "C:\\x\\y.jpg", "Hình 3", "A cat\n\nDescription automatically generated"]
)
def test_what_programs_call_a_picture_is_no_description(alt: str) -> None:
    document = document_from_html(word_picture("anh/a.png", alt))
    assert document.markdown == "![](anh/a.png)"
    assert "chưa có lời tả" in document.notes[0]


def test_the_title_may_stay_where_it_stands() -> None:
    document = document_from_html("<p class=MsoTitle>Tên</p><h1>Mục</h1><p>a</p>", takes_title=False)
    assert (document.title, document.markdown) == ("Tên", "## Tên\n\n## Mục\n\na")


def test_a_text_box_is_left_behind_and_said() -> None:
    box = "<!--[if gte vml 1]><v:shape><v:textbox><![if !mso]><p>x</p><![endif]></v:textbox></v:shape><![endif]-->"
    document = document_from_html(word(f"<p>{box}a</p>"))
    assert document.markdown == "a"
    assert document.notes == ("1 hộp chữ (text box) bị bỏ. Chép chữ trong hộp vào bài.",)


def hostile_words() -> list[str]:
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(CORPORA.glob("*.txt"))]


@pytest.mark.parametrize("words", hostile_words())
def test_hostile_words_become_a_lesson_that_compiles(words: str) -> None:
    for html in (words, "".join(f"<p>{line}</p>" for line in words.splitlines())):
        assert not set(faults_of(document_from_html(html))) - {EMPTY}


TAGS = (
    "<p> </p> <h1> </h1> <h3> <ul> <ol> </ul> <li> <table> <tr> <td> </table> <b> </b> <blockquote> <pre> </pre> <br>"
)
MARKS = "a - # > {{b}} 1. ** __ ` | [ ] ( ) ![ <!-- ~~~ === ? <del> <code> </code> &lt;b&gt;"
PIECES = st.sampled_from([*TAGS.split(), *MARKS.split(), "\n", " ", "<img src='anh/a.png'>"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40))
def test_any_text_becomes_a_lesson_that_compiles(pieces: list[str]) -> None:
    document = document_from_html("".join(pieces))
    assert not set(faults_of(document)) - {EMPTY}


@pytest.mark.parametrize(
    "piece", ["<p>", "<ul><li>", "<table><tr><td>", "<b>x</b> ", "<h1>x", word_item("x"), "*", "<del>"]
)
def test_two_million_letters_take_seconds(piece: str) -> None:
    began = time.perf_counter()
    document_from_html(piece * (MAXIMUM_HTML // len(piece)))
    assert time.perf_counter() - began < 30


def test_what_is_too_long_is_cut_and_said() -> None:
    document = document_from_html("a " * MAXIMUM_HTML)
    assert len(document.markdown) <= MAXIMUM_HTML
    assert "phần cuối bị bỏ" in document.notes[0]
