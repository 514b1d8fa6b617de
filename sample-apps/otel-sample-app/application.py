"""The web application, put together."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from typing import Any

import anyio
import httpx
from fastapi import FastAPI
from opentelemetry import metrics
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.trace import Span

from archive import Archive
from catalogue import listings
from http_client import make_client
from loop_lag import LoopLag
from orders import Orders
from pages import Pages
from probes import UNTRACED, probes
from problems import answer_problems
from receipts import Receipts
from recovery import Recovery
from seal import make_seal
from search_index import SearchIndex
from settings import Settings
from upstream import Upstream


def make_application(settings: Settings, archive: Archive, lag: LoopLag) -> FastAPI:
    """The application with all its parts. Raises SettingsError, or OSError when receipts cannot be written."""
    client = make_client(settings, metrics.get_meter("storefront"))
    orders = Orders(Upstream(client, settings.retries))
    receipts = Receipts(settings.export_dir, archive)
    pages = Pages(orders, SearchIndex(listings()), receipts, make_seal(os.environ))

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with _running(client, lag):
            yield

    app = FastAPI(lifespan=lifespan, openapi_url=None, redirect_slashes=False, strict_content_type=False)
    app.include_router(probes())
    app.include_router(pages.router())
    app.add_middleware(Recovery)
    answer_problems(app)
    FastAPIInstrumentor.instrument_app(
        app, excluded_urls=UNTRACED, exclude_spans=["receive", "send"], server_request_hook=_name_server
    )
    return app


@contextlib.asynccontextmanager
async def _running(client: httpx.AsyncClient, lag: LoopLag) -> AsyncIterator[None]:
    await anyio.sleep(0)  # loads what the HTTP client would load during the first request
    watching = asyncio.create_task(lag.watch())
    try:
        async with client:
            yield
    finally:
        watching.cancel()


def _name_server(span: Span, scope: dict[str, Any]) -> None:
    """The instrumentation writes the port into the address."""
    span.set_attribute("server.address", scope["server"][0])
