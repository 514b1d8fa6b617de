"""Calls to the orders service."""

import json
import logging
from collections.abc import Mapping
from typing import Any

import httpx

from call_error import CALL_ERRORS, CallError, error_type, root_cause, status_for
from failure import Failure, UnexpectedAnswer

log = logging.getLogger("storefront.upstream")

RESEND = "resend_count"
"""Extension of a request: how many attempts came before."""


class Upstream:
    """Makes calls that answer JSON. A failed one is logged and becomes a Failure with 502 or 504."""

    def __init__(self, client: httpx.AsyncClient, retries: int) -> None:
        """`retries` is the number of immediate repeats of a failed idempotent call."""
        self._client = client
        self._retries = retries

    async def get(self, path: str, params: Mapping[str, str]) -> Any:
        """An idempotent call. Raises Failure."""
        for attempt in range(self._retries):
            try:
                return await self._attempt("GET", path, attempt, params=params)
            except CALL_ERRORS as error:
                _warn(error, attempt)
        return await self._last("GET", path, self._retries, params=params)

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """A call that is not repeated, since that could do twice what it does. Raises Failure."""
        return await self._last("POST", path, 0, json=body)

    async def _last(self, method: str, path: str, attempt: int, **content: Any) -> Any:
        try:
            return await self._attempt(method, path, attempt, **content)
        except CALL_ERRORS as error:
            _warn(error, attempt)
            raise Failure(status_for(error), f"no answer of orders: {error_type(error)}") from error

    async def _attempt(self, method: str, path: str, attempt: int, **content: Any) -> Any:
        response = await self._client.request(method, path, extensions={RESEND: attempt}, **content)
        if response.status_code == httpx.codes.NOT_FOUND:
            raise Failure(404, "no such record")
        if not response.is_success:
            raise UnexpectedAnswer(str(response.status_code), f"orders answered {response.status_code}")
        try:
            return json.loads(response.content)
        except ValueError as error:
            raise UnexpectedAnswer("JSONDecodeError", f"orders answered no JSON: {error}") from error


def _warn(error: CallError, attempt: int) -> None:
    log.warning(
        "call to orders failed: %s",
        root_cause(error),
        extra={
            "error.type": error_type(error),
            "error.message": root_cause(error),
            "http.request.resend_count": attempt,
            "http.response.status_code": status_for(error),
        },
    )
