import errno
import unittest

import httpx

from call_error import error_type, root_cause, status_for
from failure import UnexpectedAnswer


class CallErrorTest(unittest.TestCase):
    def test_status(self) -> None:
        for error in (httpx.ReadTimeout(""), httpx.PoolTimeout(""), httpx.ConnectTimeout("")):
            self.assertEqual(status_for(error), 504)
        for other in (httpx.ConnectError(""), httpx.RemoteProtocolError(""), UnexpectedAnswer("500", "")):
            self.assertEqual(status_for(other), 502)

    def test_type(self) -> None:
        self.assertEqual(error_type(httpx.PoolTimeout("")), "PoolTimeout")
        self.assertEqual(error_type(UnexpectedAnswer("503", "orders answered 503")), "503")

    def test_root_cause_is_the_system_error(self) -> None:
        try:
            try:
                raise OSError(errno.EMFILE, "Too many open files")
            except OSError as low:
                raise httpx.ConnectError("all attempts failed") from low
        except httpx.ConnectError as error:
            self.assertEqual(root_cause(error), "all attempts failed: [Errno 24] Too many open files")
        self.assertEqual(root_cause(httpx.ReadTimeout("")), "ReadTimeout")
