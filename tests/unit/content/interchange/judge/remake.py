"""Remake verdicts.json, after `npm ci` here: `.venv/bin/python -m tests.unit.content.interchange.judge.remake`."""

import hashlib
import json
import subprocess
from pathlib import Path

from app.content.interchange import gift
from app.content.interchange.report import FileUnreadable

HERE = Path(__file__).parent
FILES = HERE.parent / "written_by_others"


def round_trip(original: bytes) -> bytes:
    """The same questions after our reader and writer; empty where the file has none."""
    try:
        return gift.write(gift.read(original).questions).content
    except FileUnreadable:
        return b""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def remake() -> None:
    texts: dict[str, dict[str, bytes]] = {"original": {}, "ours": {}}
    for path in sorted(FILES.glob("*.gift")):
        texts["original"][path.name] = path.read_bytes()
        texts["ours"][path.name] = round_trip(path.read_bytes())
    verdicts = {}
    for side, files in texts.items():
        asked = json.dumps({name: content.decode() for name, content in files.items()})
        told = subprocess.run(["node", "judge.mjs"], cwd=HERE, input=asked, capture_output=True, check=True, text=True)
        found = json.loads(told.stdout)
        verdicts[side] = {
            name: {"sha256": sha256(content), "questions": found[name] if content else []}
            for name, content in files.items()
        }
    text = json.dumps(verdicts, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / "verdicts.json").write_text(text + "\n")


if __name__ == "__main__":
    remake()
