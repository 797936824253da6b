"""How much of a submission is counting: timed inside one process, request by request."""

import time
from typing import Any
from unittest.mock import patch

from app.devtools.last_question import make_ready_learners
from app.people.sessions import cookie_name
from app.progress import completing, counting
from bench.place import Place
from bench.rows import Row, at_most
from bench.throughput import COMMUNES, COURSE, list_communes

SUBMISSIONS = 300


def measure_counting_share(place: Place) -> Row:
    """Time in `count_completion` over the time of the whole request, commit included."""
    with place.opened():
        learners = make_ready_learners(COURSE, SUBMISSIONS, list_communes(COMMUNES))
        name = cookie_name()
    client = place.app.test_client(use_cookies=False)
    spent = 0.0
    count = counting.count_completion

    def timed(*arguments: Any) -> None:
        nonlocal spent
        begun = time.perf_counter()
        count(*arguments)
        spent += time.perf_counter() - begun

    with patch.object(completing, "count_completion", timed):
        begun = time.perf_counter()
        for learner in learners:
            fields = {"answer": list(learner.values), "csrf_token": learner.form_token}
            headers = {"Cookie": f"{name}={learner.session_token}", "Sec-Fetch-Site": "same-origin"}
            response = client.post(learner.path, data=fields, headers=headers)
            if response.status_code != 303:
                raise RuntimeError(f"a submission was answered with {response.status_code}")
        whole = time.perf_counter() - begun
    return at_most(f"{place.name}: counting's share of a submission", 100 * spent / whole, "%", 35)
