import json
import os
import unittest
from typing import Any

from admin_desk import AdminDesk
from board import Board


class AdminDeskTest(unittest.TestCase):
    def setUp(self) -> None:
        self.board = Board(["share"])
        self.desk = AdminDesk(self.board, {"files.open": lambda: 7.0}, started_at=1234.5)

    def ask(self, line: str) -> Any:
        return json.loads(self.desk.answer(line.encode()))

    def test_hello(self) -> None:
        expected = {"ok": True, "pid": os.getpid(), "startedAt": 1_234_500, "release": "base"}
        self.assertEqual(self.ask('{"op":"hello"}'), expected)

    def test_meters(self) -> None:
        self.assertEqual(self.ask('{"op":"meters"}'), {"ok": True, "meters": {"files.open": 7.0}})

    def test_set_and_clear(self) -> None:
        answer = self.ask('{"op":"set","key":"share","value":0.5,"ttlMs":1000,"token":"k3"}')
        self.assertIs(answer["ok"], True)
        self.assertGreater(answer["at"], 1.7e12)
        self.assertEqual(self.board.get("share"), 0.5)
        self.assertIs(self.ask('{"op":"clear","token":"k3"}')["ok"], True)
        self.assertEqual(self.board.get("share"), 0)

    def test_refusals_say_why(self) -> None:
        for line in (
            "",
            "not json",
            "[1]",
            "null",
            "{}",
            '{"op":"sing"}',
            '{"op":"set","key":"other","value":1,"ttlMs":1}',
            '{"op":"set","key":"share","value":1}',
            '{"op":"clear","token":5}',
            "[" * 100_000,
        ):
            with self.subTest(line=line[:60]):
                answer = self.ask(line)
                self.assertIs(answer["ok"], False)
                self.assertTrue(answer["error"])
