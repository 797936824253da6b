"""How far the list of erased persons had grown: a restore needs a list that goes on from there."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ErasureRecord:
    """The number of whole lines of a list, and the SHA-256 over them."""

    lines: int
    digest: str


def record_of(content: bytes, lines: int | None = None) -> ErasureRecord:
    """The record of the first `lines` whole lines of a list (by default of all)."""
    whole = content[: content.rfind(b"\n") + 1].splitlines(keepends=True)[:lines]
    return ErasureRecord(len(whole), hashlib.sha256(b"".join(whole)).hexdigest())


def record_of_file(path: Path) -> ErasureRecord:
    """The record of the list as it is now; a list that does not exist yet is empty."""
    return record_of(path.read_bytes() if path.exists() else b"")


def why_list_is_too_old(path: Path, known: ErasureRecord) -> str | None:
    """Why a restore must not go on with the list at `path`, or None if it goes on from what the backup knew."""
    if not path.is_file():
        return (
            f"ERASURE_LIST {path} is missing. Without it, people who had themselves erased would come back. Bring the "
            f"list of the old place. Only if nobody was ever erased there: touch {path}"
        )
    present = record_of(path.read_bytes(), known.lines)
    if present.lines < known.lines:
        return (
            f"ERASURE_LIST {path} is older than the backup: it has {present.lines} lines, "
            f"and had {known.lines} when the backup was made. Bring the newest list"
        )
    if present != known:
        return f"ERASURE_LIST {path} is not the list of this backup: its first {known.lines} lines differ"
    return None
