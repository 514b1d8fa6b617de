"""Words customers use for what the shop calls otherwise."""

from functools import lru_cache

RELATED: dict[str, tuple[str, ...]] = {
    "bottle": ("glass", "kitchen"),
    "cable": ("radio", "electronics"),
    "desk": ("oak", "chair", "storage"),
    "lamp": ("light",),
    "mug": ("kettle", "kitchen"),
    "notebook": ("linen", "storage"),
    "sofa": ("seating", "blanket"),
    "table": ("oak", "chair"),
    "watch": ("clock",),
}


@lru_cache(maxsize=1000)
def trigrams(word: str) -> frozenset[str]:
    """Its runs of three letters, the ends marked."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    """How alike two words are spelled, 0 to 1: the share of trigrams they have in common."""
    left, right = trigrams(one), trigrams(other)
    return len(left & right) / len(left | right)
