"""Carries out the request lines of the socket for operation."""

import json
import os
import time
from collections.abc import Callable, Mapping

import release
from board import Board, Refused

Meters = Mapping[str, Callable[[], float]]
"""What can be read, by name."""


class AdminDesk:
    """Answers one JSON line with another."""

    def __init__(self, board: Board, meters: Meters, started_at: float) -> None:
        """`started_at` is the start of the process in Unix seconds."""
        self._board = board
        self._meters = meters
        self._started_at = round(started_at * 1000)

    def answer(self, line: bytes) -> bytes:
        """The answer line to a request line, without the newline."""
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise Refused("not a request")
            answer = self._carry_out(request)
        except Refused as refusal:
            answer = _refusal(str(refusal))
        except (ValueError, RecursionError):
            answer = _refusal("not a request")
        return json.dumps(answer).encode()

    def _carry_out(self, request: dict[str, object]) -> dict[str, object]:
        token = request.get("token") or ""
        if not isinstance(token, str):
            raise Refused("token must be a text")
        match request.get("op"):
            case "hello":
                return {"ok": True, "pid": os.getpid(), "startedAt": self._started_at, "release": release.NAME}
            case "meters":
                return {"ok": True, "meters": {name: read() for name, read in self._meters.items()}}
            case "set":
                self._board.set(request.get("key"), request.get("value"), request.get("ttlMs"), token)
            case "clear":
                self._board.clear(token)
            case _:
                raise Refused("unknown op")
        return {"ok": True, "at": int(time.time() * 1000)}


def _refusal(why: str) -> dict[str, object]:
    return {"ok": False, "error": why}
