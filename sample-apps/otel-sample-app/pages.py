"""The pages of the shop."""

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Query
from opentelemetry.trace import get_current_span
from starlette.responses import JSONResponse

from basket import Basket
from failure import Failure
from offer import make_offer, rank_offers
from orders import Orders
from receipt_text import ReceiptForm
from receipts import Receipts
from seal import Seal
from search_index import SearchIndex

log = logging.getLogger("storefront.checkout")

RESULTS = 10
"""Products a search shows."""
MOST_IDS = 50
"""Products one request may ask for."""


class Pages:
    """Answers the customers' requests."""

    def __init__(self, orders: Orders, index: SearchIndex, receipts: Receipts, seal: Seal) -> None:
        self._orders = orders
        self._index = index
        self._receipts = receipts
        self._seal = seal

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(default_response_class=JSONResponse)
        router.get("/")(self.home)
        router.get("/api/users")(self.user)
        router.get("/api/products")(self.products)
        router.get("/api/search")(self.search)
        router.post("/api/checkout")(self.checkout)
        return router

    async def home(self) -> JSONResponse:
        """What this service is about."""
        resources = ["/api/users", "/api/products", "/api/search", "/api/checkout"]
        return JSONResponse({"service": "storefront", "resources": resources})

    async def user(self, id: Annotated[int, Query(ge=1)]) -> JSONResponse:
        """A customer's own page."""
        _on_behalf_of(id)
        user = await self._orders.user(id)
        return JSONResponse(user.profile())

    async def products(self, ids: str) -> JSONResponse:
        """Some products, all by one call."""
        products = await self._orders.products(parse_ids(ids))
        return JSONResponse({"products": [make_offer(product) for product in products]})

    async def search(
        self,
        q: Annotated[str, Query(min_length=1, max_length=200)],
        user_id: Annotated[int | None, Query(alias="userId", ge=1)] = None,
    ) -> JSONResponse:
        """The products that fit some words best, or suggestions when none fits."""
        if user_id is not None:
            _on_behalf_of(user_id)
        hits = self._index.find(q, RESULTS)
        suggested = not hits
        if suggested:
            hits = self._index.suggest(q, RESULTS)
        products = await self._orders.products(hit.number for hit in hits)
        offers = rank_offers([make_offer(product) for product in products], {hit.number: hit.score for hit in hits})
        return JSONResponse({"query": q, "suggested": suggested, "products": offers})

    async def checkout(self, basket: Basket) -> JSONResponse:
        """Orders what is in a basket and writes the receipt."""
        _on_behalf_of(basket.userId)
        form = ReceiptForm.of(await self._orders.user(basket.userId))
        order = await self._orders.place(basket)
        text = form.fill_in(order)
        seal = self._seal(text)
        receipt = self._receipts.write(order["id"], f"{text}{seal}\n")
        _tell(order)
        answer = {"orderId": order["id"], "status": order["status"], "total": form.total(order)}
        return JSONResponse(answer | {"receipt": receipt, "seal": seal}, 201)


def parse_ids(text: str) -> list[int]:
    """Product numbers separated by commas, none twice. Raises Failure."""
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise Failure(400, "ids must be numbers separated by commas")
    ids = list(dict.fromkeys(map(int, parts)))
    if len(ids) > MOST_IDS:
        raise Failure(400, f"at most {MOST_IDS} ids")
    return ids


def _on_behalf_of(user_id: int) -> None:
    get_current_span().set_attribute("enduser.id", str(user_id))


def _tell(order: dict[str, Any]) -> None:
    log.info(
        "checkout of order %d done: %d lines, %.2f %s",
        order["id"],
        len(order["lines"]),
        order["total"],
        order["currency"],
        extra={"app.order_id": order["id"], "app.order_total": order["total"], "enduser.id": str(order["userId"])},
    )
