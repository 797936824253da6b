"""Links of other programs → addresses that our pages may lead to."""

import re
from urllib.parse import parse_qs, urlsplit

from app.content.compile.fields import is_https
from app.content.interchange.document_notes import Notes

ITEM = re.compile(r"\d{1,3}-[a-z0-9-]{1,80}\.md")
"""Another item of the same course, by the name of its file."""
_KEPT = ("tel:", "mailto:")
_REDIRECTS = ("https://www.google.com/url?", "http://www.google.com/url?")
LONGEST = 2_000


def clean_link(href: str, notes: Notes) -> str:
    """The address that is meant, or "" where only the words remain (a place in the same text, a file on a disk)."""
    address = "".join(href.split())[:LONGEST]
    if not address or address.startswith("#"):
        return ""
    address = _unwrapped(address)
    if address.lower().startswith("http://"):
        address = f"https://{address[7:]}"
        notes.add("link_http")
    if address.lower().startswith(_KEPT) or is_https(address) or ITEM.fullmatch(address):
        return address
    notes.add("link_lost")
    return ""


def _unwrapped(address: str) -> str:
    """Google Docs leads every link through a page of Google's."""
    if not address.startswith(_REDIRECTS):
        return address
    try:
        wanted = parse_qs(urlsplit(address).query).get("q", [""])[0]
    except ValueError:
        return address
    return wanted if wanted.lower().startswith(("http://", "https://")) else address
