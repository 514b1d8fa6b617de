"""Finds products by words."""

import math
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue import Listing
from sizes import without_sizes
from thesaurus import RELATED, likeness

RELATED_WEIGHT = 0.5
"""What a related word counts for, against 1 for the word itself."""
LEAST_LIKENESS = 0.4
"""From here on two spellings are taken for the same word."""


@dataclass(frozen=True)
class Hit:
    """A product and how well it fits."""

    number: int
    score: float


class SearchIndex:
    """Ranks listings by the weight of the words they share with a query."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        self._listings = listings
        uses = Counter(word for listing in listings for word in listing.words)
        self._rarity = {word: math.log(1 + len(listings) / count) for word, count in uses.items()}

    def find(self, query: str, count: int) -> list[Hit]:
        """The best products, the best first and none twice; empty when nothing fits."""
        wanted = self._weights(query)
        if not wanted:
            return []
        scored = (Hit(listing.number, self._score(listing, wanted)) for listing in self._listings)
        fitting = sorted((hit for hit in scored if hit.score > 0), key=lambda hit: (-hit.score, hit.number))
        return fitting[:count]

    def suggest(self, query: str, count: int) -> list[Hit]:
        """Some products for a query that fits nothing, the same each time."""
        start = zlib.crc32(query.encode())
        stride = 1 + len(self._listings) // (count + 1)
        return [Hit(self._listings[(start + stride * n) % len(self._listings)].number, 0.0) for n in range(count)]

    def _weights(self, query: str) -> dict[str, float]:
        """The catalogue's words that a query means, with what each counts for."""
        weights: dict[str, float] = {}
        for word in re.findall(r"\w+", without_sizes(query.lower())):
            for known in self._rarity:
                close = likeness(word, known)
                if close >= LEAST_LIKENESS:
                    weights[known] = max(weights.get(known, 0), close)
            for related in RELATED.get(word, ()):
                weights[related] = max(weights.get(related, 0), RELATED_WEIGHT)
        return weights

    def _score(self, listing: Listing, wanted: dict[str, float]) -> float:
        fit = sum(wanted.get(word, 0) * self._rarity[word] for word in listing.words)
        return fit * (1 + 0.2 / math.sqrt(listing.number))  # long-running products sell better
