import time
import unittest

from catalogue import LISTED, listings, make_listing
from search_index import SearchIndex


class SearchIndexTest(unittest.TestCase):
    index = SearchIndex(listings())

    def names(self, query: str) -> set[str]:
        return {make_listing(hit.number).name for hit in self.index.find(query, 10)}

    def test_names_are_those_of_the_store(self) -> None:
        self.assertEqual(make_listing(33).name, "glass blanket")
        self.assertEqual(make_listing(33).category, "textile")

    def test_both_words_beat_one(self) -> None:
        self.assertEqual(self.names("oak chair"), {"oak chair"})

    def test_forgives_spelling(self) -> None:
        self.assertTrue(all("kettle" in name for name in self.names("ketle")))

    def test_knows_related_words(self) -> None:
        self.assertTrue(all("kettle" in name for name in self.names("mug")))

    def test_takes_no_account_of_sizes(self) -> None:
        self.assertEqual(self.names("oak chair 45 x 50 cm"), {"oak chair"})
        letters, digits = (min(self.seconds(sign * 60) for _ in range(3)) for sign in ("a", "7"))
        self.assertGreater(digits / letters, 5)  # it looks for sizes

    def seconds(self, query: str) -> float:
        started = time.process_time()
        self.index.find(query, 10)
        return time.process_time() - started

    def test_same_answer_each_time_and_best_first(self) -> None:
        hits = self.index.find("steel lamp", 10)
        self.assertEqual(hits, self.index.find("steel lamp", 10))
        self.assertEqual(hits, sorted(hits, key=lambda hit: -hit.score))

    def test_suggests_listed_products_when_nothing_fits(self) -> None:
        self.assertEqual(self.index.find("zzz", 10), [])
        numbers = [hit.number for hit in self.index.suggest("zzz", 10)]
        self.assertEqual(len(set(numbers)), 10)
        self.assertTrue(all(1 <= number <= LISTED for number in numbers))
