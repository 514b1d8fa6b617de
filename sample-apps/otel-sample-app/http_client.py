"""The traced and measured HTTP client for outgoing calls."""

import httpx
from opentelemetry.instrumentation.httpx import AsyncOpenTelemetryTransport, RequestInfo
from opentelemetry.metrics import Meter, NoOpMeterProvider
from opentelemetry.trace import Span

from call_timer import CallTimer
from open_connections import measure_connections
from peer import name_peer
from pool_gate import PoolGate
from settings import Settings
from time_limit import TimeLimit
from upstream import RESEND


def make_client(settings: Settings, meter: Meter) -> httpx.AsyncClient:
    """A client for the orders service. It belongs to the event loop that uses it first."""
    peer = name_peer(settings.orders_url)
    pool = httpx.AsyncHTTPTransport(
        trust_env=False,
        limits=httpx.Limits(
            max_connections=settings.connections,
            max_keepalive_connections=settings.connections,
            keepalive_expiry=10,
        ),
    )
    measure_connections(pool, peer, meter)
    limited = TimeLimit(PoolGate(pool, settings.connections, peer, meter), settings.timeout)
    timed = CallTimer(limited, peer, meter)
    return httpx.AsyncClient(
        base_url=settings.orders_url,
        transport=AsyncOpenTelemetryTransport(timed, meter_provider=NoOpMeterProvider(), request_hook=_note_resend),
        trust_env=False,
        # of each phase: wait for the pool, connect, write, read
        timeout=httpx.Timeout(settings.timeout),
        headers={"accept": "application/json", "accept-encoding": "identity", "user-agent": "storefront"},
    )


async def _note_resend(span: Span, request: RequestInfo) -> None:
    count = (request.extensions or {}).get(RESEND, 0)
    if count:
        span.set_attribute("http.request.resend_count", count)
