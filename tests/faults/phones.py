"""Phones that send an answer until somebody acknowledges it, as a real one does in a bad network."""

import http.client
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from urllib.parse import urlencode
from uuid import uuid4

from app.devtools.last_question import ReadyLearner
from tools.serving import HOST

PATIENCE = 5.0
"""Seconds that a phone waits for an answer before it sends again."""


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    location: str | None


class Phone:
    """One connection, kept open while it works."""

    def __init__(self, port: int, cookie_name: str) -> None:
        self._port = port
        self._cookie_name = cookie_name
        self._connection: http.client.HTTPConnection | None = None

    def submit(self, learner: ReadyLearner, submission_id: str) -> Answered:
        """Send the learner's last answer once. Raises OSError or HTTPException when nobody acknowledges it."""
        body = urlencode(
            {"answer": learner.values, "submission": submission_id, "csrf_token": learner.form_token}, doseq=True
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self._cookie_name}={learner.session_token}",
            "Sec-Fetch-Site": "same-origin",
        }
        if self._connection is None:
            self._connection = http.client.HTTPConnection(HOST, self._port, timeout=PATIENCE)
        try:
            self._connection.request("POST", learner.path, body, headers)
            response = self._connection.getresponse()
            response.read()
        except BaseException:
            self.hang_up()
            raise
        return Answered(response.status, response.getheader("Location"))

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Hall:
    """Many phones at work; each learner's answer is sent under one id until it is acknowledged."""

    def __init__(self, port: int, cookie_name: str, learners: Iterable[ReadyLearner], phones: int) -> None:
        self.acknowledged: list[ReadyLearner] = []
        self.refused: list[Answered] = []
        self.repeats = 0
        """How often an answer was sent again."""
        self._waiting: SimpleQueue[ReadyLearner] = SimpleQueue()
        for learner in learners:
            self._waiting.put(learner)
        self._pause = threading.Event()
        self._progress = threading.Condition()
        self._threads = [
            threading.Thread(target=self._work, args=(Phone(port, cookie_name),), daemon=True) for _ in range(phones)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for(self, acknowledged: int) -> None:
        """Return when so many answers are acknowledged, or when nobody works any more."""
        with self._progress:
            self._progress.wait_for(lambda: len(self.acknowledged) >= acknowledged or self.refused, timeout=240)
        assert not self.refused, self.refused[:3]

    def finish(self) -> None:
        for thread in self._threads:
            thread.join(timeout=240)
            assert not thread.is_alive(), "a phone still waits for its answer"

    def _work(self, phone: Phone) -> None:
        while True:
            try:
                learner = self._waiting.get_nowait()
            except Empty:
                return
            self._submit_until_acknowledged(phone, learner)

    def _submit_until_acknowledged(self, phone: Phone, learner: ReadyLearner) -> None:
        submission_id = str(uuid4())
        while True:
            try:
                answered = phone.submit(learner, submission_id)
            except (OSError, http.client.HTTPException):
                self.repeats += 1
                self._pause.wait(0.05)
                continue
            with self._progress:
                (self.acknowledged.append(learner) if answered.status == 303 else self.refused.append(answered))
                self._progress.notify_all()
            return
