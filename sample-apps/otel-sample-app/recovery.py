"""Requests that end with an unhandled exception."""

import logging

from opentelemetry.trace import Span, Status, StatusCode, get_current_span
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from problems import problem

log = logging.getLogger("storefront.recovery")


class Recovery:
    """Turns an unhandled exception into a 500, an exception on the span and an ERROR line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if begun:
                raise
            await _answer(error, scope, receive, send)


async def _answer(error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
    span = get_current_span()
    span.record_exception(error)
    log.error(
        "request failed: %s: %s",
        type(error).__qualname__,
        error,
        exc_info=error,
        extra={"http.request.method": scope["method"], "url.path": scope["path"]},
    )

    async def marking(message: Message) -> None:
        await send(message)
        if message["type"] == "http.response.start":
            _mark(span, error)  # after the instrumentation, which knows the status only

    await problem(500, "internal error")(scope, receive, marking)


def _mark(span: Span, error: Exception) -> None:
    span.set_attribute("error.type", type(error).__qualname__)
    span.set_status(Status(StatusCode.ERROR, f"{type(error).__qualname__}: {error}"))
