"""The duration of outgoing calls."""

import time

import httpx
from opentelemetry.metrics import Meter

from buckets import HTTP
from peer import Peer


class CallTimer(httpx.AsyncBaseTransport):
    """Records http.client.request.duration, of failed calls too (the tracing transport leaves those out)."""

    def __init__(self, below: httpx.AsyncBaseTransport, peer: Peer, meter: Meter) -> None:
        self._below = below
        self._peer = peer
        self._duration = meter.create_histogram(
            "http.client.request.duration",
            unit="s",
            description="Duration of HTTP client requests.",
            explicit_bucket_boundaries_advisory=HTTP,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        attributes = self._peer | {"http.request.method": request.method, "url.scheme": request.url.scheme}
        started = time.perf_counter()
        try:
            response = await self._below.handle_async_request(request)
            attributes["http.response.status_code"] = response.status_code
            if response.status_code >= 400:
                attributes["error.type"] = str(response.status_code)
            return response
        except BaseException as error:
            attributes["error.type"] = type(error).__qualname__
            raise
        finally:
            self._duration.record(time.perf_counter() - started, attributes)

    async def aclose(self) -> None:
        await self._below.aclose()
