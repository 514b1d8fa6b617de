"""Serves the application until the process is told to end."""

import asyncio
import logging
import signal
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from listener import BACKLOG, listen

log = logging.getLogger("storefront")

DRAIN = 3
"""Seconds for the requests under way at the end."""


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
        backlog=BACKLOG,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=DRAIN,
    )
    server = uvicorn.Server(config)

    def stop(_number: int, _frame: FrameType | None) -> None:
        # uvicorn puts this back and raises the signal once more when it is done
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    log.info("listening on %s", listen(listener))
    asyncio.run(server.serve(sockets=[listener]))
