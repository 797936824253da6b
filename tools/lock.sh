#!/bin/sh
# Resolve pyproject.toml into the two requirements files, with hashes and without any registry's address.
set -eu
command -v uv >/dev/null 2>&1 || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
export UV_CUSTOM_COMPILE_COMMAND="make lock"
common="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --upgrade"
# shellcheck disable=SC2086
uv pip compile $common --output-file requirements.txt pyproject.toml
# shellcheck disable=SC2086
uv pip compile $common --group dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
