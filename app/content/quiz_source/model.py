"""One question as plain values, the same whichever file it came from. All texts are Markdown, NFC, without outer space.

What each type uses (docs/course-format.md, "Quizzes"):

| type | options | pairs | steps |
|---|---|---|---|
| single, multiple, true_false | what can be ticked | | |
| hotspot | regions of the first picture of the stem | | |
| text, number | accepted answers, best first; weight 0 for an expected mistake; "*" for anything else | | |
| gaps | per gap: accepted answers (all ticked) or a choice (some ticked, some not) | | |
| matching | | left and right; an empty left is an extra right side | |
| ordering | | | the steps in their right order |
| free | | | |
"""

from dataclasses import dataclass

TYPES = (
    "single", "multiple", "true_false", "text", "number", "matching", "ordering", "gaps", "hotspot", "free",
)  # fmt: skip
GAP = "____"
"""What stands for a blank: in a stem "(1) ____" is the first gap of a `gaps` question, a bare "____" the place of the
answer in a question of another type ("missing word")."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a picture, in percent of its width and height, from the top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SourceOption:
    """One line of the answers."""

    words: str
    """Phrases of Markdown on one line; for text an accepted answer as typed; for number "5 ± 0,5", "1..10" or "5"."""
    is_ticked: bool
    """Whether it counts as right: `[x]` or a weight above 0."""
    weight: float | None = None
    """Share of the question's points from -1 to 1 where the author wrote one ("[50%]"); None: 1 when ticked, else 0."""
    feedback: str = ""
    """Blocks of Markdown."""
    gap: int = 0
    """For gaps: the number of the gap, from 1."""
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class SourceQuestion:
    type: str
    title: str
    """The heading: phrases of Markdown on one line."""
    key: str = ""
    """Empty where the file gave none; an importer that finds none makes one with `suggested_key`."""
    stem: str = ""
    """Blocks of Markdown between the heading and the answers."""
    options: tuple[SourceOption, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    points: int = 1
    skills: tuple[str, ...] = ()
    name: str = ""
    """What another program calls the question ("::Q1::" in GIFT); shown to trainers only."""
    is_exact: bool = False
    """For text and gaps: marks, case and spacing matter."""
    shuffles: bool = True
    """Whether its options may come in another order."""
    hints: tuple[str, ...] = ()
    """Blocks of Markdown, in the order in which they are offered."""
    hint_cost: int = 0
    """Percent of the points that opening the hints costs."""
    explanation: str = ""
    pool: str = ""
    line: int = 0
    """Where it begins in the file it was read from, from 1; 0 for a made one."""


@dataclass(frozen=True, slots=True)
class SourcePool:
    """A heading under which questions stand."""

    name: str
    draw: int = 0
    """How many of them go into an attempt; 0: all."""
    line: int = 0
