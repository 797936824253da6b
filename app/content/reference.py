"""The data files behind all courses: frameworks of skills and words that differ by province.

They come with the product (`data/`); files of the same name in INSTANCE_DIR add rows and win over them.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.content.compile.render import Reference
from app.shared.settings import settings

SHIPPED = Path(__file__).parent / "data"
FRAMEWORKS = {
    "tt02": "Thông tư 02/2025/TT-BGDĐT",
    "dc2": "DigComp 2.2",
    "dc3": "DigComp 3.0",
    "kns": "Khung kỹ năng số 3139",
}


@dataclass(frozen=True, slots=True)
class Skill:
    """One line of a framework."""

    code: str
    """ "tt02:4.2" """
    name: str
    """In Vietnamese."""


@dataclass(frozen=True, slots=True)
class ProvinceWords:
    """Words that differ by province, by name and then by code of the province; "" is what holds elsewhere."""

    texts: Mapping[str, Mapping[str, str]]

    def text(self, name: str, province_code: str) -> str:
        """The word as it is said in that province."""
        by_province = self.texts.get(name, {})
        return by_province.get(province_code) or by_province.get("", name)


def list_skills() -> Mapping[str, Skill]:
    """Every skill that a course may name, by "framework:code"."""
    return _read_skills(settings().instance_dir)


def province_words() -> ProvinceWords:
    return _read_words(settings().instance_dir)


def reference() -> Reference:
    """What compiling needs of both."""
    return Reference(frozenset(list_skills()), frozenset(province_words().texts))


@lru_cache(maxsize=4)
def _read_skills(instance_dir: Path) -> Mapping[str, Skill]:
    rows = _rows("skills.csv", instance_dir)
    return {code: Skill(code, row["name_vi"]) for row in rows if (code := f"{row['framework']}:{row['code']}")}


@lru_cache(maxsize=4)
def _read_words(instance_dir: Path) -> ProvinceWords:
    texts: dict[str, dict[str, str]] = {}
    for row in _rows("words.csv", instance_dir):
        texts.setdefault(row["word"], {})[row["province"]] = row["text"]
    return ProvinceWords(texts)


def _rows(name: str, instance_dir: Path) -> Iterator[dict[str, str]]:
    for folder in (SHIPPED, instance_dir):
        path = folder / name
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from csv.DictReader(file)
