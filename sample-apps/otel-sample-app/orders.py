"""The orders service, which keeps users, products and orders."""

from collections.abc import Iterable
from typing import Any

from basket import Basket
from upstream import Upstream
from user import User


class Orders:
    """Its routes. Each raises Failure: 404 for what it does not know, 502 or 504 when the call fails."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def user(self, user_id: int) -> User:
        """One customer."""
        return User.of(await self._upstream.get("/api/users", {"id": str(user_id)}))

    async def products(self, ids: Iterable[int]) -> list[dict[str, Any]]:
        """The known ones of these products, by one call."""
        answer = await self._upstream.get("/api/products", {"ids": ",".join(map(str, ids))})
        products: list[dict[str, Any]] = answer["products"]
        return products

    async def place(self, basket: Basket) -> dict[str, Any]:
        """Places an order and answers it."""
        order: dict[str, Any] = await self._upstream.post("/api/orders", basket.model_dump())
        return order
