import runpy
import time
import unittest
from collections.abc import Mapping
from pathlib import Path

import seal
from settings import SettingsError

RELEASES = Path(__file__).parent / "releases"
TEXTS = ("", "Order 9\nAda\n", "21,00 €\nVielen Dank!\n", "x" * 10_000)


def make_seal(release: str, environ: Mapping[str, str] | None = None) -> seal.Seal:
    """Seals as a release makes them."""
    made: seal.Seal = runpy.run_path(str(RELEASES / release / "seal.py"))["make_seal"](environ or {})
    return made


class SealTest(unittest.TestCase):
    def test_is_short_and_follows_from_the_text(self) -> None:
        for make in (seal.make_seal({}), make_seal("hash", {"DIGEST_ROUNDS": "10"})):
            for text in TEXTS:
                self.assertRegex(make(text), r"^[0-9a-f]{8}$")
                self.assertEqual(make(text), make(text))
            self.assertEqual(len({make(text) for text in TEXTS}), len(TEXTS))

    def test_is_the_same_in_the_quiet_release(self) -> None:
        base, quiet = seal.make_seal({}), make_seal("quiet")
        for text in TEXTS:
            self.assertEqual(quiet(text), base(text))

    def test_takes_as_long_as_its_rounds(self) -> None:
        few, many = (self.seconds({"DIGEST_ROUNDS": rounds}) for rounds in ("20000", "200000"))
        self.assertGreater(many / few, 5)
        self.assertLess(many / few, 20)
        self.assertGreater(self.seconds({}), 10 * self.seconds({"DIGEST_ROUNDS": "1"}))

    def test_rounds_are_a_number(self) -> None:
        for rounds in ("0", "-1", "many", str(2**31)):
            with self.subTest(rounds=rounds), self.assertRaisesRegex(SettingsError, "DIGEST_ROUNDS"):
                make_seal("hash", {"DIGEST_ROUNDS": rounds})

    def test_releases_say_their_names(self) -> None:
        for folder in RELEASES.iterdir():
            self.assertEqual(runpy.run_path(str(folder / "release.py"))["NAME"], folder.name)

    @staticmethod
    def seconds(environ: Mapping[str, str]) -> float:
        """The least time one seal takes."""
        make = make_seal("hash", environ)

        def once() -> float:
            started = time.process_time()
            make("text")
            return time.process_time() - started

        return min(once() for _ in range(5))
