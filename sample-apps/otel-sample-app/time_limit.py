"""One time limit for the whole of an outgoing call."""

import anyio
import httpx

WAITED = "waited"
"""Extension of a request: the seconds it waited for a connection."""
GRACE = 0.05
"""Seconds by which the limits of the single phases come first: they can name the phase."""


class TimeLimit(httpx.AsyncBaseTransport):
    """A call that takes longer than the limit, in seconds, is a ReadTimeout."""

    def __init__(self, below: httpx.AsyncBaseTransport, limit: float) -> None:
        self._below = below
        self._limit = limit

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            # not asyncio's: the HTTP client shields its tidying up from this kind only
            with anyio.fail_after(self._limit + GRACE):
                return await self._below.handle_async_request(request)
        except TimeoutError as error:
            waited = request.extensions.get(WAITED, 0.0)
            message = f"no whole answer within {self._limit:g} s, of which {waited:.3f} s went by without a connection"
            raise httpx.ReadTimeout(message, request=request) from error

    async def aclose(self) -> None:
        await self._below.aclose()
