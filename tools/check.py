"""`make check`: everything that can be judged without running the product. Goes through all, then says what failed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary"],
    "layers": ["lint-imports", "--no-logo", "--no-cache"],
    "translations": ["python", "-m", "tools.catalogues", "check"],
    "configuration table": ["python", "-m", "pytest", "-q", "--no-header", "tests/rules/test_configuration_docs.py"],
}


def main() -> int:
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    print(f"make check: {'failed: ' + ', '.join(failed) if failed else 'all is well'}")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check; what it prints is shown only when it fails."""
    result = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(f"{name}: {'ok' if result.returncode == 0 else 'FAILED'}", flush=True)
    if result.returncode:
        print(result.stdout + result.stderr, flush=True)
    return result.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
