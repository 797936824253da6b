"""Questions of other programs into a quiz of a draft: first what was read is shown, then it is added, or taken back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext
from sqlalchemy import select

from app.access.actor import Actor
from app.authoring import drafts
from app.authoring.draft_media import MediaRefused, Upload, read_upload
from app.authoring.models import CourseDraft, DraftEvent, DraftFile
from app.authoring.question_kinds import kind_name
from app.authoring.quiz_drafts import keys_elsewhere, published_in
from app.authoring.quiz_form import SentQuiz, quiz_text
from app.authoring.quiz_import import ImportRefused, Read
from app.content.compile.course import MAXIMUM_TEXT
from app.content.compile.quiz_file import MAXIMUM_QUESTIONS
from app.content.compile.text import normalise
from app.content.interchange.report import RefusedQuestion
from app.content.quiz_source.model import SourcePool, SourceQuestion
from app.content.quiz_source.read import SourcePart, read_quiz_source
from app.content.quiz_source.write import write_questions, write_quiz_source
from app.extensions import db
from app.shared import media
from app.shared.ids import new_id

MOST_PICTURES = 50
ACT = "import_questions"
_PICTURE = re.compile(r"(\]\()(anh/[^)\s]{1,150})(?=\))")
_STORED = re.compile(r"(anh/[a-z0-9./-]{1,150})=([0-9a-f]{64})\.(png|jpg|webp)")


@dataclass(frozen=True, slots=True)
class OfferedQuestion:
    """A question that can be added."""

    line: int
    title: str
    kind: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What was read, for the trainer to look at before it is added."""

    format: str
    questions: list[OfferedQuestion]
    refused: list[RefusedQuestion]
    left_out: int
    """Questions for which the quiz has no room."""
    markdown: str
    pictures: list[str]
    """ "path=SHA256.ext" of each picture that came along; kept, and shown by nothing yet."""
    troubles: list[str]
    """What became of pictures."""
    reading: str = field(default_factory=lambda: str(new_id()))
    """Of this reading of the file: what is added by it is added once, however often the button is pressed."""


def read_pictures(read: Read) -> tuple[dict[str, Upload], list[str]]:
    """The pictures of a file in their normal form, and what is wrong with others. Takes a while: no transaction.

    Raises:
        ImportRefused: more than 50.
    """
    if len(read.imported.pictures) > MOST_PICTURES:
        raise ImportRefused(gettext("Tệp có hơn 50 hình. Chia thành nhiều tệp nhỏ."))
    uploads: dict[str, Upload] = {}
    troubles: list[str] = []
    for path, content in read.imported.pictures.items():
        try:
            uploads[path] = read_upload(path, content)
        except MediaRefused as refused:
            troubles.append(f"{path}: {refused.message}")
    return uploads, troubles


def offer(file: DraftFile, read: Read, uploads: Mapping[str, Upload], troubles: list[str]) -> Offer:
    """What the quiz would get. Keeps the pictures.

    Raises:
        ImportRefused: the quiz would be too long.
    """
    room = max(0, MAXIMUM_QUESTIONS - len(read_quiz_source(file.text or "").questions))
    taken = read.taken[:room]
    markdown = write_questions(entry.question for entry in taken)
    if len((file.text or "").encode()) + len(markdown.encode()) > MAXIMUM_TEXT:
        raise ImportRefused(gettext("Thêm các câu này thì bài dài quá 200 KB. Chia tệp ra, mỗi phần một bài."))
    for upload in uploads.values():
        for content, extension in [(upload.content, upload.path.rpartition(".")[2]), *_other(upload)]:
            media.store(content, extension)
    return Offer(
        format=read.format_name,
        questions=[
            OfferedQuestion(entry.line, entry.question.title, kind_name(entry.question.type), entry.changes)
            for entry in taken
        ],
        refused=read.refused,
        left_out=len(read.taken) - len(taken),
        markdown=markdown,
        pictures=[f"{path}={upload.address.rpartition('/')[2]}" for path, upload in uploads.items()],
        troubles=troubles,
    )


def _other(upload: Upload) -> list[tuple[bytes, str]]:
    return [(upload.other.content, upload.other.extension)] if upload.other else []


