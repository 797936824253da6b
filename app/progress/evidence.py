"""What a learner has done in a course as a value, and who learns what: the frame of every new piece of evidence."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from app.content.queries import Item, Version, Withdrawal, needed_items
from app.shared.clock import now


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person (all records of theirs) has done in the current edition and term of a course."""

    term: int = 1
    done: frozenset[str] = frozenset()
    """Keys of lessons read, drills gone through, practices seen and quizzes passed."""
    modes: frozenset[str] = frozenset()
    """Of what makes the completion."""
    attempts: dict[str, int] = field(default_factory=dict)
    """Finished attempts by item key."""
    is_complete: bool = False

    def with_done(self, item_key: str, learning: "Learning") -> "Evidence":
        """With one item more. What was done before stays as it was, and extra items say nothing of the mode."""
        if item_key in self.done:
            return self
        mode = {learning.mode} if item_key in needed_items(learning.version) else frozenset()
        return replace(self, done=self.done | {item_key}, modes=self.modes | mode)

    def earns(self, version: Version) -> bool:
        """Whether everything that makes a completion is done and it is not there yet."""
        needed = needed_items(version)
        # Where all that it asked for is withdrawn a course asks for nothing, and gives nothing.
        has_something = bool(needed) or not version.required_items
        return not self.is_complete and has_something and self.done.issuperset(needed)


@dataclass(frozen=True, slots=True)
class LearnerCourse:
    """A published course and one learner's evidence in it."""

    course_id: UUID
    slug: str
    version: Version
    withdrawn_reason: str | None
    evidence: Evidence
    withdrawals: tuple[Withdrawal, ...] = ()

    def withdrawal_of(self, item_key: str) -> Withdrawal | None:
        return next((found for found in self.withdrawals if found.item_key == item_key), None)

    @property
    def items(self) -> tuple[Item, ...]:
        """Those that are taught: without what is withdrawn."""
        if not self.withdrawals:
            return self.version.items
        return tuple(item for item in self.version.items if not self.withdrawal_of(item.key))

    @property
    def needed(self) -> tuple[str, ...]:
        """Keys of what makes the completion."""
        return needed_items(self.version)


@dataclass(frozen=True, slots=True)
class Learning:
    """Who learns what, in which capacity of the day: the frame of every piece of evidence."""

    person_id: UUID
    version: Version
    mode: str
    """self, class or assisted."""
    recorder_id: UUID


def read_evidence(facts: list[str], version: Version) -> Evidence:
    parsed = [fact.split("|", 4) for fact in facts]
    of_edition = [fact for fact in parsed if int(fact[1]) == version.edition]
    completed: dict[int, str] = {}
    for kind, _, term_number, moment, _ in of_edition:
        if kind == "c":
            # Two records of one person may both have completed a term.
            completed[int(term_number)] = max(moment, completed.get(int(term_number), ""))
    term, is_complete = _current_term(completed, version.valid_for_days)
    needed = needed_items(version)
    of_term = [fact for fact in of_edition if int(fact[2]) == term and fact[0] != "c"]
    attempts: dict[str, int] = {}
    for kind, _, _, item_key, _ in of_term:
        if kind in "pa":
            attempts[item_key] = attempts.get(item_key, 0) + 1
    done = [fact for fact in of_term if fact[0] in "vp"]
    return Evidence(
        term=term,
        done=frozenset(fact[3] for fact in done),
        modes=frozenset(fact[4] for fact in done if fact[3] in needed),
        attempts=attempts,
        is_complete=is_complete,
    )


def _current_term(completed: dict[int, str], valid_for_days: int | None) -> tuple[int, bool]:
    """The term in which the learner is, and whether it is complete: a completion that expired opens the next."""
    if not completed:
        return 1, False
    latest = max(completed)
    if valid_for_days and _moment(completed[latest]) + timedelta(days=valid_for_days) <= now():
        return latest + 1, False
    return latest, True


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=now().tzinfo)
