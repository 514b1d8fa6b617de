"""The other side of a call."""

import httpx

Peer = dict[str, str | int]
"""The attributes server.address and server.port."""


def name_peer(base: str) -> Peer:
    """Names the service at a base URL."""
    url = httpx.URL(base)
    return {"server.address": url.host, "server.port": url.port or (443 if url.scheme == "https" else 80)}
