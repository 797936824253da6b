"""A lesson file: front matter, then Markdown with headings from ## on."""

from datetime import date
from html import escape

from app.content.compile.faults import FileFaults
from app.content.compile.fields import Fields, read_sources
from app.content.compile.render import Renderer
from app.content.compile.scan import Line, scan_lines, warn_of_html
from app.shared.vietnamese import fold, short_date

KNOWN = ("sources",)


def read_lesson(
    fields: Fields, title: str, body: str, first_line: int, renderer: Renderer, faults: FileFaults
) -> tuple[str, str]:
    """HTML of the lesson with its sources at the end, and its plain text."""
    sources = read_sources(fields)
    lines = scan_lines(body, first_line, faults)
    _check_headings(lines, title, faults)
    warn_of_html(lines, faults)
    html, text = renderer.blocks(body, first_line, faults)
    if not body.strip():
        faults.add(first_line, "Bài học chưa có nội dung.")
    return html + _sources_html(sources), text


def _check_headings(lines: list[Line], title: str, faults: FileFaults) -> None:
    level, is_first = 1, True
    for line in lines:
        heading = line.heading()
        if heading is None:
            continue
        if heading[0] == 1:
            faults.add(line.number, "Tiêu đề lớn đã có ở `title:`. Trong bài dùng ## cho tiêu đề mục.")
        elif not heading[1]:
            faults.add(line.number, "Tiêu đề mục chưa có chữ.")
        elif heading[1].startswith("? "):
            faults.add(line.number, "Chưa đặt được câu hỏi trong bài học. Chuyển câu hỏi sang tệp bài kiểm tra.")
        elif heading[0] > level + 1 and heading[0] > 2:
            faults.warn(line.number, f"Tiêu đề nhảy bậc. Dùng {'#' * (level + 1)} trước {'#' * heading[0]}.")
        elif is_first and fold(heading[1]) == fold(title):
            faults.warn(line.number, "Tiêu đề mục đầu lặp lại tên bài. Bỏ đi, hoặc viết tên khác.")
        level, is_first = heading[0], False


def _sources_html(sources: list[dict[str, str]]) -> str:
    if not sources:
        return ""
    items = "".join(
        f'<li><a href="{escape(source["url"])}" rel="noopener noreferrer nofollow">{escape(source["title"])}</a> '
        f"(xem ngày {short_date(date.fromisoformat(source['checked']))})</li>"
        for source in sources
    )
    return f'\n<details class="sources"><summary>Nguồn của bài này</summary><ul>{items}</ul></details>'
