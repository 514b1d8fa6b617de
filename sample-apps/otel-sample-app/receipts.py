"""The receipts of checkouts, one text file each."""

import contextlib
import os
from collections import deque
from pathlib import Path

from archive import Archive

KEPT = 300
"""Receipts left on the disk; older ones are deleted."""


class Receipts:
    """Writes receipts into one directory. Files are named relative to it, so that errors show no other path."""

    def __init__(self, directory: Path, archive: Archive, kept: int = KEPT) -> None:
        """Makes the directory where there is none. Raises OSError."""
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        self._archive = archive
        self._kept = kept
        found = sorted(directory.glob("receipt-*.txt"), key=lambda file: file.stat().st_mtime)
        self._names = deque(file.name for file in found)

    def write(self, order_id: int, text: str) -> str:
        """Writes the receipt of an order and answers its file name. Raises OSError."""
        name = f"receipt-{order_id:08d}.txt"
        receipt = open(name, "w", encoding="utf-8", opener=self._open)  # noqa: SIM115 (the archive closes it)
        try:
            receipt.write(text)
            receipt.flush()
        except OSError:
            receipt.close()
            raise
        self._archive.take(receipt)
        self._names.append(name)
        self._rotate()
        return name

    def _open(self, name: str, flags: int) -> int:
        return os.open(name, flags, mode=0o600, dir_fd=self._directory)

    def _rotate(self) -> None:
        while len(self._names) > self._kept:
            with contextlib.suppress(OSError):
                os.unlink(self._names.popleft(), dir_fd=self._directory)
