"""Rendering and sanitising of single fragments."""

import html5lib
import pytest

from app.content.compile.fragment import ATTRIBUTES, CLEANER, TAGS, render_fragment
from app.content.compile.plain_text import plain_text
from app.content.compile.straighten import straighten

ADDRESS = f"/media/{'a' * 64}.svg"
PICTURES = {"pictures": {"anh/một.svg": (ADDRESS, 360, 220, "")}}
SAFE_ATTRIBUTES = {name for names in ATTRIBUTES.values() for name in names} | {"rel", "class"}


def html_of(source: str, *, inline: bool = False) -> str:
    return render_fragment(source if inline else straighten(source), PICTURES, inline=inline)["html"]


class TestLists:
    @pytest.mark.parametrize(
        "source",
        ["Mở đầu:\n- a\n- b", "Mở đầu:\n\n- a\n- b", "Mở đầu:\n• a\n• b", "Mở đầu:\n– a\n– b", "Mở đầu:\n* a\n* b"],
    )
    def test_a_list_needs_no_blank_line(self, source):
        assert html_of(source) == "<p>Mở đầu:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"

    @pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
    def test_any_indent_nests(self, indent):
        assert html_of(f"- a\n{indent}- b\n- c") == "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>"

    def test_a_numbered_list_goes_on_after_a_picture(self):
        assert html_of("1. a\n\n> **Nhớ:** x\n\n2. b").endswith('<ol start="2">\n<li>b</li>\n</ol>')

    def test_numbers_with_brackets_are_a_list(self):
        assert html_of("1) a\n2) b") == "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"

    def test_a_year_at_the_start_of_a_line_is_no_list(self):
        assert html_of("Từ năm\n2026. Xong") == "<p>Từ năm\n2026. Xong</p>"

    def test_a_list_inside_a_box_needs_no_blank_line(self):
        assert "<ul>\n<li>a</li>" in html_of("> **Nhớ:** gồm\n> - a\n> - b")

    def test_a_paragraph_may_belong_to_an_item(self):
        assert html_of("1. a\n\n   thêm\n2. b").count("<ol>") == 1

    def test_indented_text_is_text(self):
        assert html_of("    thụt vào") == "<p>thụt vào</p>"


class TestBoxes:
    @pytest.mark.parametrize(
        ("word", "box"),
        [("**Nhớ:**", "remember"), ("**Cẩn thận:**", "warn"), ("**Mẹo:**", "tip"), ("**NHỚ**:", "remember")],
    )
    def test_quotes_that_begin_with_the_word_become_boxes(self, word, box):
        assert html_of(f"> {word} chữ").startswith(f'<blockquote class="box {box}">')

    @pytest.mark.parametrize("quote", ["> chữ", "> Nhớ: chữ", "> **Nhớ** chữ", "> chữ **Nhớ:** sau", "> **Khác:** chữ"])
    def test_other_quotes_stay_quotes(self, quote):
        assert html_of(quote).startswith("<blockquote>")

    def test_two_boxes_in_a_row_stay_two(self):
        assert html_of("> **Nhớ:** a\n\n> **Mẹo:** b").count("<blockquote") == 2


class TestPictures:
    @pytest.mark.parametrize("path", ["anh/một.svg", "./anh/một.svg", "anh/m%E1%BB%99t.svg", "anh/mo\u0323\u0302t.svg"])
    def test_every_spelling_of_the_path_finds_the_picture(self, path):
        assert html_of(f"![tả]({path})") == (
            f'<p><img alt="tả" height="220" loading="lazy" src="{ADDRESS}" width="360"></p>'
        )

    def test_unknown_pictures_are_told_and_lose_their_address(self):
        answer = render_fragment("![tả](x.svg) ![](https://a.vn/b.png)", PICTURES)
        assert answer["images"] == [("x.svg", "tả"), ("https://a.vn/b.png", "")]
        assert "src" not in answer["html"]

    def test_the_words_of_a_page_hold_what_a_picture_shows(self):
        assert plain_text(render_fragment("a ![tả hình](anh/một.svg) b", PICTURES)["html"]) == "a tả hình b"

    def test_a_photo_is_offered_as_webp_to_phones_that_know_it(self):
        photo = ADDRESS.replace(".svg", ".jpg")
        webp = photo.replace(".jpg", ".webp")
        assert render_fragment("![tả](a.jpg) sau", {"pictures": {"a.jpg": (photo, 720, 540, webp)}})["html"] == (
            f'<p><picture><source srcset="{webp}" type="image/webp">'
            f'<img alt="tả" height="540" loading="lazy" src="{photo}" width="720"></picture> sau</p>'
        )


