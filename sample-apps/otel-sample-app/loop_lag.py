"""How late the event loop gets to its work."""

import asyncio
import time
from collections import deque

from opentelemetry.metrics import Meter

from buckets import WAITS

PERIOD = 0.1
"""Seconds from one look to the next."""
REMEMBERED = 20
"""Looks of which the worst is told."""


class LoopLag:
    """Looks at the clock in regular turns of the loop; what it comes too late is the lag, in seconds."""

    def __init__(self, meter: Meter) -> None:
        self._due = float("inf")
        self._recent: deque[float] = deque([0.0], maxlen=REMEMBERED)
        self._lag = meter.create_histogram(
            "asyncio.loop.lag",
            unit="s",
            description="How late the event loop runs what is due.",
            explicit_bucket_boundaries_advisory=WAITS,
        )

    async def watch(self) -> None:
        """Measures until it is cancelled."""
        while True:
            self._due = time.monotonic() + PERIOD
            await asyncio.sleep(PERIOD)
            lag = max(0.0, time.monotonic() - self._due)
            self._recent.append(lag)
            self._lag.record(lag)

    def worst(self) -> float:
        """The longest lag of the last two seconds, the present one included; from any thread."""
        overdue = time.monotonic() - self._due
        return max(overdue, *tuple(self._recent))
