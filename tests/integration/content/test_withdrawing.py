"""Withdrawing an item: what the catalogue says of it, what the log says, what is refused."""

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.content.actions import Publisher
from app.content.models import WithdrawnItem
from app.content.queries import find_course, get_version, list_catalogue, list_withdrawals, needed_items, search_courses
from app.content.withdrawing import (
    LastItem,
    ReasonMissing,
    ReasonTooLong,
    is_last_item,
    reinstate_item,
    withdraw_item,
)
from app.extensions import db
from app.shared.errors import NotFound
from app.shared.ids import new_id
from app.shared.log import LogEntry
from tests.integration.content.folders_on_disk import publish, write_course

LESSON, QUIZ = "bai-mot", "kiem-tra"


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Path:
    folder = write_course(tmp_path)
    publish(folder)
    return folder


@pytest.fixture
def course_id(folder: Path) -> UUID:
    head = find_course("khoa-thu")
    assert head is not None
    return head.id


def withdraw(course_id: UUID, key: str = LESSON, reason: str = "Số máy đã đổi.", **by: Publisher) -> bool:
    done = withdraw_item(course_id=course_id, item_key=key, reason=reason, **by)
    db.session.commit()
    return done


def acts() -> list[tuple[str, str, str]]:
    rows = db.session.execute(
        select(LogEntry.act, LogEntry.object_kind, LogEntry.object_id).where(LogEntry.object_kind == "course_item")
    )
    return [(act, kind, object_id) for act, kind, object_id in rows]


def test_a_withdrawn_item_is_neither_counted_nor_needed_nor_found(course_id: UUID) -> None:
    (before,) = list_catalogue()
    assert (before.lesson_count, before.quiz_count, before.item_count, before.withdrawn_items) == (1, 1, 2, ())
    assert search_courses("tắt máy", ["resident"])
    assert withdraw(course_id)
    (after,) = list_catalogue()
    assert (after.lesson_count, after.quiz_count, after.item_count) == (0, 1, 1)
    version = get_version(after.version_id)
    assert (version.required_items, needed_items(version)) == ((LESSON, QUIZ), (QUIZ,))
    assert not search_courses("tắt máy", ["resident"])
    (found,) = list_withdrawals(course_id)
    assert (found.item_key, found.reason, found.since.tzinfo is not None) == (LESSON, "Số máy đã đổi.", True)


def test_the_time_for_a_withdrawn_item_is_asked_of_nobody(course_id: UUID) -> None:
    (before,) = list_catalogue()
    minutes = {item.key: item.minutes for item in get_version(before.version_id).items}
    withdraw(course_id)
    (after,) = list_catalogue()
    assert after.minutes == round(before.minutes * minutes[QUIZ] / sum(minutes.values()))
    assert 0 < after.minutes < before.minutes
    reinstate_item(course_id=course_id, item_key=LESSON)
    db.session.commit()
    assert list_catalogue()[0].minutes == before.minutes


def test_it_stays_withdrawn_in_the_next_version_and_comes_back_when_opened_again(folder: Path, course_id: UUID) -> None:
    withdraw(course_id)
    lesson = folder / "01-bai-mot.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\nThêm một dòng.\n", encoding="utf-8")
    publish(folder)
    (course,) = list_catalogue()
    assert course.item_count == 1
    assert reinstate_item(course_id=course_id, item_key=LESSON)
    db.session.commit()
    (course,) = list_catalogue()
    assert course.item_count == 2
    assert not reinstate_item(course_id=course_id, item_key=LESSON)


def test_doing_it_twice_is_done_once_and_logged_once(course_id: UUID) -> None:
    trainer = Publisher(new_id(), "trainer")
    assert withdraw(course_id, by=trainer)
    assert not withdraw(course_id, reason="Lý do khác", by=trainer)
    assert db.session.scalars(select(WithdrawnItem.reason)).all() == ["Số máy đã đổi."]
    item = get_version(list_catalogue()[0].version_id).item_by_key(LESSON)
    assert item is not None
    assert acts() == [("withdraw_item", "course_item", str(item.id))]
    reinstate_item(course_id=course_id, item_key=LESSON, by=trainer)
    db.session.commit()
    assert [act for act, _, _ in acts()] == ["withdraw_item", "reinstate_item"]
    assert db.session.scalars(select(LogEntry.actor_role).where(LogEntry.act == "withdraw_item")).all() == ["trainer"]


def test_the_last_item_that_counts_stays_and_points_to_the_whole_course(course_id: UUID) -> None:
    withdraw(course_id)
    assert is_last_item(course_id, QUIZ)
    with pytest.raises(LastItem, match="cả khóa học"):
        withdraw(course_id, QUIZ)
    assert db.session.scalar(select(func.count()).select_from(WithdrawnItem)) == 1


@pytest.mark.parametrize(
    ("reason", "refusal"), [("", ReasonMissing), ("  ", ReasonMissing), ("d" * 301, ReasonTooLong)]
)
def test_without_a_good_reason_nothing_happens(course_id: UUID, reason: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        withdraw(course_id, reason=reason)
    db.session.rollback()
    assert list_withdrawals(course_id) == ()


def test_what_the_course_does_not_have_cannot_be_withdrawn(course_id: UUID) -> None:
    with pytest.raises(NotFound):
        withdraw(course_id, "khong-co")
    with pytest.raises(NotFound):
        withdraw(new_id(), LESSON)
    with pytest.raises(NotFound):
        reinstate_item(course_id=course_id, item_key="khong-co")
