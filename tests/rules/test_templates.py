"""Laws of templates and of what people read: every word can be translated, nothing runs or styles inline."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.rules.files import lines_with, name_of, text_files

VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
ESCAPED_ATTRIBUTE = re.compile(r"""\{\{ ?'[^']*="[^']*'(?!\|safe)""")
NAMES = ("Học Số", "Tiếng Việt")
GETTEXT = frozenset({"_", "gettext", "ngettext", "lazy_gettext", "lazy_ngettext"})
VIETNAMESE_BY_NATURE = {
    "app/shared/vietnamese.py": "letters and their order",
    "app/shared/spoken": "how numbers, days and addresses are said",
    "app/places/": "names and type words of places, as the law prints them",
    "app/authoring/form_words.py": "what the compiler says, to be said in a form's words",
    "app/authoring/field_words.py": "the same of fields",
    "app/authoring/text_words.py": "the same of texts",
    "app/content/compile/": "faults in a course folder are told to its author on the command line, in Vietnamese",
    "app/content/interchange/": "what an import changed or refused is told to the author likewise",
    "app/content/quiz_source/write.py": "words of the course format itself",
    "app/content/reference.py": "names of frameworks",
    "app/learning/grading/numbers.py": "units that people type behind a number",
    "app/devtools/": "names of the demonstration",
}


@pytest.mark.sqlite_only
def test_every_template_can_be_read(app: Flask) -> None:
    for path in text_files(".html", under="app/"):
        app.jinja_env.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def test_no_template_runs_or_styles_inline() -> None:
    assert lines_with(INLINE, text_files(".html", under="app/")) == []


def test_no_attribute_is_written_with_its_quotes_escaped() -> None:
    assert lines_with(ESCAPED_ATTRIBUTE, text_files(".html", under="app/")) == []


def test_every_word_in_a_template_can_be_translated() -> None:
    assert [line for path in text_files(".html", under="app/") for line in untranslatable_words(path)] == []


def untranslatable_words(path: Path) -> Iterator[str]:
    bare = JINJA.sub(lambda match: "\n" * match.group().count("\n"), path.read_text(encoding="utf-8"))
    for number, line in enumerate(bare.splitlines(), start=1):
        if is_vietnamese(line):
            yield f"{name_of(path)}:{number}: {line.strip()}"


def is_vietnamese(text: str) -> bool:
    """Whether there are Vietnamese letters besides our names."""
    for name in NAMES:
        text = text.replace(name, "")
    return bool(VIETNAMESE.search(text))


def test_every_vietnamese_sentence_in_code_can_be_translated() -> None:
    exempt = tuple(VIETNAMESE_BY_NATURE)
    paths = [path for path in text_files(".py", under="app/") if not name_of(path).startswith(exempt)]
    assert [line for path in paths for line in untranslatable_strings(path)] == []


def untranslatable_strings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_bytes())
    translated = set(translatable(tree))
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in translated and is_vietnamese(node.value):
            yield f"{name_of(path)}:{node.lineno}: {node.value[:90]!r}"


def translatable(tree: ast.Module) -> Iterator[int]:
    """Ids of the nodes that are docstrings, arguments of gettext, or the `sentence` of a refusal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in GETTEXT:
            yield from (id(part) for argument in node.args for part in ast.walk(argument))
        if isinstance(node, ast.ClassDef):
            yield from (
                id(statement.value)
                for statement in node.body
                if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == "sentence"
            )


def test_the_way_back_stands_above_the_title_on_every_page_of_the_workshop() -> None:
    pages = text_files(".html", under="app/authoring/templates/")
    elsewhere = re.compile(r'(?<!<p class="eyebrow"><a )class="back-link"')
    assert lines_with(elsewhere, pages) == []
    without = re.compile(r'class="eyebrow"><a href')
    assert lines_with(without, pages) == []
