"""A PostgreSQL server for tests: one that answers, else a throw-away cluster from installed programs."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tools import children, serving

LOCAL_SERVERS = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql:///postgres")
START_LIMIT = 30
"""Seconds until a new cluster must answer."""
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


class ServerUnreachable(RuntimeError):
    """The server that was named does not answer, or the one that we started does not."""


@contextmanager
def server_for_tests() -> Iterator[str | None]:
    """The URL of a server on which databases may be made, or None where there is none and none can be started."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named and not may_make_databases(named):
        raise ServerUnreachable("TEST_DATABASE_URL names a server that does not answer or lets us make no database")
    found = named or next(filter(may_make_databases, LOCAL_SERVERS), None)
    folder = None if found else folder_of_programs()
    if folder is None:
        yield found
    else:
        with throw_away_cluster(folder) as url:
            yield url


def may_make_databases(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def folder_of_programs() -> Path | None:
    """Where initdb and postgres lie: on PATH, or where Debian keeps each version (the newest wins)."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in versions), key=lambda folder: float(folder.parent.name), default=None)


@contextmanager
def throw_away_cluster(programs: Path) -> Iterator[str]:
    """A cluster in a temporary folder that is gone at the end. It trusts this machine, and nothing outlasts a fault."""
    owner = unprivileged_owner()
    folder = Path(tempfile.mkdtemp(prefix="hocso-postgresql-"))
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        initialise(programs, folder, owner)
        port = serving.free_port()
        server = start(programs, folder, port, owner)
        try:
            url = f"postgresql://postgres@{serving.HOST}:{port}/postgres"
            wait_until_ready(server, url, folder / "log")
            yield url
        finally:
            children.stop(server, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_owner() -> dict[str, Any]:
    """Options for a program that refuses to run as root: PostgreSQL's own user where there is one, else nobody."""
    if os.getuid() != 0:
        return {}
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def initialise(programs: Path, folder: Path, owner: dict[str, Any]) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [str(programs / "initdb"), "--pgdata", str(folder / "data"), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)


def start(programs: Path, folder: Path, port: int, owner: dict[str, Any]) -> subprocess.Popen[bytes]:
    place = ["-D", str(folder / "data"), "-h", serving.HOST, "-p", str(port), "-k", str(folder)]
    settings = [word for setting in FAST for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        return children.start(
            [str(programs / "postgres"), *place, *settings], stdout=log, stderr=log, cwd=folder, **owner
        )


def wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not may_make_databases(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServerUnreachable(f"the throw-away cluster did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)
