import unittest

import pages
from basket import Basket
from failure import Failure
from stacktrace import format_stack


class StacktraceTest(unittest.TestCase):
    def test_files_are_named_as_they_are_imported(self) -> None:
        try:
            pages.parse_ids("x")
        except Failure as error:
            stack = format_stack(error)
        self.assertIn('File "test_stacktrace.py"', stack)
        self.assertIn('File "pages.py"', stack)
        self.assertNotIn('"/', stack)

    def test_modules_of_a_package(self) -> None:
        try:
            Basket.model_validate_json("{")
        except Exception as error:
            stack = format_stack(error)
        self.assertIn('File "pydantic/main.py"', stack)