def test_phrases_are_never_blocks():
    assert html_of("# 1. - > a | b", inline=True) == "# 1. - &gt; a | b"
    assert html_of("**a** `b`", inline=True) == "<strong>a</strong> <code>b</code>"


def test_words_of_blocks_are_parted_and_words_of_phrases_are_not():
    html = render_fragment("## Mục\nmột**hai**\n\n- ba\n- bốn", PICTURES)["html"]
    assert plain_text(html) == "Mục mộthai ba bốn"


def test_mail_addresses_may_be_linked():
    assert render_fragment("<a@b.vn>", PICTURES)["links"] == [("mailto:a@b.vn", "a@b.vn")]


def test_what_changes_when_cleaned_again_is_refused():
    with pytest.raises(ValueError, match="unstable"):
        render_fragment("&#13;", PICTURES)


# From payloadbox/xss-payload-list, swisskyrepo/PayloadsAllTheThings and markdown-it (MIT).
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><svg onload=alert(1)//',
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](vbscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](&#74;avascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript&#x3A;alert(1))",
    "[x](//evil.example)",
    "[x](/me/erase)",
    "![x](javascript:alert(1))",
    "![x](/sign-out)",
    "![x](https://evil.example/p.gif)",
    '![x](anh/một.svg "a" onerror=alert(1))',
    '![" onerror="alert(1)](anh/một.svg)',
    '[x](https://a.vn "" onmouseover="alert(1)")',
    '<https://a.vn/"onmouseover=alert(1)>',
    "<javascript:alert(1)>",
    "x{: onclick=alert(1) }",
    '```"><script>alert(1)</script>\nx\n```',
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "> **Nhớ:** <iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\x02klzzwxh:0000\x03<b onclick=x>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("inline", [False, True], ids=["blocks", "phrase"])
def test_nothing_runs_or_fetches(attack, inline):
    page = html5lib.parse(html_of(attack, inline=inline), namespaceHTMLElements=False)
    for element in page.iter():
        assert element.tag in TAGS | {"html", "head", "body"}
        assert set(element.attrib) <= SAFE_ATTRIBUTES
        assert element.get("href", "https:").startswith(("https:", "mailto:", "tel:"))
        assert element.get("src", ADDRESS) == ADDRESS


@pytest.mark.parametrize(
    "html",
    [
        '<p id="x" class="y" style="z" data-a="b">a</p>',
        '<img src="/sign-out"><img src="/media/x.svg"><img src="//a.vn/b.png">',
        '<picture><source srcset="//a.vn/b.webp 2x" src="/sign-out"><source srcset="/sign-out" type="x/y"></picture>',
        '<blockquote class="box evil">a</blockquote><div class="box">b</div>',
        '<a href="/me" target="_blank">a</a><form action="/x"><input></form>',
        "<iframe></iframe><object></object><embed><base><meta><link><style>*{}</style>",
    ],
)
def test_the_allow_list_is_closed(html):
    cleaned = CLEANER.clean(html)
    for word in (
        "id=",
        "style",
        "data-",
        "target",
        "<form",
        "<input",
        "<div",
        "evil",
        "src=",
        "srcset=",
        'href="/',
        "<iframe",
        "<meta",
    ):
        assert word not in cleaned
