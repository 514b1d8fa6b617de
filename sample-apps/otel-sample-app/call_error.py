"""Names and words for a call that failed."""

import httpx

from failure import UnexpectedAnswer

CallError = httpx.TransportError | UnexpectedAnswer
CALL_ERRORS = (httpx.TransportError, UnexpectedAnswer)
"""The same, to be caught."""


def error_type(error: CallError) -> str:
    """The value of the attribute error.type: the status of the answer, else the class of the exception."""
    return error.error_type if isinstance(error, UnexpectedAnswer) else type(error).__qualname__


def status_for(error: CallError) -> int:
    """What the caller is answered: 504 for a call that took too long, else 502."""
    return 504 if isinstance(error, httpx.TimeoutException) else 502


def root_cause(error: BaseException) -> str:
    """What the error says, and the system error below it, which the HTTP client hides."""
    said = str(error) or type(error).__name__
    seen: set[int] = set()
    below: BaseException | None = error
    while below is not None and id(below) not in seen:
        seen.add(id(below))
        if isinstance(below, BaseExceptionGroup):
            below = below.exceptions[0]
        elif isinstance(below, OSError) and below.errno is not None:
            return f"{said}: {below}"
        else:
            below = below.__cause__ or below.__context__
    return said
