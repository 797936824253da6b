"""Lesson pages and submissions over HTTP, beside what the same server does at the least: in alternating rounds."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import islice
from statistics import median
from uuid import UUID

from sqlalchemy import event, select

from app.devtools.last_question import make_ready_learners
from app.extensions import db
from app.people.sessions import cookie_name
from app.places.models import Place as PlaceRow
from bench import requests
from bench.client import Run, run_at_rate, run_flat_out
from bench.first_visit import LESSON
from bench.place import Place
from bench.rows import Row, at_least, at_most, for_comparison

COURSE = "nhan-biet-va-tranh-lua-dao-qua-mang"
PROVINCE = "38"
COMMUNES = 10
"""All in one province, as in one province's database: every submission raises the same row of the province."""
ROUNDS = 5
WARM_UP = 200
LESSONS, CONSTANTS = 3000, 8000
SUBMISSIONS, INSERTS = 500, 1200
RATE, AT_RATE = 200, 2000
Measure = Callable[[], Run]


def measure_lesson(place: Place, floor: float) -> list[Row]:
    """The lesson page of a signed-in learner with their progress, over a constant Flask page."""
    with place.opened():
        learner = make_ready_learners(COURSE, 1, list_communes(1))[0]
        lesson = requests.get(LESSON, f"{cookie_name()}={learner.session_token}")
    constant = requests.get("/")
    with ExitStack() as servers:
        port = servers.enter_context(place.server())
        reference_port = servers.enter_context(place.server("bench.reference_apps:constant"))
        run_flat_out(port, [lesson] * WARM_UP, 200)
        run_flat_out(reference_port, [constant] * WARM_UP, 200)
        ours, reference = _alternate(
            lambda: run_flat_out(port, [lesson] * LESSONS, 200),
            lambda: run_flat_out(reference_port, [constant] * CONSTANTS, 200),
        )
    return [
        at_least(
            f"{place.name}: lesson page of a signed-in learner / constant page", _ratio(ours, reference), "", floor
        ),
        for_comparison(f"{place.name}: lesson pages", _speed(ours), "/s"),
        for_comparison(f"{place.name}: constant pages on the same server", _speed(reference), "/s"),
        at_most(f"{place.name}: queries of that lesson page", count_queries(place, lesson), "", 2),
    ]


def count_queries(place: Place, request: bytes) -> int:
    """How many statements the page sends to the database, once the process knows the course."""
    lines = request.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    statements: list[str] = []
    client = place.app.test_client(use_cookies=False)
    client.get(LESSON, headers=headers)
    with place.app.app_context():
        engine = db.engine
    listen = lambda _c, _cursor, statement, *_rest: statements.append(statement)  # noqa: E731 -- removed below
    event.listen(engine, "before_cursor_execute", listen)
    client.get(LESSON, headers=headers)
    event.remove(engine, "before_cursor_execute", listen)
    return len(statements)


def measure_submission(place: Place) -> list[Row]:
    """The last answer of a quiz: graded, stored, completing the course, counted; over a bare POST with one insert."""
    total = WARM_UP + ROUNDS * SUBMISSIONS + AT_RATE
    with place.opened():
        learners = make_ready_learners(COURSE, total, list_communes(COMMUNES))
        name = cookie_name()
    answers = iter([requests.last_answer(learner, name) for learner in learners])
    insert = requests.post("/", {"text": "an answer of usual length"})
    with ExitStack() as servers:
        port = servers.enter_context(place.server())
        bare_port = servers.enter_context(place.server("bench.reference_apps:bare"))
        run_flat_out(port, islice(answers, WARM_UP), 303)
        run_flat_out(bare_port, [insert] * WARM_UP, 204)
        ours, bare = _alternate(
            lambda: run_flat_out(port, islice(answers, SUBMISSIONS), 303),
            lambda: run_flat_out(bare_port, [insert] * INSERTS, 204),
        )
        steady = run_at_rate(port, answers, 303, RATE)
    return [
        at_least(f"{place.name}: graded, counted submission / bare POST + ORM insert", _ratio(ours, bare), "", 0.4),
        for_comparison(f"{place.name}: graded, counted submissions", _speed(ours), "/s"),
        for_comparison(f"{place.name}: bare POST + ORM insert", _speed(bare), "/s"),
        at_most(f"{place.name}: submission at {RATE}/s, 99th percentile", steady.percentile(0.99), "ms", 50),
        for_comparison(f"{place.name}: submission at {RATE}/s, median", steady.percentile(0.5), "ms"),
    ]


def list_communes(count: int) -> Sequence[UUID]:
    """Communes of one province, as in one province's database."""
    province = select(PlaceRow.id).where(PlaceRow.code == PROVINCE, PlaceRow.kind == "province")
    query = select(PlaceRow.id).where(PlaceRow.parent_id == province.scalar_subquery(), PlaceRow.valid_to.is_(None))
    return db.session.scalars(query.order_by(PlaceRow.code).limit(count)).all()


def _alternate(one: Measure, other: Measure) -> tuple[list[Run], list[Run]]:
    """Several rounds of each, in turns: what disturbs the machine disturbs both."""
    pairs = [(one(), other()) for _ in range(ROUNDS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _ratio(ours: list[Run], reference: list[Run]) -> float:
    return median(a.per_second / b.per_second for a, b in zip(ours, reference, strict=True))


def _speed(runs: list[Run]) -> float:
    return median(run.per_second for run in runs)
