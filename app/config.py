"""Settings: read once from the environment, typed, and refused when they cannot work.

`docs/configuration.md` holds the same table for operators; a test compares the two.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
MINIMUM_SECRET_LENGTH = 32
SECRETS_FILE = "secrets.env"
LARGEST_FORM = 512 * 1024
"""Bytes of a request's body; a page that takes files raises it for itself (`@takes_files`)."""
GENERATED_SECRETS = ("SECRET_KEY", "PIN_PEPPER")


class ConfigurationError(RuntimeError):
    """A setting is missing or unusable; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two installations. Field names are the variables' names in lower case."""

    secret_key: str
    """Signs tokens that leave the server; at least 32 characters."""
    pin_pepper: str
    """Key of the HMAC over PINs and learning codes, kept outside the database; at least 32 characters."""
    database_url: str
    """SQLAlchemy URL. SQLite (one node) or PostgreSQL through psycopg 3."""
    instance_dir: Path
    """Where SQLite, secrets and caches lie."""
    erasure_list: Path
    """Append-only file of erased persons, outside database and backup; a restore replays it."""
    backup_passphrase: str = ""
    """Encrypts backups; `flask backup` refuses without it."""
    port: int = 8000
    """Port of the server that `make run` starts."""
    public_url: str = ""
    """Address that people use, e.g. https://hoc.example.vn: links, QR codes, allowed host, Secure cookies."""
    trusted_proxies: int = 0
    """How many reverse proxies stand in front; their X-Forwarded-* headers are believed, no others."""

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def base_url(self) -> str:
        """Address to print on links and QR codes, without a trailing slash."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def migrations_dir(self) -> Path:
        return ROOT / "migrations"

    @property
    def courses_dir(self) -> Path:
        return ROOT / "courses"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the process environment over `INSTANCE_DIR/secrets.env`; the environment wins.

        Raises:
            ConfigurationError: a secret is missing or too short, or a value cannot be used.
        """
        outside = dict(os.environ if environment is None else environment)
        instance_dir = Path(outside.get("INSTANCE_DIR") or ROOT / "instance").resolve()
        values = {**read_secrets_file(instance_dir / SECRETS_FILE), **{k: v for k, v in outside.items() if v}}
        try:
            port = int(values.get("PORT", "8000"))
            trusted_proxies = int(values.get("TRUSTED_PROXIES", "0"))
        except ValueError as error:
            raise ConfigurationError(f"PORT and TRUSTED_PROXIES must be whole numbers: {error}") from None
        settings = cls(
            secret_key=values.get("SECRET_KEY", ""),
            pin_pepper=values.get("PIN_PEPPER", ""),
            database_url=with_psycopg(values.get("DATABASE_URL") or f"sqlite:///{instance_dir / 'hocso.sqlite3'}"),
            instance_dir=instance_dir,
            erasure_list=Path(values.get("ERASURE_LIST") or instance_dir / "erasures.jsonl"),
            backup_passphrase=values.get("BACKUP_PASSPHRASE", ""),
            port=port,
            public_url=values.get("PUBLIC_URL", "").rstrip("/"),
            trusted_proxies=trusted_proxies,
        )
        settings.refuse_unusable_values()
        return settings

    def refuse_unusable_values(self) -> None:
        """Raise ConfigurationError for the first value with which the product would be unsafe or would not work."""
        for name in GENERATED_SECRETS:
            if len(getattr(self, name.lower())) < MINIMUM_SECRET_LENGTH:
                raise ConfigurationError(
                    f"{name} is missing or shorter than {MINIMUM_SECRET_LENGTH} characters. "
                    f"'make run' writes one to {SECRETS_FILE}; elsewhere set it in the environment."
                )
        if self.public_url and urlsplit(self.public_url).scheme not in {"http", "https"}:
            raise ConfigurationError("PUBLIC_URL must begin with http:// or https://")
        if not self.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ConfigurationError("DATABASE_URL must be sqlite:///FILE or postgresql://…")

    def flask_config(self) -> dict[str, Any]:
        """The keys that Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {} if self.is_sqlite else {"pool_pre_ping": True, "pool_size": 10},
            "MAX_CONTENT_LENGTH": LARGEST_FORM,
            "MAX_FORM_PARTS": 500,
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
            "BABEL_TRANSLATION_DIRECTORIES": "ui/translations",
            "TEMPLATES_AUTO_RELOAD": False,
        }


def with_psycopg(url: str) -> str:
    """Name the driver that we ship in a PostgreSQL URL that names none."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def read_secrets_file(path: Path) -> dict[str, str]:
    """Read NAME=value lines; a missing file is empty."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def write_missing_secrets(instance_dir: Path) -> Path:
    """Add every generated secret that `secrets.env` does not hold yet (mode 0600); never change one."""
    instance_dir.mkdir(parents=True, exist_ok=True)
    path = instance_dir / SECRETS_FILE
    missing = [name for name in GENERATED_SECRETS if name not in read_secrets_file(path)]
    if missing:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.writelines(f"{name}={secrets.token_urlsafe(48)}\n" for name in missing)
    path.chmod(0o600)
    return path


def environment_names() -> list[str]:
    """Every variable that is read, as an operator writes it."""
    return [field.name.upper() for field in fields(Settings)]
