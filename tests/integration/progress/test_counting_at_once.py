"""Many at once: no completion is lost or counted twice, whoever writes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from app.content.models import Course
from app.extensions import db
from app.people import handlers
from app.people.actions import merge_people, set_residence
from app.people.locks import lock_canonical, lock_person
from app.progress import counting
from app.progress.models import CountedCompletion, Counter
from app.progress.rebuild import rebuild
from tests.factories import make_person
from tests.integration.progress.makers import at, communes_of, complete, make_course
from tests.integration.progress.plain_count import expected_figures, stored_figures

WORKERS = 6


def do_at_once(app: Flask, tasks: list[Callable[[], None]]) -> None:
    """Each task in a transaction of its own, several at a time."""

    def run(task: Callable[[], None]) -> None:
        with app.app_context():
            task()
            db.session.commit()
            db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(run, tasks))


def completing(person_id: UUID, course: Course, day: str) -> Callable[[], None]:
    course_id = course.id

    def task() -> None:
        lock_canonical(person_id)
        complete(person_id, db.session.get_one(Course, course_id), at(day))

    return task


def registering(person_id: UUID) -> Callable[[], None]:
    def task() -> None:
        lock_person(person_id).is_registered = True
        handlers.run_on_registration(person_id)

    return task


def test_neighbours_who_complete_at_once_are_all_counted(app: Flask) -> None:
    courses = [make_course("lua-dao"), make_course("ma-qr")]
    people = [make_person() for _ in range(12)]
    for person in people:
        set_residence(person_id=person.id, commune_id=communes_of("38", 1)[0].id)
    db.session.commit()
    tasks = [completing(person.id, course, "2026-11-20") for person in people for course in courses]
    do_at_once(app, tasks)
    figures = stored_figures()
    assert figures == expected_figures()
    assert len(figures.counted) == len(tasks)


def test_registering_while_completing_leaves_no_guest_behind(app: Flask) -> None:
    course = make_course("lua-dao")
    people = [make_person(is_registered=False) for _ in range(12)]
    db.session.commit()
    tasks = [task for p in people for task in (completing(p.id, course, "2026-11-20"), registering(p.id))]
    do_at_once(app, tasks)
    figures = stored_figures()
    assert figures == expected_figures()
    assert {key[2] for key in figures.people} == {"resident", "registered"}


def test_merging_while_completing_counts_once(app: Flask) -> None:
    course = make_course("lua-dao")
    pairs = [(make_person().id, make_person(is_registered=False).id) for _ in range(8)]
    db.session.commit()
    tasks: list[Callable[[], None]] = []
    for keep_id, other_id in pairs:
        tasks.append(completing(keep_id, course, "2026-11-20"))
        tasks.append(lambda keep_id=keep_id, other_id=other_id: merge_people(keep_id, other_id, None) and None)
        tasks.append(completing(other_id, course, "2026-11-10"))
    do_at_once(app, tasks)
    figures = stored_figures()
    assert figures == expected_figures()
    assert len(figures.counted) == len(pairs)


def test_a_rebuild_during_completions_loses_nothing(app: Flask) -> None:
    course = make_course("lua-dao")
    people = [make_person() for _ in range(12)]
    db.session.commit()
    tasks = [completing(person.id, course, "2026-11-20") for person in people]
    tasks[4:4] = [lambda: rebuild(apply=True) and None]
    do_at_once(app, tasks)
    assert stored_figures() == expected_figures()


def test_two_repairs_at_once_repair_once(app: Flask) -> None:
    complete(make_person().id, make_course("lua-dao"), at("2026-11-20"))
    db.session.execute(update(Counter).values(completions=Counter.completions + 7))
    db.session.commit()
    do_at_once(app, [lambda: rebuild(apply=True) and None] * 4)
    assert stored_figures() == expected_figures()


def test_a_change_of_the_map_while_people_complete_loses_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PEOPLE_AT_ONCE", 1)
    courses, commune_id = [make_course("lua-dao"), make_course("ma-qr")], communes_of("38", 1)[0].id
    people = [make_person().id for _ in range(8)]
    for person_id in people:
        set_residence(person_id=person_id, commune_id=commune_id)
        complete(person_id, courses[0], at("2026-11-10"))
    db.session.execute(update(CountedCompletion).values(mode="class"))
    db.session.commit()
    tasks = [completing(person_id, courses[1], "2026-11-20") for person_id in people]
    tasks[2:2] = [lambda: counting.recount_places([commune_id]) and None]
    do_at_once(app, tasks)
    rebuild(apply=True)
    assert stored_figures() == expected_figures()
