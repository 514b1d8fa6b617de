"""All parts of the running process."""

import gc
import socket

from opentelemetry import metrics

from admin import AdminSocket
from admin_desk import AdminDesk
from application import make_application
from archive import Archive
from board import Board
from loop_lag import LoopLag
from open_files import count_open_files
from server import serve
from settings import Settings
from started import STARTED_AT
from telemetry import start_telemetry

FLUSH = 1.5
"""Seconds for the last telemetry at the end."""

KEEP_OPEN = "export.keep_open"
"""Share of receipts that stay open for corrections."""


def run(settings: Settings, listener: socket.socket) -> None:
    """Serves until the process is told to end. Raises PortTaken, SettingsError or OSError."""
    flush = start_telemetry()
    try:
        board = Board([KEEP_OPEN])
        archive = Archive(lambda: board.get(KEEP_OPEN))
        lag = LoopLag(metrics.get_meter("storefront"))
        app = make_application(settings, archive, lag)
        desk = AdminDesk(
            board,
            {"files.open": count_open_files, "loop.lag_ms": lambda: lag.worst() * 1000},
            STARTED_AT,
        )
        admin = AdminSocket(settings.admin_socket, desk.answer, archive.settle) if settings.admin_socket else None
        try:
            gc.collect()
            gc.freeze()  # what stays for good need not be looked through again
            serve(app, listener)
        finally:
            if admin is not None:
                admin.close()
    finally:
        flush(FLUSH)
