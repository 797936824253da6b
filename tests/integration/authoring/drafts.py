"""A draft with one lesson and one quiz, for tests of the workshop."""

from app.access.actor import Actor
from app.authoring.drafts import create_draft, live_files
from app.authoring.models import CourseDraft, DraftFile
from app.extensions import db
from app.people.models import Person

HEADER = """key: khoa-nhap
title: Khóa nháp
goal: Viết thử một khóa
summary: Một bài học và một bài kiểm tra.
audience: resident
minutes: 11
"""
LESSON = """---
kind: lesson
key: bai-mot
title: Bài một
minutes: 6
---
Bác nhận tin nhắn lạ.

> **Nhớ:** không bấm vào đường dẫn lạ.
"""
QUIZ = """---
kind: quiz
key: kiem-tra
title: Bài kiểm tra
minutes: 5
pass: 50
---
## Ai được hỏi mã OTP?
<!-- key: q-ma -->

- [ ] Công an
  > Không ai cả.
- [x] Không ai cả
  > Đúng.
"""
FILES = {"course.yml": HEADER.encode(), "01-bai-mot.md": LESSON.encode(), "02-kiem-tra.md": QUIZ.encode()}


def actor_of(person: Person) -> Actor:
    return Actor(person_id=person.id, canonical_id=person.canonical_id)


def make_draft(
    owner: Person, *, place_id: object = None, files: dict[str, bytes] = FILES, slug: str = "khoa-nhap"
) -> CourseDraft:
    """Stored, so that requests see it."""
    made = create_draft(files, slug=slug, by=actor_of(owner), place_id=place_id, owner_id=owner.id)  # type: ignore[arg-type]
    db.session.commit()
    db.session.refresh(made)
    return made


def file_at(draft: CourseDraft, path: str) -> DraftFile:
    db.session.expire_all()
    return next(file for file in live_files(draft) if file.path == path)
