import unittest

from board import LONGEST_MS, Board, Refused


class BoardTest(unittest.TestCase):
    def setUp(self) -> None:
        self.time = 100.0
        self.board = Board(["share"], now=lambda: self.time)

    def test_value_stands_until_its_time_is_over(self) -> None:
        self.board.set("share", 0.25, 2000)
        self.time += 1.999
        self.assertEqual(self.board.get("share"), 0.25)
        self.time += 0.001
        self.assertEqual(self.board.get("share", 7), 7)

    def test_last_value_counts(self) -> None:
        self.board.set("share", 1, 1000)
        self.board.set("share", 2, 5000)
        self.time += 2
        self.assertEqual(self.board.get("share"), 2)

    def test_clear_by_token(self) -> None:
        self.board.set("share", 1, 1000, "mine")
        self.board.clear("other")
        self.assertEqual(self.board.get("share"), 1)
        self.board.clear("mine")
        self.assertEqual(self.board.get("share"), 0)

    def test_clear_all(self) -> None:
        self.board.set("share", 1, 1000, "mine")
        self.board.clear()
        self.assertEqual(self.board.get("share"), 0)

    def test_refuses(self) -> None:
        for key, value, ttl in (
            ("other", 1, 1000),
            (None, 1, 1000),
            ("share", None, 1000),
            ("share", "1", 1000),
            ("share", True, 1000),
            ("share", float("nan"), 1000),
            ("share", 10**400, 1000),
            ("share", 1, None),
            ("share", 1, True),
            ("share", 1, 0),
            ("share", 1, -1),
            ("share", 1, LONGEST_MS + 1),
        ):
            with self.subTest(key=key, value=value, ttl=ttl), self.assertRaises(Refused):
                self.board.set(key, value, ttl)
        self.assertEqual(self.board.get("share"), 0)

    def test_longest_time_is_allowed(self) -> None:
        self.board.set("share", 1, LONGEST_MS)
        self.time += LONGEST_MS / 1000 - 1
        self.assertEqual(self.board.get("share"), 1)
