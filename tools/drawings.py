"""The list of drawings that come with the product: the SHA-256 of each .svg in the courses of this repository.

    python -m tools.drawings            write app/content/data/shipped_svg.txt (`make drawings`)

Other drawings are refused, so whoever reviews a change of this list has looked at the drawings themselves.
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "app" / "content" / "data" / "shipped_svg.txt"
PLACES = ("courses", "tests/courses")


def main() -> int:
    LIST.write_text(list_wanted(), encoding="ascii")
    return 0


def list_wanted() -> str:
    """The list as it has to be, one hash a line."""
    drawings = {path for place in PLACES for path in (ROOT / place).rglob("*.svg")}
    return "".join(
        f"{digest}\n" for digest in sorted({hashlib.sha256(path.read_bytes()).hexdigest() for path in drawings})
    )


if __name__ == "__main__":
    sys.exit(main())
