"""The table of settings in the docs is the one in the code."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

from app.config import Settings, environment_names

DOCUMENT = Path(__file__).parents[2] / "docs" / "configuration.md"
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)


def rows() -> dict[str, tuple[str, str]]:
    """Variable → (default, meaning), from the first table of the document."""
    settings_part = DOCUMENT.read_text(encoding="utf-8").split("## Variables of the tests")[0]
    return {name: (default, meaning) for name, default, meaning in ROW.findall(settings_part)}


def test_every_setting_stands_in_the_table_and_no_other() -> None:
    assert sorted(rows()) == sorted(environment_names())


def test_every_plain_default_is_the_one_in_the_code() -> None:
    plain = {field.name.upper(): field.default for field in fields(Settings) if field.default is not MISSING}
    told = {name: rows()[name][0].split(":")[0].strip("`") for name in plain}
    assert told == {name: str(default) or "empty" for name, default in plain.items()}


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, (_default, meaning) in rows().items() if len(meaning.split()) < 4] == []
