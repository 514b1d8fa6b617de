import asyncio
import unittest

import httpx
from opentelemetry.metrics import NoOpMeter

from pool_gate import PoolGate
from time_limit import TimeLimit


class PoolGateTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        self.active = self.most = 0

    async def answer(self, _: httpx.Request) -> httpx.Response:
        self.active += 1
        self.most = max(self.most, self.active)
        try:
            await asyncio.sleep(0.05)
        finally:
            self.active -= 1
        return httpx.Response(200, text="yes")

    def client(self, pool: float, whole: float = 5) -> httpx.AsyncClient:
        gate = PoolGate(httpx.MockTransport(self.answer), 2, {}, NoOpMeter("test"))
        limits = httpx.Timeout(5, pool=pool)
        return httpx.AsyncClient(transport=TimeLimit(gate, whole), base_url="http://orders", timeout=limits)

    async def test_no_more_calls_at_a_time_than_connections(self) -> None:
        async with self.client(pool=5) as client:
            answers = await asyncio.gather(*(client.get("/") for _ in range(6)))
        self.assertEqual([answer.text for answer in answers], ["yes"] * 6)
        self.assertEqual(self.most, 2)

    async def test_waiting_has_a_limit(self) -> None:
        async with self.client(pool=0.02) as client:
            calls = await asyncio.gather(*(client.get("/") for _ in range(3)), return_exceptions=True)
            self.assertEqual(sum(isinstance(call, httpx.PoolTimeout) for call in calls), 1)
            self.assertEqual((await client.get("/")).text, "yes")

    async def test_whole_call_has_a_limit_and_gives_its_place_back(self) -> None:
        async with self.client(pool=5, whole=-0.03) as client:
            for _ in range(3):
                with self.assertRaises(httpx.ReadTimeout):
                    await client.get("/")
        self.assertEqual(self.active, 0)
