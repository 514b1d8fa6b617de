"""Serves the application until the process is told to end."""

import asyncio
import logging
import signal
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from listener import listen

log = logging.getLogger("storefront")

DRAIN = 3
"""Seconds for the requests under way at the end."""
ACCEPTS = 1
"""
Connections asyncio accepts at a time; it takes the same number for the length of the queue.

When no file can be opened any more, it reports and comes back to each of them, which with many never ends.
"""


class Server(uvicorn.Server):
    """A server on a listening socket of its own."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket) -> None:
        super().__init__(config)
        self._listener = listener

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts and says where. Raises PortTaken or OSError."""
        listen(self._listener)
        await super().startup(sockets)
        log.info("listening on %s", listen(self._listener))  # again: makes the queue long

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Handles the signals that come before and after uvicorn does."""
        self.should_exit = True


def serve(app: FastAPI, listener: socket.socket) -> None:
    """Answers requests; on SIGTERM or SIGINT it ends those under way and returns. Raises PortTaken or OSError."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=ACCEPTS,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=DRAIN,
    )
    server = Server(config, listener)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.stop)
    asyncio.run(server.serve(sockets=[listener]))
