"""The strings of the screens: collected from the code, kept in gettext catalogues, compiled.

    python -m tools.catalogues update   collect, keep every translation, compile (`make strings`)
    python -m tools.catalogues check    fail if that would change a file, or a string has no translation

The source strings are Vietnamese. Besides `_()` and its like, the `sentence` of each refusal is collected.
Files are the same whoever writes them and whenever: sorted, without dates and line numbers.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
TRANSLATIONS = APP / "ui" / "translations"
TEMPLATE = TRANSLATIONS / "messages.pot"
LANGUAGES = ("en",)
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
TEMPLATE_OPTIONS = {"silent": "false", "trimmed": "true"}


def main() -> int:
    wanted = files_wanted()
    if sys.argv[1:] == ["update"]:
        for path, content in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        print("\n".join(untranslated()) or "every string is translated")
        return 0
    stale = [path for path, content in wanted.items() if not path.exists() or path.read_bytes() != content]
    faults = [f"{path.relative_to(ROOT)}: stale; run 'make strings'" for path in stale] + list(untranslated())
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


def files_wanted() -> dict[Path, bytes]:
    """Each file of the catalogues as it should be, with the translations that there are."""
    template = collect()
    files = {TEMPLATE: as_po(template)}
    for language in LANGUAGES:
        catalogue = translated(template, language)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        files[po_path(language)] = as_po(catalogue)
        files[po_path(language).with_suffix(".mo")] = compiled.getvalue()
    return files


def po_path(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def collect() -> Catalog:
    """Every string of the product, with the files in which it stands."""
    catalogue = new_catalogue(None)
    for path in sorted([*APP.rglob("*.py"), *APP.rglob("*.html")]):
        for text in strings_of(path):
            catalogue.add(text, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def new_catalogue(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        header_comment="# Strings of the screens of Học Số. Collected by 'make strings'.",
        project="hoc-so",
        version="1",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        last_translator="Học Số",
        language_team="Học Số",
        msgid_bugs_address="none",
        charset="utf-8",
        fuzzy=False,
    )


def strings_of(path: Path) -> Iterator[str | tuple[str, ...]]:
    method = "python" if path.suffix == ".py" else "jinja2"
    options = {} if method == "python" else TEMPLATE_OPTIONS
    body = path.read_bytes()
    for _line, text, _comments, _context in extract(method, io.BytesIO(body), KEYWORDS, options=options):
        yield text
    if method == "python":
        yield from sentences_of(ast.parse(body))


def sentences_of(tree: ast.Module) -> Iterator[str]:
    """What classes say in an attribute named `sentence`: it is translated when it is shown."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for statement in node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
                if "sentence" in names and statement.value.value:
                    yield str(statement.value.value)


def translated(template: Catalog, language: str) -> Catalog:
    """The catalogue of a language over the strings of today; a string that is gone takes its translation along."""
    path = po_path(language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = new_catalogue(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalogue, sort_output=True, include_lineno=False, ignore_obsolete=True, width=120)
    return file.getvalue()


def untranslated() -> Iterator[str]:
    """One line for each string without a translation, or with one that lacks a placeholder."""
    for language in LANGUAGES:
        path = po_path(language)
        if not path.exists():
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        for message in catalogue:
            if message.id and (why := fault_of(message)):
                yield f"{path.relative_to(ROOT)}: {why}: {message.id!r}"


def fault_of(message: Message) -> str:
    """Why a translation may not be used, or empty."""
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if message.fuzzy or not texts or not all(texts):
        return "not translated"
    return "; ".join(str(error) for error in message.check())


if __name__ == "__main__":
    sys.exit(main())
