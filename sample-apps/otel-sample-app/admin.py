"""The unix socket for operation, served by a thread of its own whatever the event loop does."""

import contextlib
import os
import selectors
import socket
import stat
import threading
import time
from collections.abc import Callable

from spare_files import SpareFiles

LONGEST_LINE = 64 * 1024
"""Bytes that a request line may have."""
PERIOD = 0.25
"""Seconds from one housekeeping to the next."""

Answer = Callable[[bytes], bytes]


class AdminSocket:
    """Newline JSON on a unix socket that only the owner may open."""

    def __init__(self, path: str, answer: Answer, housekeeping: Callable[[], None]) -> None:
        """`housekeeping` is called at least once a PERIOD and before each answer. Raises OSError."""
        self._path = path
        self._answer = answer
        self._housekeeping = housekeeping
        self._listener = _listen(path)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._spare = SpareFiles()
        self._pending: dict[socket.socket, bytes] = {}
        threading.Thread(target=self._serve, name="admin", daemon=True).start()

    def close(self) -> None:
        """Takes the socket away; the thread ends with the process."""
        with contextlib.suppress(OSError):
            os.unlink(self._path)

    def _serve(self) -> None:
        while True:
            for key, _ in self._selector.select(PERIOD):
                if key.fileobj is self._listener:
                    self._accept()
                elif isinstance(key.fileobj, socket.socket):
                    self._read(key.fileobj)
            self._housekeeping()
            self._spare.refill()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
                break
            except OSError:
                # perhaps no file may be opened any more; one given back makes room
                if not self._spare.give_back():
                    time.sleep(PERIOD)
                    return
        connection.settimeout(1)
        self._pending[connection] = b""
        self._selector.register(connection, selectors.EVENT_READ)

    def _read(self, connection: socket.socket) -> None:
        try:
            received = connection.recv(LONGEST_LINE)
            *lines, rest = (self._pending[connection] + received).split(b"\n")
            if rest.strip() and not received:
                lines.append(rest)
            for line in filter(bytes.strip, lines):
                answer = self._answer(line)
                self._housekeeping()
                connection.sendall(answer + b"\n")
        except OSError:
            received = b""
        if not received or len(rest) > LONGEST_LINE:
            self._selector.unregister(connection)
            del self._pending[connection]
            connection.close()
        else:
            self._pending[connection] = rest


def _listen(path: str) -> socket.socket:
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISSOCK(os.lstat(path).st_mode):
            os.unlink(path)  # left by a process that was killed
    listener = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)
    try:
        listener.bind(path)
    finally:
        os.umask(mask)
    listener.listen()
    return listener