def add_questions(
    draft: CourseDraft, file: DraftFile, markdown: str, pictures: Sequence[str], by: Actor, *, reading: str = ""
) -> int:
    """Put what was offered behind the last question; returns how many there were. Once for each reading.

    Raises:
        ImportRefused: no question is in it, or more than a quiz can hold.
    """
    if len(markdown.encode("utf-8", "replace")) > MAXIMUM_TEXT:
        raise ImportRefused(gettext("Không còn câu nào để thêm. Chọn tệp rồi đọc lại."))
    drafts.lock_draft(draft)
    there = _added_by(draft, file, reading) if reading else 0
    if there:
        return there
    paths = _keep_pictures(draft, pictures[:MOST_PICTURES], by)
    text = _PICTURE.sub(lambda found: found[1] + paths.get(found[2], found[2]), markdown)
    added = read_quiz_source(f"---\n---\n{normalise(text.encode('utf-8', 'replace'))}")
    if not added.questions:
        raise ImportRefused(gettext("Không còn câu nào để thêm. Chọn tệp rồi đọc lại."))
    present = read_quiz_source(file.text or "")
    parts: list[str | SourceQuestion | SourcePool] = [_text_of(part, present.parts) for part in present.parts]
    if present.pools and not added.parts[0].pool:
        parts.append(SourcePool(gettext("Câu mới nhập")))
    parts += [part.question or part.pool or part.text for part in added.parts]
    whole, _ = quiz_text(
        file.text or "", SentQuiz(tuple(parts)), taken=keys_elsewhere(draft, file), published=published_in(draft)
    )
    drafts.save_text(draft, file.id, whole, file.revision, by)
    keys = [question.key for question in read_quiz_source(whole).questions[len(present.questions) :]]
    drafts.note_event(draft, ACT, by, file=file.path, file_id=str(file.id), keys=keys, reading=reading)
    return len(keys)


def _added_by(draft: CourseDraft, file: DraftFile, reading: str) -> int:
    """How many questions of that reading stand in the quiz: its button was pressed before."""
    keys = {
        key
        for event in _imports(draft, file)
        if event.detail.get("reading") == reading
        for key in event.detail.get("keys", ())
    }
    return sum(question.key in keys for question in read_quiz_source(file.text or "").questions)


def _imports(draft: CourseDraft, file: DraftFile) -> list[DraftEvent]:
    """The imports into this quiz, the last first."""
    events = db.session.scalars(
        select(DraftEvent)
        .where(DraftEvent.draft_id == draft.id, DraftEvent.act == ACT)
        .order_by(DraftEvent.at.desc(), DraftEvent.id.desc())
    )
    return [event for event in events if event.detail.get("file_id") == str(file.id)]


def _text_of(part: SourcePart, parts: Sequence[SourcePart]) -> str:
    return part.text + "\n" if part is parts[-1] else part.text


def _keep_pictures(draft: CourseDraft, pictures: Sequence[str], by: Actor) -> dict[str, str]:
    """Name in the file that was read → name in the draft."""
    paths: dict[str, str] = {}
    for stored in pictures:
        match = _STORED.fullmatch(stored)
        content = media.find(match[2], match[3]) if match else None
        if match and content:
            name = f"{match[1].rpartition('.')[0]}.{match[3]}"
            paths[match[1]] = drafts.add_media(draft, name, content, by).path
    return paths


def undo_import(draft: CourseDraft, file: DraftFile, by: Actor) -> int:
    """Take out the questions that the last import brought and that are still there; returns how many."""
    drafts.lock_draft(draft)
    last = next(iter(_imports(draft, file)), None)
    keys = set(last.detail.get("keys", ())) if last else set()
    source = read_quiz_source(file.text or "")
    kept = [part for part in source.parts if not (part.question and part.question.key in keys)]
    kept = [part for place, part in enumerate(kept) if not _is_emptied(place, kept, source.parts)]
    gone = sum(bool(question.key in keys) for question in source.questions)
    if gone:
        text = write_quiz_source(source.front, [part.text for part in kept])
        drafts.save_text(draft, file.id, text, file.revision, by)
        drafts.note_event(draft, "undo_import", by, file=file.path, count=gone)
    return gone


def _is_emptied(place: int, kept: Sequence[SourcePart], before: Sequence[SourcePart]) -> bool:
    """Whether this is the heading of a pool that had questions and has none now."""
    part = kept[place]
    if part.pool is None or (place + 1 < len(kept) and not kept[place + 1].pool):
        return False
    was = next(number for number, other in enumerate(before) if other is part)
    return was + 1 < len(before) and not before[was + 1].pool
