"""Whatever is pasted or uploaded in the workshop is kept as it was written; its preview is clean, nothing breaks."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask import Flask

from app.access.actor import Role, WayIn
from app.authoring.models import CourseDraft
from tests.factories import make_staff, sign_in
from tests.integration.authoring.drafts import file_at, make_draft
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
HOSTILE = Path(__file__).parents[2] / "hostile"
JSON = {"Accept": "application/json"}
CHUNK = 400
BANNED = {"script", "style", "iframe", "object", "embed", "base", "link", "meta", "math", "frame", "video"}
LEADS = {"href", "src", "action", "formaction"}
RUNS = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)


@pytest.fixture
def device(app: Flask, client: PageClient) -> PageClient:
    trainer = make_staff(Role.TRAINER, None)
    sign_in(client, trainer, WayIn.STAFF)
    client.draft = make_draft(trainer)  # type: ignore[attr-defined]
    return client


@pytest.fixture
def draft(device: PageClient) -> CourseDraft:
    return device.draft  # type: ignore[attr-defined,no-any-return]


def hostile_lines() -> list[str]:
    lines = set(json.loads((HOSTILE / "words" / "blns.json").read_text(encoding="utf-8")))
    for path in sorted((HOSTILE / "words").glob("*.txt")):
        lines.update(path.read_bytes().decode("utf-8", "replace").splitlines())
    return sorted(line for line in lines if line.strip() and not any("\ud800" <= c <= "\udfff" for c in line))


def chunks() -> Iterator[str]:
    lines = hostile_lines()
    for start in range(0, len(lines), CHUNK):
        yield "\n\n".join(lines[start : start + CHUNK])


def what_is_strange(html: str) -> list[str]:
    """Elements and attributes that could run or load anything; only our own media may be loaded."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.rpartition("}")[2].lower() in BANNED:
            found.append(element.tag)
        for written, value in element.attrib.items():
            name = str(written).lower()
            if name.startswith("on") or name in ("style", "srcdoc") or (name in LEADS and RUNS.match(value)):
                found.append(f"{element.tag} {name}={value}")
            if name == "src" and not value.startswith("/media/"):
                found.append(f"{element.tag} {name}={value}")
    return found


def preview(device: PageClient, draft: CourseDraft, text: str, path: str = "01-bai-mot.md"):
    url = f"/workshop/drafts/{draft.id}/items/{file_at(draft, path).id}"
    return device.post(f"{url}/preview", json={"text": text}, headers=JSON)


def test_every_hostile_line_is_previewed_cleanly(device: PageClient, draft: CourseDraft) -> None:
    for text in chunks():
        shown = preview(device, draft, text)
        assert shown.status_code in (200, 422), shown.text[:300]
        if shown.status_code == 200:
            assert what_is_strange(shown.json["html"]) == []


def test_every_hostile_line_is_kept_as_it_was_written(device: PageClient, draft: CourseDraft) -> None:
    from app.content.compile.text import normalise

    file = file_at(draft, "01-bai-mot.md")
    device.checks_pages = False  # html5lib calls letters that no font has a fault
    url, revision = f"/workshop/drafts/{draft.id}/items/{file.id}", file.revision
    for text in chunks():
        saved = device.put(url, json={"text": text, "revision": revision}, headers=JSON)
        assert saved.status_code in (200, 422), saved.text[:300]
        if saved.status_code == 200:
            revision = saved.json["revision"]
            assert saved.json.get("text", text).rstrip("\n") == normalise(text.encode()).rstrip("\n")
        assert device.get(url).status_code == 200


@pytest.mark.parametrize(
    "path", sorted((HOSTILE / "markdown" / "cmark-bench").glob("*.md")), ids=lambda path: path.stem
)
def test_tangled_markdown_leaves_an_answer(device: PageClient, draft: CourseDraft, path: Path) -> None:
    shown = preview(device, draft, path.read_text(encoding="utf-8")[:150_000])
    assert shown.status_code == 200
    assert what_is_strange(shown.json["html"]) == []


@pytest.mark.parametrize("path", sorted((HOSTILE / "images").iterdir()), ids=lambda path: path.name)
def test_hostile_pictures_are_taken_in_normal_form_or_refused(
    device: PageClient, draft: CourseDraft, path: Path
) -> None:
    sent = device.post(
        f"/workshop/drafts/{draft.id}/media",
        data={"file": (io.BytesIO(path.read_bytes()), path.name)},
        content_type="multipart/form-data",
        headers=JSON,
    )
    assert sent.status_code in (200, 422), sent.text[:300]
    if sent.status_code == 422:
        assert sent.json["error"]
    else:
        assert device.get(sent.json["address"]).status_code == 200


def test_hostile_names_of_items_are_shown_as_words(device: PageClient, draft: CourseDraft) -> None:
    for name in (
        '"><img src=x onerror=alert(1)>',
        "</textarea><script>alert(1)</script>",
        "{{7*7}}",
        "%s %(x)s",
        "../../x",
    ):
        made = device.post(f"/workshop/drafts/{draft.id}/items", data={"kind": "lesson", "title": name})
        assert made.status_code == 303
        page = device.get(made.location)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    assert device.get(f"/workshop/drafts/{draft.id}").status_code == 200
