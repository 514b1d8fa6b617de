"""Receipts kept at hand after they were written."""

import threading
from collections.abc import Callable
from typing import IO


class Archive:
    """Closes each written receipt, except for a share of them that stays open for corrections."""

    def __init__(self, share: Callable[[], float]) -> None:
        """`share` says how many of all receipts stay open now, 0 to 1."""
        self._share = share
        self._due = 0.0
        self._lock = threading.Lock()
        self._open: list[IO[str]] = []

    def take(self, receipt: IO[str]) -> None:
        """Keeps a receipt open or closes it."""
        with self._lock:
            self._due += min(max(self._share(), 0.0), 1.0)
            if self._due >= 1:
                self._due -= 1
                self._open.append(receipt)
                return
        receipt.close()

    def settle(self) -> None:
        """Closes what is open once nothing is to be kept any more."""
        if not self._open or self._share() > 0:
            return
        with self._lock:
            done, self._open, self._due = self._open, [], 0.0
        for receipt in done:
            receipt.close()
