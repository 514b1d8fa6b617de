"""Lets as many calls at a time to the pool as it has connections."""

import time

import anyio
import httpx
from opentelemetry.metrics import Meter, Observation

from buckets import WAITS
from peer import Peer
from time_limit import WAITED


class PoolGate(httpx.AsyncBaseTransport):
    """
    Where calls wait for a connection of the pool, which they hold until their answer is read whole.

    The pool itself can make them wait too, but loses connections when a call gives up just as it gets one.
    """

    def __init__(self, below: httpx.AsyncBaseTransport, connections: int, peer: Peer, meter: Meter) -> None:
        self._below = below
        self._free = anyio.Semaphore(connections, fast_acquire=True)
        self._peer = peer
        self._pending = 0
        self._wait = meter.create_histogram(
            "app.http_pool.wait_time",
            unit="s",
            description="Time calls wait for a connection of the pool.",
            explicit_bucket_boundaries_advisory=WAITS,
        )
        meter.create_observable_up_down_counter(
            "app.http_pool.pending",
            [lambda _: [Observation(self._pending, peer)]],
            unit="{request}",
            description="Calls that wait for a connection of the pool.",
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._enter(request)
        try:
            return await self._read(request)
        finally:
            self._free.release()

    async def _enter(self, request: httpx.Request) -> None:
        limit = request.extensions["timeout"]["pool"]
        started = time.perf_counter()
        self._pending += 1
        try:
            with anyio.fail_after(limit):
                await self._free.acquire()
        except TimeoutError as error:
            raise httpx.PoolTimeout(f"no free connection within {limit:g} s", request=request) from error
        finally:
            waited = time.perf_counter() - started
            self._pending -= 1
            self._wait.record(waited, self._peer)
            request.extensions[WAITED] = waited

    async def _read(self, request: httpx.Request) -> httpx.Response:
        response = await self._below.handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        try:
            body = b"".join([part async for part in response.stream])
        finally:
            await response.aclose()
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=httpx.ByteStream(body),
            extensions={"http_version": response.extensions.get("http_version", b"HTTP/1.1")},
        )

    async def aclose(self) -> None:
        await self._below.aclose()
