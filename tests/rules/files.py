"""The files of this repository, as the rules read them."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = frozenset(
    {".py", ".html", ".css", ".js", ".md", ".toml", ".yml", ".yaml", ".txt", ".sh", ".cfg", ".ini", ".po", ""}
)
MADE_BY_OTHERS = ("tests/vendor/", "tests/hostile/words/", "app/ui/static/workshop/vendor/")


@cache
def repository_files() -> tuple[Path, ...]:
    """Everything that is or would be committed, without what others made and we only carry."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    own = [name for name in names if name and not name.startswith(MADE_BY_OTHERS)]
    return tuple(path for name in sorted(own) if (path := ROOT / name).is_file())


def text_files(*suffixes: str, under: str = "") -> list[Path]:
    """Our text files, or those with one of these suffixes."""
    wanted = frozenset(suffixes) or TEXT
    return [path for path in repository_files() if path.suffix in wanted and name_of(path).startswith(under)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """ "file:line: text" of every line in which the pattern is found."""
    return [
        f"{name_of(path)}:{number}: {line.strip()[:140]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
