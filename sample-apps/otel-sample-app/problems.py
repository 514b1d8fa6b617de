"""Answers to requests that failed."""

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from failure import Failure


def problem(status: int, message: str) -> JSONResponse:
    """An answer that says what went wrong."""
    return JSONResponse({"error": message, "status": status}, status)


def answer_problems(app: FastAPI) -> None:
    """Turns the exceptions that are answers of a kind into answers."""
    app.add_exception_handler(Failure, _failure)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)


async def _failure(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Failure)
    return problem(error.status, error.message)


async def _malformed(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return problem(400, f"{_place(first['loc'])}: {first['msg']}")


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, error.detail)


def _place(path: Sequence[int | str]) -> str:
    return ".".join(map(str, path))
