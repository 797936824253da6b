"""The editor that is committed is the one that `make editor` made of the versions that are pinned."""

import hashlib
import json
import re
from typing import Any

from tests.rules.files import ROOT

TOOLS = ROOT / "tools" / "editor"
VENDOR = ROOT / "app" / "ui" / "static" / "workshop" / "vendor"


def test_the_bundle_is_the_one_that_was_recorded() -> None:
    bundle = (VENDOR / "codemirror.js").read_bytes()
    assert hashlib.sha256(bundle).hexdigest() == read("built.json")["sha256"]


def test_the_record_names_the_versions_that_are_locked() -> None:
    locked = read("package-lock.json")["packages"]
    built = read("built.json")
    assert {name: locked[f"node_modules/{name}"]["version"] for name in built["packages"]} == built["packages"]
    assert locked["node_modules/esbuild"]["version"] == built["esbuild"]


def test_what_is_asked_for_is_pinned_and_locked_without_an_address() -> None:
    wanted = read("package.json")
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert [version for version in versions.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    entries = [entry for name, entry in read("package-lock.json")["packages"].items() if name]
    assert [entry for entry in entries if "resolved" in entry or "integrity" not in entry] == []


def test_every_package_in_the_bundle_comes_with_its_licence() -> None:
    licences = (VENDOR / "LICENCES.txt").read_text("utf-8")
    for name, version in read("built.json")["packages"].items():
        assert f"{name} {version} (MIT)" in licences
    assert licences.count("Permission is hereby granted") == len(read("built.json")["packages"])


def test_the_bundle_turns_no_text_into_html_or_code() -> None:
    bundle = (VENDOR / "codemirror.js").read_text("utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", bundle) == []


def test_the_bundle_draws_no_pictures_that_the_policy_refuses() -> None:
    assert "data:image" not in (VENDOR / "codemirror.js").read_text("utf-8")


def read(name: str) -> Any:
    return json.loads((TOOLS / name).read_text("utf-8"))
