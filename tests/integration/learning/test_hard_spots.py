""" "Có chỗ khó hiểu?": pointing at a paragraph and taking it back, for guests and members, however often they tap."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Actor, WayIn
from app.content.paragraphs import paragraph_name
from app.extensions import db
from app.people.actions import merge_people
from app.people.erasure import erase_person
from app.people.models import Person
from app.progress.erasure import erase_evidence
from app.progress.hard_spots import HardParagraph, Spot, count_hard_paragraphs, mark_hard, take_back_hard
from app.progress.models import HardSpot
from app.progress.own_data import export_evidence
from app.shared.errors import NotFound
from tests.factories import make_person, sign_in
from tests.integration.learning.kinds import DRILL, KINDS, LESSON, Learner, change, publish

NewLearner = Callable[[], Learner]
WORDS = "Không ai được hỏi mã OTP của bác. Bác đừng bấm đường dẫn lạ."
BLOCK = paragraph_name(WORDS)
only_sqlite = pytest.mark.sqlite_only


def point(learner: Learner, block: str = BLOCK, *, is_hard: bool = True):  # type: ignore[no-untyped-def]
    return learner.client.post(f"{learner.address(LESSON)}/hard", data={"block": block, "is_hard": str(int(is_hard))})


def page_of(learner: Learner) -> str:
    answer = learner.client.get(f"{learner.address(LESSON)}/hard")
    assert answer.status_code == 200
    return answer.text


def counted(learner: Learner) -> list[HardParagraph]:
    db.session.rollback()
    return count_hard_paragraphs(learner.version.course_id)


@only_sqlite
def test_the_lesson_leads_to_its_paragraphs_as_words(learner: Learner) -> None:
    assert f'href="{learner.address(LESSON)}/hard">Có chỗ khó hiểu?</a>' in learner.page(LESSON)
    page = page_of(learner)
    assert WORDS in page
    assert '<span class="quiet">Hình:</span> Một ô vuông có chữ Thử' in page
    assert "<h2>Hình và khung</h2>" in page
    assert "{{" not in page
    assert "Đã ghi" not in page


def test_a_tap_of_a_stranger_makes_a_guest_and_thanks(learner: Learner) -> None:
    answer = point(learner)
    assert (answer.status_code, answer.location) == (303, f"{learner.address(LESSON)}/hard#doan-{BLOCK}")
    page = page_of(learner)
    assert "Cảm ơn bác. Bác đã chỉ 1 chỗ khó hiểu." in page
    assert "Đã ghi, cảm ơn bác." in page
    assert counted(learner) == [HardParagraph(LESSON, BLOCK, 1)]
    assert db.session.scalar(select(func.count()).select_from(Person).where(~Person.is_registered)) == 1


def test_twice_counts_once_and_taking_back_is_as_easy(learner: Learner, new_learner: NewLearner) -> None:
    point(learner)
    point(learner)
    point(new_learner())
    assert counted(learner) == [HardParagraph(LESSON, BLOCK, 2)]
    for _ in range(2):
        assert point(learner, is_hard=False).status_code == 303
    assert counted(learner) == [HardParagraph(LESSON, BLOCK, 1)]
    assert "Đã ghi" not in page_of(learner)


@only_sqlite
def test_a_stranger_who_takes_back_what_nobody_said_stays_a_stranger(learner: Learner) -> None:
    answer = point(learner, is_hard=False)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (303, False)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


@only_sqlite
@pytest.mark.parametrize("block", ["00000000", "", "' OR 1=1", paragraph_name("Hình và khung")])
def test_a_paragraph_that_is_not_there_is_not_taken(learner: Learner, block: str) -> None:
    answer = point(learner, block)
    assert (answer.status_code, "Bài vừa được sửa" in answer.text) == (409, True)
    assert WORDS in answer.text
    assert counted(learner) == []


@only_sqlite
def test_a_new_wording_is_another_paragraph(learner: Learner, every_kind: Path) -> None:
    point(learner)
    change(every_kind / "01-bai-hoc.md", "Không ai được hỏi", "Chẳng ai được hỏi")
    publish(every_kind)
    assert "Đã ghi" not in page_of(learner)
    assert point(learner).status_code == 409
    assert counted(learner) == [HardParagraph(LESSON, BLOCK, 1)]


@only_sqlite
def test_only_lessons_have_paragraphs(learner: Learner) -> None:
    for key in (KINDS, DRILL):
        assert learner.client.get(f"{learner.address(key)}/hard").status_code == 404


@only_sqlite
def test_words_of_a_province_stand_in_the_text(learner: Learner) -> None:
    (shown,) = re.findall(r"Trong ([^,<{]+), bấm Phản ánh", page_of(learner))
    assert shown.strip()


def test_records_that_are_one_person_count_once_and_are_taken_back_together(app: Flask, learner: Learner) -> None:
    guest, person = make_person(is_registered=False), make_person()
    spot = Spot(learner.version.course_id, LESSON, BLOCK)
    mark_hard(guest.id, spot)
    mark_hard(person.id, spot)
    merge_people(keep_id=person.id, other_id=guest.id, actor=Actor())
    db.session.commit()
    assert counted(learner) == [HardParagraph(LESSON, BLOCK, 1)]
    assert len(export_evidence(person.id)["hard_paragraphs"]) == 2
    take_back_hard(person.id, spot)
    db.session.commit()
    assert counted(learner) == []


@only_sqlite
def test_what_somebody_said_goes_with_them(learner: Learner) -> None:
    person = make_person()
    sign_in(learner.client, person, WayIn.PIN)
    point(learner)
    exported = learner.client.get("/me/export.json").json["records"][0]
    (spot,) = exported["hard_paragraphs"]
    assert (spot["course"], spot["item"], spot["paragraph"]) == ("mau-moi-loai", LESSON, BLOCK)
    erase_evidence(person.id)
    erase_person(person.id, Actor())
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(HardSpot)) == 0
    with pytest.raises(NotFound):
        mark_hard(person.id, Spot(learner.version.course_id, LESSON, BLOCK))
