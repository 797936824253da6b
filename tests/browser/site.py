"""The whole product as people meet it: our server with a database of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app import create_app
from app.config import Settings
from app.extensions import db
from tests.databases import make_settings
from tools import children, serving


class Site:
    """One running server. What a story needs beforehand it stores with `stored()`."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.port = serving.free_port()
        self.address = f"http://{serving.HOST}:{self.port}"
        self.settings: Settings = make_settings(database_url, folder, port=self.port)
        self.app: Flask = create_app(self.settings)
        self.log = folder / f"server-{self.port}.log"
        self.server: subprocess.Popen[bytes] | None = None

    def start(self, workers: int = 2) -> None:
        with self.log.open("ab") as log:
            self.server = serving.start_server(self.port, self.environment(), workers, stdout=log, stderr=log)

    def stop(self) -> None:
        if self.server:
            children.stop(self.server)

    def environment(self) -> dict[str, str]:
        """What the server reads: the settings of this site, and nothing of whoever runs the tests."""
        settings = self.settings
        return {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": settings.secret_key,
            "PIN_PEPPER": settings.pin_pepper,
            "DATABASE_URL": settings.database_url,
            "INSTANCE_DIR": str(settings.instance_dir),
            "PORT": str(self.port),
        }

    @contextmanager
    def stored(self) -> Iterator[None]:
        """Write and read rows beside the server; what was written is committed at the end."""
        with self.app.app_context():
            yield
            db.session.commit()
            db.session.remove()

    def close(self) -> None:
        self.stop()
        with self.app.app_context():
            db.engine.dispose()
