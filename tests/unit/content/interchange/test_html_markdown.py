"""HTML of other programs' editors becomes Markdown that shows the same words."""

import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.compile.fragment import render_fragment
from app.content.compile.plain_text import plain_text
from app.content.interchange.html_markdown import to_markdown, to_phrase

MARKS = st.text(alphabet="ab1 *_`[]()<>&#-+=|~.!:\\/→•–>\"'{}$^đà\n", max_size=60)


def shown(markdown: str, *, inline: bool = False) -> str:
    answer = render_fragment(markdown, {}, inline=inline)
    return plain_text(answer["html"])


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Chào <b>bác</b>&nbsp;ạ</p>", "Chào **bác** ạ"),
        ("<p>a</p><p>b<br>c</p>", "a\n\nb  \nc"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start='3'><li>a<li>b</ol>", "3. a\n4. b"),
        ("<table><tr><th>A<th>B<tr><td>1|2<td>3</table>", "| A | B |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<a href='https://a.vn/x_(1)'>l</a> <a href='javascript:x'>m</a>", "[l](https://a.vn/x_%281%29) m"),
        ("<a href='tel:113'>gọi</a>", "[gọi](tel:113)"),
        ("<img src='@@PLUGINFILE@@/a b.png' alt='Màn [hình]'>", "![Màn \\[hình\\]](@@PLUGINFILE@@/a%20b.png)"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("x<code>a`b</code>", "x``a`b``"),
        ("<h3>To</h3>nhỏ", "**To**\n\nnhỏ"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("x<sup>2</sup> H<sub>2</sub>O", "x² H₂O"),
        ("Thủ đô là _____ .", "Thủ đô là ____ ."),
        ("a<script>alert(1)</script><!-- b --><style>c</style><iframe>d</iframe>e", "ae"),
        ("1 < 2 & 3 &lt;b&gt;", "1 < 2 & 3 &lt;b>"),
        ("# a", "\\# a"),
        ("<ul><li>[x] a</li><li>= 5</li><li>a -&gt; b</li></ul>", "- &#91;x\\] a\n- &#61; 5\n- a -&#62; b"),
    ],
)
def test_what_editors_write_becomes_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


def test_a_phrase_stays_on_one_line() -> None:
    assert to_phrase("<p>a<br>b</p><ul><li>c</li></ul>") == "a b c"


@settings(max_examples=150, deadline=None)
@given(MARKS)
def test_plain_words_show_as_they_are(words: str) -> None:
    expected = " ".join(words.split())
    assert shown(to_phrase(escape(words)), inline=True) == expected
    if "___" not in words:
        assert shown(to_markdown(escape(words))) == expected


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/!-ab pbliut d=\"'&;#x1*_[]()\n", max_size=120))
def test_any_text_becomes_markdown_without_tags(html: str) -> None:
    markdown = to_markdown(html)
    assert "\n" not in to_phrase(html)
    assert markdown == markdown.strip()
    assert "<script" not in markdown


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<b>",
        "<ul><li>",
        "<!--",
        '<a "',
        '<a b="',
        "<td>x",
        "<table>",
        "<blockquote>x",
        "<svg>",
        "`a",
        "<script ",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    html = piece * (200_000 // len(piece))
    began = time.perf_counter()
    to_markdown(html)
    assert time.perf_counter() - began < 8
