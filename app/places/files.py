"""Reading the lists of places: the shipped files and an operator's own corrections. No database here."""

import csv
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
SHIPPED = ("units.csv", "former.csv", "overrides.csv")
OVERRIDE_COLUMNS = ["old_code", "new_code", "is_default", "reason"]
LONGEST_REASON = 200

Row = dict[str, str]


class FaultyOverrides(ValueError):
    """Lines of an operator's file that cannot be used, each as FILE:LINE: reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Override:
    """One successor of a former commune; all rows of an old code together replace its mapping."""

    old_code: str
    new_code: str
    is_default: bool
    reason: str


def shipped_rows(name: str) -> list[Row]:
    """The rows of a shipped file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_digest() -> str:
    """SHA-256 over the shipped files: a new release of the lists has another one."""
    digest = hashlib.sha256()
    for name in SHIPPED:
        content = (DATA / name).read_bytes()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def shipped_reasons() -> dict[str, str]:
    """Old code → why the shipped mapping of it differs from its source."""
    return {row["old_code"]: row["reason"] for row in shipped_rows("overrides.csv")}


def read_overrides(path: Path, former_codes: set[str], commune_codes: set[str]) -> dict[str, list[Override]]:
    """An operator's corrections by old code.

    Raises:
        FaultyOverrides: a line cannot be used; nothing of the file is.
    """
    text = path.read_text(encoding="utf-8-sig")
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames != OVERRIDE_COLUMNS:
        raise FaultyOverrides([f"{path}:1: the columns must be {','.join(OVERRIDE_COLUMNS)}"])
    found: dict[str, list[Override]] = defaultdict(list)
    faults: list[str] = []
    for row in reader:
        reason = _why_unusable(row, former_codes, commune_codes)
        if reason:
            faults.append(f"{path}:{reader.line_num}: {reason}")
        else:
            found[row["old_code"]].append(
                Override(row["old_code"], row["new_code"], row["is_default"] == "1", row["reason"])
            )
    faults += [f"{path}: {reason}" for reason in map(_why_incomplete, found.values()) if reason]
    if faults:
        raise FaultyOverrides(faults)
    return dict(found)


def _why_unusable(row: Row, former_codes: set[str], commune_codes: set[str]) -> str:
    """Empty if the line can be used."""
    if None in row or None in row.values():
        return f"a line has {len(OVERRIDE_COLUMNS)} fields"
    if row["old_code"] not in former_codes:
        return f"no commune of 30 June 2025 had the code {row['old_code']}"
    if row["new_code"] not in commune_codes:
        return f"no commune of today has the code {row['new_code']}"
    if row["is_default"] not in {"0", "1"}:
        return "is_default is 0 or 1"
    if not 0 < len(row["reason"].strip()) <= LONGEST_REASON:
        return f"a reason is needed, at most {LONGEST_REASON} characters"
    return ""


def _why_incomplete(rows: list[Override]) -> str:
    """Empty if the rows of one old code make a mapping."""
    code = rows[0].old_code
    if sum(row.is_default for row in rows) != 1:
        return f"{code} needs exactly one row with is_default 1"
    if len({row.new_code for row in rows}) != len(rows):
        return f"{code} names a successor twice"
    return ""
