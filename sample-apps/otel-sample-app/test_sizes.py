import time
import unittest

from sizes import without_sizes


class SizesTest(unittest.TestCase):
    def test_leaves_the_words(self) -> None:
        for text in ("shelf 120 x 60 cm oak", "shelf 80x30cm oak", "shelf 1.5x0,4 m oak", "shelf 5mm oak"):
            with self.subTest(text=text):
                self.assertEqual(without_sizes(text).split(), ["shelf", "oak"])

    def test_leaves_what_is_no_size(self) -> None:
        for text in ("oak lamp", "lamp 2", "sku-0033", "33 oak chairs", "4006381333931", "20 members"):
            with self.subTest(text=text):
                self.assertEqual(without_sizes(text), text)

    def test_time_for_words_and_for_long_numbers(self) -> None:
        words = min(_seconds("oak lamp " * 20) for _ in range(5))
        short, long = (min(_seconds("7" * count) for _ in range(3)) for count in (52, 104))
        self.assertLess(words, 0.001)
        self.assertGreater(long / short, 8)  # the fourth power: about 16


def _seconds(text: str) -> float:
    started = time.process_time()
    without_sizes(text)
    return time.process_time() - started
