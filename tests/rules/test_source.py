"""Laws of the source: nothing that runs text as code, nothing half done, nothing that only works on one machine."""

import ast
import re
from pathlib import Path

from tests.rules.files import lines_with, name_of, text_files

RUNS_TEXT = re.compile(r"(?<![\w.])(eval|exec)\(|render_template_string|from_string\(|pickle|yaml\.load\(|shell=True")
MARKUP = re.compile(r"Markup\(f|Markup\([^\"')]|\|\s*safe\b")
HALF_DONE = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
REGISTRIES = re.compile(r"py" r"pi\.org|python" r"hosted\.org|npm" r"js\.(org|com)|yarn" r"pkg\.com")
ABSOLUTE = re.compile(r"(?<![\w.:/])/(home|root|work|Users|mnt)/\w")
PLACES_OF_MARKUP = {
    "app/authoring/templates/authoring/new_lessons.html": "lessons that were compiled and sanitised for the page",
    "app/authoring/templates/authoring/try.html": "our own page of an item that was sanitised when it was compiled",
    "app/learning/templates/learning/_question.html": "fragments that were sanitised when the course was compiled",
    "app/learning/templates/learning/_phone_choice.html": "an attribute of our own",
    "app/learning/templates/learning/drill.html": "fragments that were sanitised when the course was compiled",
    "app/learning/templates/learning/lesson.html": "a body that was sanitised when the course was compiled",
    "app/learning/templates/learning/practice_item.html": "fragments that were sanitised when the course was compiled",
    "app/learning/templates/learning/sign_off.html": "fragments that were sanitised when the course was compiled",
    "app/learning/templates/learning/sign_off_code.html": "an attribute of our own",
    "app/ui/icons.py": "icons of our own",
    "app/ui/templates/components/code_box.html": "the QR is drawn by segno from digits",
}
LONGEST_FILE = 300
LONGEST_TEST_FILE = 400
LONGEST_MIGRATION = 1000
LONGEST_TEMPLATE = 140
LONGEST_FUNCTION = 50


def test_nothing_runs_text_as_code() -> None:
    assert lines_with(RUNS_TEXT, text_files(".py", ".html", under="app/")) == []


def test_html_is_trusted_only_where_it_is_listed() -> None:
    found = {line.split(":")[0] for line in lines_with(MARKUP, text_files(".py", ".html", under="app/"))}
    assert found == set(PLACES_OF_MARKUP)


def test_nothing_is_left_half_done() -> None:
    assert lines_with(HALF_DONE, text_files()) == []


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES, text_files()) == []


def test_no_file_names_a_place_on_one_machine() -> None:
    assert lines_with(ABSOLUTE, text_files()) == []


def test_no_file_grows_past_one_subject() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in text_files(".py")}
    assert {name: length for name, length in lengths.items() if length > longest(name)} == {}


def longest(name: str) -> int:
    """Lines that a file may have; a migration lists tables, and what rebuilds the places reads four sources."""
    if name.startswith("migrations/versions/"):
        return LONGEST_MIGRATION
    is_for_us_alone = name.startswith("tests/") or name == "app/places/data/rebuild.py"
    return LONGEST_TEST_FILE if is_for_us_alone else LONGEST_FILE


def test_no_template_is_long() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in text_files(".html", under="app/")}
    assert {name: length for name, length in lengths.items() if length >= LONGEST_TEMPLATE} == {}


def test_no_function_is_long() -> None:
    long = [line for path in text_files(".py", under="app/") for line in long_functions(path)]
    assert long == []


def long_functions(path: Path) -> list[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        f"{name_of(path)}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]


def test_every_package_says_what_lives_in_it() -> None:
    packages = [path for path in text_files(".py", under="app/") if path.name == "__init__.py"]
    silent = [name_of(path) for path in packages if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert silent == []
