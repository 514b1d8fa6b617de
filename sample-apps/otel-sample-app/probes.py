"""Answers whether the process lives and is ready, past tracing."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

UNTRACED = r"^[a-z]+://[^/]+/(health|ready)$"
"""Matches the addresses of the probes."""


def probes() -> APIRouter:
    """The routes. Requests are answered only after the start is done, so that both say the same."""
    router = APIRouter()
    for path in ("/health", "/ready"):
        router.get(path)(_ok)
    return router


async def _ok() -> JSONResponse:
    return JSONResponse({"status": "ok"})
