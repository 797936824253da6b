"""The facts about this machine without which a number means nothing."""

import os
import platform
import sqlite3
import sys
from pathlib import Path

import psycopg

from app.shared.clock import now


def facts(postgresql: str | None) -> dict[str, str]:
    """Name → value, for the head of the report."""
    return {
        "when": f"{now():%Y-%m-%d %H:%M} UTC",
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": sys.version.split()[0],
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": _version_of(postgresql) if postgresql else "none",
        "load before the start": f"{os.getloadavg()[0]:.1f}",
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _version_of(server: str) -> str:
    with psycopg.connect(server) as connection:
        return connection.info.parameter_status("server_version") or "unknown"
