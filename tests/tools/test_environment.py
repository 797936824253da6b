"""Installing: what is missing is said in a sentence, what is there is not done again, what was cut off begins anew."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import ROOT

NOWHERE = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_NO_INDEX": "1"}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the script and a list of no packages."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    return tmp_path


def install(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "tools/environment.sh", "requirements.txt"],
        cwd=clone,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend_python(clone: Path, says: str) -> str:
    """A program that behaves as a Python that is not good enough."""
    program = clone / "some-python"
    program.write_text(f'#!/bin/sh\ncase "$*" in {says} esac\nexec {sys.executable} "$@"\n')
    program.chmod(0o755)
    return str(program)


def test_missing_python_is_said_with_what_to_install(clone: Path) -> None:
    result = install(clone, PYTHON="no-such-python")
    assert result.returncode == 1
    assert "apt-get install python3 python3-venv" in result.stderr


def test_old_python_is_said_with_its_version(clone: Path) -> None:
    old = pretend_python(clone, "*version_info*) exit 1;; -V) echo Python 3.9.2; exit 0;;")
    result = install(clone, PYTHON=old)
    assert result.returncode == 1
    assert "Python 3.9.2" in result.stderr
    assert "3.11 or newer" in result.stderr


def test_missing_venv_is_said_with_what_to_install(clone: Path) -> None:
    result = install(clone, PYTHON=pretend_python(clone, "*ensurepip*) exit 1;;"))
    assert result.returncode == 1
    assert "apt-get install python3-venv" in result.stderr


def test_failed_installation_says_so_and_is_not_taken_for_done(clone: Path) -> None:
    (clone / "requirements.txt").write_text("no-such-package==1.0 --hash=sha256:" + "0" * 64 + "\n")
    for _ in range(2):
        failed = install(clone, **NOWHERE)
        assert failed.returncode == 1
        assert "Installing failed" in failed.stderr


def test_installing_is_done_once_for_each_list_and_anew_after_a_kill(clone: Path) -> None:
    assert install(clone).returncode == 0

    second = install(clone, **NOWHERE)
    assert (second.returncode, second.stdout) == (0, "")

    (clone / "requirements.txt").write_text("# nothing, said otherwise\n")
    changed = install(clone)
    assert (changed.returncode, "Installing" in changed.stdout) == (0, True)

    (clone / "requirements.txt").write_text("# and again\n")
    (clone / ".venv" / ".installing").touch()
    (clone / ".venv" / "half-written").touch()
    after_a_kill = install(clone)
    assert after_a_kill.returncode == 0
    assert not (clone / ".venv" / "half-written").exists()
