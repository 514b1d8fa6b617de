import tempfile
import unittest
from pathlib import Path

from archive import Archive
from open_files import count_open_files
from receipts import Receipts


class ReceiptsTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.place = Path(directory.name) / "deep" / "receipts"
        self.share = 0.0
        self.archive = Archive(lambda: self.share)

    def test_writes_and_closes(self) -> None:
        receipts = Receipts(self.place, self.archive)
        before = count_open_files()
        name = receipts.write(42, "thank you")
        self.assertEqual(name, "receipt-00000042.txt")
        self.assertEqual((self.place / name).read_text(), "thank you")
        self.assertEqual(count_open_files(), before)

    def test_keeps_a_share_open_until_nothing_is_to_be_kept(self) -> None:
        receipts = Receipts(self.place, self.archive)
        before = count_open_files()
        self.share = 0.25
        for number in range(20):
            receipts.write(number, "text")
        self.assertEqual(count_open_files() - before, 5)
        self.archive.settle()
        self.assertEqual(count_open_files() - before, 5)
        self.share = 0
        self.archive.settle()
        self.assertEqual(count_open_files(), before)

    def test_keeps_the_newest_also_of_an_earlier_process(self) -> None:
        Receipts(self.place, self.archive, kept=3).write(1, "old")
        receipts = Receipts(self.place, self.archive, kept=3)
        for number in range(2, 6):
            receipts.write(number, "new")
        left = sorted(file.name for file in self.place.iterdir())
        self.assertEqual(left, [f"receipt-{number:08d}.txt" for number in (3, 4, 5)])

    def test_errors_show_no_other_path(self) -> None:
        receipts = Receipts(self.place, self.archive)
        (self.place / "receipt-00000001.txt").mkdir()
        with self.assertRaises(OSError) as caught:
            receipts.write(1, "text")
        self.assertNotIn("/", str(caught.exception))
