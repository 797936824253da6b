"""What is wrong with a course folder, in words for its author."""

from collections.abc import Iterable
from dataclasses import dataclass, field

MEANT = "meant"
"""Code of a name that is not known; `meant` is the known one that it looks like, or ""."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to put right. `line` counts from 1; a fault of a whole file stands at line 1."""

    file: str
    line: int
    reason: str
    is_warning: bool = False
    """A warning is worth reading and stops nothing."""
    code: str = field(default="", compare=False)
    """What kind of fault it is, where a mend is known for it (`app.authoring.mends`); sentences change, it stays."""
    about: str = field(default="", compare=False)
    """What is wrong, as it is written."""
    meant: str = field(default="", compare=False)
    """What would be right in its place."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'(nhắc) ' if self.is_warning else ''}{self.reason}"


class Faults:
    """Collects every fault of a folder, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self.all: list[Fault] = []

    def add(self, file: str, line: int, reason: str, code: str = "", about: str = "", meant: str = "") -> None:
        self.all.append(Fault(file, line, reason, code=code, about=about, meant=meant))

    def warn(self, file: str, line: int, reason: str, code: str = "", about: str = "", meant: str = "") -> None:
        self.all.append(Fault(file, line, reason, is_warning=True, code=code, about=about, meant=meant))

    @property
    def serious(self) -> int:
        """How many of them stop the course."""
        return sum(not fault.is_warning for fault in self.all)

    def of(self, file: str) -> "FileFaults":
        return FileFaults(self, file)


class FileFaults:
    """The same for one file, so that its parsers need not carry the name."""

    def __init__(self, faults: Faults, file: str) -> None:
        self.faults = faults
        self.file = file

    def add(self, line: int, reason: str, code: str = "", about: str = "", meant: str = "") -> None:
        self.faults.add(self.file, line, reason, code, about, meant)

    @property
    def serious(self) -> int:
        return self.faults.serious

    def warn(self, line: int, reason: str, code: str = "", about: str = "", meant: str = "") -> None:
        self.faults.warn(self.file, line, reason, code, about, meant)


class CourseRefused(Exception):
    """The folder has faults that stop it. `faults` holds all of them, warnings included."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
