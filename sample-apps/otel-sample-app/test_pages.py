import tempfile
import unittest
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider

from archive import Archive
from catalogue import listings
from failure import Failure
from orders import Orders
from pages import Pages, parse_ids
from probes import probes
from problems import answer_problems
from receipts import Receipts
from recovery import Recovery
from seal import make_seal
from search_index import SearchIndex
from upstream import Upstream


def orders_app(request: httpx.Request) -> httpx.Response:
    """Answers as the orders service does."""
    query = request.url.params
    match request.url.path:
        case "/api/users" if query["id"] == "404":
            return httpx.Response(404, json={"error": "no such user"})
        case "/api/users" if query["id"] == "500":
            return httpx.Response(500, json={"error": "internal error"})
        case "/api/users":
            locale = None if query["id"] == "951" else "en-GB"
            user = {"id": int(query["id"]), "name": "Ada", "email": "a@b", "locale": locale, "city": "London"}
            return httpx.Response(200, json=user | {"orders": 1, "spent": 2.5})
        case "/api/products":
            offers = [
                {"id": int(n), "sku": "s", "name": "n", "category": "c", "price": 1.5, "currency": "EUR"}
                for n in query["ids"].split(",")
            ]
            return httpx.Response(200, json={"products": offers})
        case "/api/orders":
            lines = [{"productId": 33, "quantity": 2, "unitPrice": 1.5}]
            order = {"id": 5, "userId": 17, "status": "placed", "lines": lines, "total": 3.0, "currency": "EUR"}
            return httpx.Response(201, json=order)
    raise AssertionError(request.url)


class PagesTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.place = Path(directory.name)
        self.calls: list[str] = []
        upstream = httpx.AsyncClient(transport=httpx.MockTransport(self.orders), base_url="http://orders")
        receipts = Receipts(self.place, Archive(lambda: 0))
        pages = Pages(Orders(Upstream(upstream, 0)), SearchIndex(listings()), receipts, make_seal({}))
        app = FastAPI(openapi_url=None)
        app.include_router(probes())
        app.include_router(pages.router())
        app.add_middleware(Recovery)
        answer_problems(app)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop")

    def orders(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(f"{request.method} {request.url.path}")
        return orders_app(request)

    async def check(self, path: str, status: int) -> Any:
        answer = await self.client.get(path)
        self.assertEqual(answer.status_code, status, answer.text)
        return answer.json()

    async def test_user(self) -> None:
        self.assertEqual((await self.check("/api/users?id=17", 200))["greeting"], "Hello Ada")

    async def test_products_by_one_call(self) -> None:
        answer = await self.check("/api/products?ids=3,1,2,1", 200)
        self.assertEqual([offer["id"] for offer in answer["products"]], [3, 1, 2])
        self.assertEqual(self.calls, ["GET /api/products"])

    async def test_search(self) -> None:
        self.assertEqual(len((await self.check("/api/search?q=lamp", 200))["products"]), 10)
        self.assertIs((await self.check("/api/search?q=zzz", 200))["suggested"], True)

    async def test_search_on_behalf_of_a_customer(self) -> None:
        anyone = await self.check("/api/search?q=lamp", 200)
        with TracerProvider().get_tracer("test").start_as_current_span("search") as span:
            self.assertEqual(await self.check("/api/search?q=lamp&userId=17", 200), anyone)
        assert isinstance(span, ReadableSpan) and span.attributes is not None
        self.assertEqual(span.attributes["enduser.id"], "17")

    async def test_checkout_writes_a_receipt(self) -> None:
        body = {"userId": 17, "items": [{"productId": 33, "quantity": 2}]}
        answer = await self.client.post("/api/checkout", json=body)
        self.assertEqual(answer.status_code, 201)
        self.assertEqual(answer.json()["total"], "€3.00")
        receipt = (self.place / answer.json()["receipt"]).read_text()
        self.assertIn("Thank you!", receipt)
        self.assertEqual(make_seal({})(receipt[: -len("12345678\n")]), answer.json()["seal"])
        self.assertEqual(receipt.splitlines()[-1], answer.json()["seal"])
        self.assertEqual(self.calls, ["GET /api/users", "POST /api/orders"])

    async def test_user_without_locale_is_an_internal_error_and_buys_nothing(self) -> None:
        body = {"userId": 951, "items": [{"productId": 33, "quantity": 2}]}
        with self.assertLogs("storefront.recovery", "ERROR") as lines:
            await self.check("/api/users?id=951", 500)
            self.assertEqual((await self.client.post("/api/checkout", json=body)).status_code, 500)
        self.assertNotIn("POST /api/orders", self.calls)
        self.assertTrue(all("TypeError" in line for line in lines.output))

    async def test_failed_call(self) -> None:
        with self.assertLogs("storefront.upstream", "WARNING"):
            await self.check("/api/users?id=500", 502)
        await self.check("/api/users?id=404", 404)

    async def test_malformed(self) -> None:
        searches = ("/api/search?q=", "/api/search?q=a&userId=0", f"/api/search?q={'a' * 201}")
        for path in ("/api/users", "/api/users?id=x", "/api/products?ids=", *searches):
            self.assertEqual((await self.check(path, 400))["status"], 400)
        await self.check("/nowhere", 404)

    async def test_probes_call_nobody(self) -> None:
        await self.check("/health", 200)
        await self.check("/ready", 200)
        self.assertEqual(self.calls, [])

    def test_ids(self) -> None:
        self.assertEqual(parse_ids("33,34,33"), [33, 34])
        for text in ("", "a", "1,,2", "-1", "²", ",".join(map(str, range(51)))):
            with self.subTest(text=text), self.assertRaises(Failure):
                parse_ids(text)
