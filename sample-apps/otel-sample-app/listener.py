"""The listening socket."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

BACKLOG = 1024
"""Connections that may wait to be accepted."""


class PortTaken(Exception):
    """Another process listens there already."""


def reserve(host: str, port: int) -> socket.socket:
    """Takes an address, on which connections are still refused. Raises PortTaken or OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only on sockets whose protocol is named
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with _telling(f"{host}:{port}"):
        listener.bind((host, port))
    return listener


def listen(listener: socket.socket) -> str:
    """From now on connections wait to be accepted. Answers the address. Raises PortTaken or OSError."""
    host, port = listener.getsockname()[:2]
    with _telling(f"{host}:{port}"):
        listener.listen(BACKLOG)
    return f"{host}:{port}"


@contextmanager
def _telling(address: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"{address} is taken") from error
        raise
