import os
import socket
import stat
import tempfile
import time
import unittest

from admin import PERIOD, AdminSocket


class AdminSocketTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = os.path.join(directory.name, "a")
        self.rounds = 0

    def open(self) -> AdminSocket:
        return AdminSocket(self.path, lambda line: line.upper(), self.count)

    def count(self) -> None:
        self.rounds += 1

    def call(self) -> socket.socket:
        caller = socket.socket(socket.AF_UNIX)
        self.addCleanup(caller.close)
        caller.settimeout(5)
        caller.connect(self.path)
        return caller

    def test_answers_line_by_line_to_several_callers(self) -> None:
        self.open()
        one, other = self.call(), self.call()
        one.sendall(b"a\nb")
        other.sendall(b"x\n\n")
        self.assertEqual(other.recv(100), b"X\n")
        self.assertEqual(one.recv(100), b"A\n")
        one.sendall(b"c\n")
        self.assertEqual(one.recv(100), b"BC\n")

    def test_last_line_needs_no_end(self) -> None:
        self.open()
        caller = self.call()
        caller.sendall(b"a")
        caller.shutdown(socket.SHUT_WR)
        self.assertEqual(caller.recv(100), b"A\n")
        self.assertEqual(caller.recv(100), b"")

    def test_only_the_owner_may_open_it(self) -> None:
        self.open()
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)

    def test_takes_the_place_of_one_left_behind(self) -> None:
        self.open()
        self.open().close()
        self.assertFalse(os.path.exists(self.path))

    def test_keeps_house_unasked(self) -> None:
        self.open()
        time.sleep(3 * PERIOD)
        self.assertGreaterEqual(self.rounds, 2)
