"""What the editor of a text needs from its page: addresses, the text, and the buttons for its kind of item."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext

from app.access.declare import current_actor
from app.authoring.drafts import live_files
from app.authoring.editor_marks import marks_for
from app.authoring.editor_tools import Tool, tools_for
from app.authoring.item_text import ItemText
from app.authoring.models import CourseDraft, DraftFile
from app.content.compile.fragment import BOXES, FOLDED


@dataclass(frozen=True, slots=True)
class EditorPart:
    """For `authoring/_editor.html`. The text is that of the item without its front matter."""

    kind: str
    """`lesson`, `practice` or `drill`."""
    text: str
    revision: int
    keep_key: str
    """By which unsent text is kept in the browser: the person and the file, so that two people on one machine never
    get each other's; and that it is text, for the form of a quiz keeps its own kind under the same file."""
    save_url: str
    """Takes PUT (JSON) and, from the form alone, POST."""
    preview_url: str
    try_url: str
    """The item as a learner has it: for the form alone."""
    media_url: str
    convert_url: str
    session_url: str
    sign_in_url: str
    title: str
    minutes: str
    channel: str = ""
    """Of a drill: `zalo`, `sms` or `call`."""
    sender: str = ""
    """Of a drill: whom its messages come from."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """Words that this lesson explains: name → explanation."""
    items: tuple[tuple[str, str], ...] = ()
    """The other items of the course: title, path."""
    media: Mapping[str, str] = field(default_factory=dict)
    """Pictures and sound of the draft: path → address."""

    @property
    def tools(self) -> list[list[Tool]]:
        """The buttons, in groups."""
        return tools_for(self.kind)

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What stands for what in the plain text."""
        return marks_for(self.kind)

    @property
    def channels(self) -> list[tuple[str, str]]:
        """How messages of a drill come, by name."""
        return [("zalo", "Zalo"), ("sms", gettext("Tin nhắn SMS")), ("call", gettext("Cuộc gọi"))]

    @property
    def shortcuts(self) -> list[tuple[str, str]]:
        """Keys and what they do, for the help: "Ctrl+B", "Đậm"."""
        return [(tool.keys, tool.name) for tool in _flat(self.tools) if tool.keys]

    @property
    def media_json(self) -> str:
        return json.dumps(dict(self.media), ensure_ascii=False)

    @property
    def terms_json(self) -> str:
        return json.dumps(dict(self.terms), ensure_ascii=False)

    @property
    def boxes_json(self) -> str:
        """The words that begin a box → how the rich view names it."""
        boxes = {word: look.split()[1] for word, look in BOXES.items()} | {FOLDED: "folded"}
        return json.dumps(boxes, ensure_ascii=False)


def make_editor_part(
    draft: CourseDraft, file: DraftFile, content: ItemText, body: str, items: Iterable[tuple[str, str]]
) -> EditorPart:
    """For an item that stands in the draft as `content`, and in the editor as `body`."""

    def to(endpoint: str) -> str:
        return url_for(f"authoring.{endpoint}", draft_id=draft.id, file_id=file.id)

    return EditorPart(
        kind=content.kind,
        text=body,
        revision=file.revision,
        keep_key=f"{current_actor().person_id}/{file.id}/text",
        save_url=to("save_form"),
        preview_url=to("preview"),
        try_url=to("try_item"),
        media_url=url_for("authoring.upload_media", draft_id=draft.id),
        convert_url="/workshop/convert",
        session_url=url_for("authoring.show_session"),
        sign_in_url=url_for("people.show_staff_sign_in"),
        title=content.title,
        minutes=content.word("minutes"),
        channel=content.word("channel"),
        sender=content.word("from"),
        terms=content.terms,
        items=tuple(items),
        media={other.path: f"/media/{other.media}" for other in live_files(draft) if other.media},
    )


def _flat(groups: Iterable[Iterable[Tool]]) -> list[Tool]:
    return [tool for group in groups for tool in group]
