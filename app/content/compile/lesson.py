"""A lesson file: Markdown with headings from ## on, boxes, explained words, and questions that do not count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from app.content.compile.advice import advise_on_lesson
from app.content.compile.faults import FileFaults
from app.content.compile.fields import Fields, read_sources, read_terms
from app.content.compile.inline_question import inline_question
from app.content.compile.render import Renderer
from app.content.compile.scan import Line, joined, scan_lines, warn_of_html
from app.shared.vietnamese import fold, short_date

KNOWN = ("sources", "terms")
QUESTION = "? "
_WORD = re.compile(r"\{\{([a-z0-9-]{1,80})\}\}")
_PHONES = ('class="phone android"', 'class="phone iphone"', 'class="box phone')


@dataclass(frozen=True, slots=True)
class Lesson:
    html: str
    text: str
    words: tuple[str, ...]
    """Names of the words that differ by province; they stand in the HTML as `{{name}}`."""
    has_phones: bool
    """Whether parts are for one kind of phone only."""


def read_lesson(
    fields: Fields, title: str, body: str, first_line: int, renderer: Renderer, faults: FileFaults
) -> Lesson:
    """Compile a lesson; after faults the result is incomplete and must not be used."""
    sources = read_sources(fields)
    terms = {**renderer.terms, **read_terms(fields)}
    lines = scan_lines(body, first_line, faults)
    _check_headings(lines, title, faults)
    warn_of_html(lines, faults)
    advise_on_lesson(lines, terms, faults)
    htmls: list[str] = []
    texts: list[str] = []
    linked: dict[str, str] = {}
    for number, part in enumerate(_split(lines)):
        html, text, links = _render_part(part, number, terms, renderer, faults)
        htmls.append(html)
        texts.append(text)
        linked = {**links, **linked}
    if not body.strip():
        faults.add(first_line, "Bài học chưa có nội dung.")
    html = "\n".join(htmls)
    explained = {name: words for name, words in linked.items() if name in terms}
    whole = _with_ways_back(html, explained) + _terms_html(explained, terms, renderer, fields) + _sources_html(sources)
    return Lesson(
        whole,
        " ".join(texts),
        tuple(sorted(set(_WORD.findall(whole)))),
        any(mark in html for mark in _PHONES),
    )


def _split(lines: list[Line]) -> list[list[Line]]:
    """The lesson cut before and after each question in it."""
    parts: list[list[Line]] = [[]]
    for line in lines:
        heading = line.heading()
        starts_question = heading is not None and heading[0] == 2 and heading[1].startswith(QUESTION)
        ends_question = heading is not None and heading[0] <= 2 and parts[-1] and _is_question(parts[-1])
        if starts_question or ends_question:
            parts.append([])
        parts[-1].append(line)
    return parts


def _is_question(part: list[Line]) -> bool:
    heading = part[0].heading()
    return heading is not None and heading[0] == 2 and heading[1].startswith(QUESTION)


def _render_part(
    part: list[Line], number: int, terms: dict[str, str], renderer: Renderer, faults: FileFaults
) -> tuple[str, str, dict[str, str]]:
    """HTML, plain text, and the words that are explained with the text that links to them first."""
    if part and _is_question(part):
        html, text = inline_question(part, number, renderer, faults)
        return html, text, {}
    if not part:
        return "", "", {}
    answer = renderer.rendered(joined(part), part[0].number, faults, terms=list(terms), has_words=True)
    links = {address[1:]: words for address, words in reversed(answer["links"]) if address.startswith("#")}
    return answer["html"], answer["text"], links


def _check_headings(lines: list[Line], title: str, faults: FileFaults) -> None:
    level, is_first = 1, True
    for line in lines:
        heading = line.heading()
        if heading is None:
            continue
        if heading[0] == 1:
            faults.add(line.number, "Tiêu đề lớn đã có ở `title:`. Trong bài dùng ## cho tiêu đề mục.", "title")
        elif not heading[1]:
            faults.add(line.number, "Tiêu đề mục chưa có chữ.")
        elif heading[1].startswith(QUESTION) and heading[0] > 2:
            faults.add(line.number, "Câu hỏi trong bài viết bằng hai dấu thăng: ## ? Câu hỏi")
        elif heading[0] > level + 1 and heading[0] > 2:
            reason = f"Tiêu đề nhảy bậc. Dùng {'#' * (level + 1)} trước {'#' * heading[0]}."
            faults.warn(line.number, reason, "jump", "#" * heading[0], "#" * (level + 1))
        elif is_first and fold(heading[1]) == fold(title):
            faults.warn(line.number, "Tiêu đề mục đầu lặp lại tên bài. Bỏ đi, hoặc viết tên khác.", "again")
        level, is_first = heading[0], False


def _with_ways_back(html: str, names: Iterable[str]) -> str:
    """The first link to each explained word can be returned to."""
    for name in names:
        html = html.replace(f'href="#tu-{name}"', f'href="#tu-{name}" id="o-{name}"', 1)
    return html


def _terms_html(names: dict[str, str], terms: dict[str, str], renderer: Renderer, fields: Fields) -> str:
    """The explanations: a list at the end of the lesson; a tap on the word brings one of them onto the screen."""
    if not names:
        return ""
    line = fields.line_of("terms")
    items = "".join(
        f'<div id="tu-{name}"><dt>{escape(words)}</dt>'
        f"<dd>{renderer.phrase(terms[name], line, fields.faults)[0]} "
        f'<a class="close" href="#o-{name}">Đóng</a></dd></div>'
        for name, words in names.items()
    )
    return f'\n<section class="terms"><h2>Từ trong bài</h2><dl>{items}</dl></section>'


def _sources_html(sources: list[dict[str, str]]) -> str:
    if not sources:
        return ""
    items = "".join(
        f'<li><a href="{escape(source["url"])}" rel="noopener noreferrer nofollow">{escape(source["title"])}</a> '
        f"(xem ngày {short_date(date.fromisoformat(source['checked']))})</li>"
        for source in sources
    )
    return f'\n<details class="sources"><summary>Nguồn của bài này</summary><ul>{items}</ul></details>'
