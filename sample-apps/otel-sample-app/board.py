"""Numbers set from outside for a limited time."""

import math
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LONGEST_MS = 30 * 60 * 1000
"""The longest time a value may stand on the board, in milliseconds."""


class Refused(ValueError):
    """What was to be set is not allowed; says why."""


@dataclass(frozen=True)
class _Entry:
    value: float
    token: str
    expires: float


class Board:
    """Holds values of the keys it was made with, until they expire by a monotonic clock in seconds."""

    def __init__(self, keys: Iterable[str], now: Callable[[], float] = time.monotonic) -> None:
        self._keys = frozenset(keys)
        self._now = now
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}

    def set(self, key: object, value: object, ttl_ms: object, token: str = "") -> None:
        """Puts a value up for its time to live. Raises Refused."""
        if not isinstance(key, str) or key not in self._keys:
            raise Refused(f"unknown key {key!r}")
        number, ttl = _number(value), _number(ttl_ms)
        if number is None:
            raise Refused("value must be a number")
        if ttl is None or not 0 < ttl <= LONGEST_MS:
            raise Refused(f"ttlMs must be above 0 and at most {LONGEST_MS}")
        with self._lock:
            self._entries[key] = _Entry(number, token, self._now() + ttl / 1000)

    def get(self, key: str, preset: float = 0.0) -> float:
        """The value of a key, or the preset when there is none or its time is over."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return preset
            if self._now() >= entry.expires:
                del self._entries[key]
                return preset
            return entry.value

    def clear(self, token: str = "") -> None:
        """Takes down the values set with a token, or all without one."""
        with self._lock:
            self._entries = {key: entry for key, entry in self._entries.items() if token not in ("", entry.token)}


def _number(value: object) -> float | None:
    """JSON's numbers only: no truth values, nothing infinite."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
