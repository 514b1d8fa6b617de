"""The settings of the process, read once at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MOST = 2**31 - 1
"""The highest number that a variable may have."""


class SettingsError(ValueError):
    """A variable of the environment makes no sense."""


@dataclass(frozen=True)
class Settings:
    """Where the process listens, what it calls and within which limits."""

    host: str
    port: int
    admin_socket: str
    """Path of the unix socket for operation, empty for none."""
    orders_url: str
    timeout: float
    """Limit of one outgoing call, in seconds."""
    retries: int
    """Immediate repeats of a failed idempotent call."""
    connections: int
    """Size of the outgoing connection pool."""
    export_dir: Path
    """Where receipts are written."""

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Reads the variables. Raises SettingsError for one that is no number."""
        return cls(
            host=environ.get("HOST") or "127.0.0.1",
            port=read_number(environ, "PORT", 8080),
            admin_socket=environ.get("ADMIN_SOCKET", ""),
            orders_url=(environ.get("ORDERS_URL") or "http://127.0.0.1:8081").rstrip("/"),
            timeout=read_number(environ, "UPSTREAM_TIMEOUT_MS", 4000, least=1) / 1000,
            retries=read_number(environ, "UPSTREAM_RETRIES", 0),
            connections=read_number(environ, "UPSTREAM_CONNECTIONS", 10, least=1),
            export_dir=Path(environ.get("EXPORT_DIR") or "receipts"),
        )


def read_number(environ: Mapping[str, str], name: str, preset: int, least: int = 0) -> int:
    """A variable that is a whole number of at most MOST. Raises SettingsError."""
    raw = environ.get(name, "")
    if raw == "":
        return preset
    if not (raw.isascii() and raw.isdigit()) or not least <= int(raw) <= MOST:
        raise SettingsError(f"{name} must be a whole number from {least} to {MOST}, is {raw!r}")
    return int(raw)
