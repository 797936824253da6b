"""Small files of Word, written by hand: the parts that Word itself writes, and nothing else."""

from collections.abc import Mapping

from tests.zips import make_zip

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = {
    "xml": "application/xml",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "emf": "image/x-emf",
}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in (
        ("Title", "Title", ""),
        ("Heading1", "heading 1", ""),
        ("Heading2", "heading 2", ""),
        ("TOC1", "toc 1", ""),
        ("Muc", "Mục của xã", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
    )
)
LISTS = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(2))
    + "</w:abstractNum>"
    for number, kind in ((1, "bullet"), (2, "decimal"))
) + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))


def p(words: str, style: str = "", *, in_list: tuple[int, int] | None = None) -> str:
    """A paragraph; `in_list` is (number of the list: 1 bullets, 2 numbers; level from 0)."""
    numbering = f'<w:numPr><w:ilvl w:val="{in_list[1]}"/><w:numId w:val="{in_list[0]}"/></w:numPr>' if in_list else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = words if words.startswith("<") else run(words)
    return f"<w:p><w:pPr>{named}{numbering}</w:pPr>{inside}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def picture(relation: str, alt: str = "", how: str = "embed") -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alt}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def make_docx(
    body: str,
    media: Mapping[str, bytes] | None = None,
    links: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """`media` are files by name, each related as its name; `links` are outside targets by relation."""
    media, links = media or {}, links or {}
    related = "".join(f'<Relationship Id="{n}" Type="{OFFICE}/image" Target="media/{n}"/>' for n in media)
    related += "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for name, target in links.items()
        for kind in [("image" if target.endswith(".png") else "hyperlink")]
    )
    for number, kind in enumerate(("styles", "numbering", "footnotes")):
        related += f'<Relationship Id="own{number}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
    note = p("Nguồn: Bộ Công an")
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'
    types = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in TYPES.items())
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f"{XML}<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": XML + relations,
        "word/styles.xml": f"{XML}<w:styles {W}>{STYLES}</w:styles>",
        "word/numbering.xml": f"{XML}<w:numbering {W}>{LISTS}</w:numbering>",
        "word/footnotes.xml": f'{XML}<w:footnotes {W}><w:footnote w:id="2">{note}</w:footnote></w:footnotes>',
        **{f"word/media/{name}": content for name, content in media.items()},
        **(parts or {}),
    }
    return make_zip(files)
