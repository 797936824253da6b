"""A .docx → HTML, with mammoth. Done in a process of its own, never in the server.

It knows nothing of the rest of the product on purpose, as `compile/photo.py`: an attack on what reads the file finds
nothing here to steal. `app.content.documents` starts, limits and kills it, and has checked the archive before.
"""

import base64
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import mammoth

LARGEST_PICTURE = 5 * 1024 * 1024
MOST_PICTURES = 60
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='TOC Heading'] => !
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAIN_NAME = re.compile(r"[\w .,:()-]{1,100}")


def html_of(content: bytes) -> dict[str, Any]:
    """The HTML, its pictures as data: URLs, and whether formulas were left out.

    Raises:
        Exception: whatever the library finds wrong with the file.
    """
    pictures = 0

    def source_of(image: Any) -> dict[str, str]:
        nonlocal pictures
        pictures += 1
        kind = str(image.content_type or "")
        if not re.fullmatch(r"image/(?:png|jpeg|jpg|webp)", kind) or pictures > MOST_PICTURES:
            return {"src": f"data:{kind[:40]}," if re.fullmatch(r"[\w/+.-]+", kind) else "lost"}
        try:
            with image.open() as opened:
                body = opened.read(LARGEST_PICTURE + 1)
        except (OSError, KeyError, ValueError, RuntimeError):
            return {"src": "lost"}
        if len(body) > LARGEST_PICTURE:
            return {"src": "lost"}
        return {"src": f"data:{kind};base64,{base64.b64encode(body).decode()}"}

    result = mammoth.convert_to_html(
        io.BytesIO(content),
        style_map=STYLES + _outlined_styles(content),
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=mammoth.images.img_element(source_of),
    )
    said = " ".join(str(message.message) for message in result.messages)
    return {"html": result.value, "formulas": "oMath" in said}


def _outlined_styles(content: bytes) -> str:
    """Styles of the author's own that Word shows in the outline: headings by another name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "word/styles.xml" not in archive.namelist():
            return ""
        root = ElementTree.fromstring(archive.read("word/styles.xml"))  # noqa: S314 -- a document type was refused before
    lines = []
    for style in root.iter(f"{_W}style"):
        name, level = style.find(f"{_W}name"), style.find(f"{_W}pPr/{_W}outlineLvl")
        words = name.get(f"{_W}val", "") if name is not None else ""
        said = level.get(f"{_W}val", "") if level is not None else ""
        if said in tuple("012345") and _PLAIN_NAME.fullmatch(words):
            lines.append(f"p[style-name='{words}'] => h{int(said) + 1}:fresh")
    return "\n".join(lines)


def answer_to(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; what cannot be read is an answer too."""
    try:
        content = base64.b64decode(request["content"])
        return html_of(content) if content else {"html": "", "formulas": False}
    except Exception as error:
        return {"error": repr(error)[:200]}
