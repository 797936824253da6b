"""The text that a request brings: a file of Word, what was pasted as HTML, or plain words."""

from flask import request

from app.content.documents import document_from_docx, with_normal_pictures
from app.content.interchange.document import Document, document_from_html
from app.content.interchange.plain_document import document_from_text
from app.content.interchange.report import FileUnreadable
from app.content.interchange.word_file import MAXIMUM_BYTES
from app.shared.errors import Refusal
from app.shared.vietnamese import nfc

LARGEST_TEXT = MAXIMUM_BYTES + 1024 * 1024
"""Bytes of a request with a file of Word, or with words and the pictures among them."""


class TextUnreadable(Refusal):
    status = 422


def read_received(*, takes_title: bool) -> Document | None:
    """The fields `document`, else `html`, else `text`; None where all are empty.

    Raises:
        TextUnreadable: the file cannot be read as a file of Word.
    """
    uploaded = request.files.get("document")
    if uploaded is not None and uploaded.filename:
        try:
            return document_from_docx(uploaded.stream.read(), takes_title=takes_title)
        except FileUnreadable as error:
            raise TextUnreadable(error.reason) from None
    html, text = nfc(request.form.get("html", "")), nfc(request.form.get("text", ""))
    if html.strip():
        return with_normal_pictures(document_from_html(html, takes_title=takes_title))
    return document_from_text(text, takes_title=takes_title) if text.strip() else None
