"""Sizes that customers add to the name of a product."""

import re

_SIZE = re.compile(r"\b\d+[.,]?\d*(?:\s*x?\s*\d+[.,]?\d*)?\s*(?:mm|cm|m)\b")


def without_sizes(text: str) -> str:
    """A text in small letters without sizes such as "120 x 60 cm", "80x30cm" or "1.5 m"."""
    return _SIZE.sub(" ", text)
