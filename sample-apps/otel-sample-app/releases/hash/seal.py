"""Seals on receipts, by which the shop knows its own again."""

import hashlib
from collections.abc import Callable, Mapping

from settings import read_number

Seal = Callable[[str], str]
"""Answers the seal of a text, in hex digits."""

ROUNDS = 120_000
"""Rounds of a digest unless the variable DIGEST_ROUNDS says otherwise."""
SALT = b"storefront"
LENGTH = 4
"""Bytes of a seal."""


def make_seal(environ: Mapping[str, str]) -> Seal:
    """Digests of the text, too slow to be found by trying. Raises SettingsError."""
    rounds = read_number(environ, "DIGEST_ROUNDS", ROUNDS, least=1)
    return lambda text: hashlib.pbkdf2_hmac("sha256", text.encode(), SALT, rounds, LENGTH).hex()
