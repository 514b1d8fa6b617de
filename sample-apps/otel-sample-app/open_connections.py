"""The outgoing connections and what they do."""

from collections.abc import Iterable

import httpx
from opentelemetry.metrics import CallbackOptions, Meter, Observation

from peer import Peer

STATE = "http.connection.state"


def measure_connections(pool: httpx.AsyncHTTPTransport, peer: Peer, meter: Meter) -> None:
    """Exports how many connections of a pool carry a call, and how many wait for one."""

    def count(_: CallbackOptions) -> Iterable[Observation]:
        active = idle = 0
        for connection in pool._pool.connections:  # httpx itself does not show its pool
            if connection.is_closed() or connection.info() == "CONNECTING":
                continue
            if connection.is_idle():
                idle += 1
            else:
                active += 1
        return [Observation(active, {STATE: "active", **peer}), Observation(idle, {STATE: "idle", **peer})]

    meter.create_observable_up_down_counter(
        "http.client.open_connections",
        [count],
        unit="{connection}",
        description="Number of outbound HTTP connections that are currently active or idle on the client.",
    )
