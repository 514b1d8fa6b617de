"""What the shop sells, as far as the search has to know it."""

from dataclasses import dataclass

LISTED = 440
"""Products 1 to LISTED are open to the search; later ones are sold by number only."""

FINISHES = ("oak", "steel", "linen", "glass", "cork")
GOODS = ("lamp", "chair", "kettle", "shelf", "clock", "blanket", "radio")
CATEGORIES = ("light", "seating", "kitchen", "storage", "decoration", "textile", "electronics")


@dataclass(frozen=True)
class Listing:
    """One product under its catalogue number."""

    number: int
    name: str
    category: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words it can be found by."""
        return (*self.name.split(), self.category)


def make_listing(number: int) -> Listing:
    """Name and category follow from the number, as in the store."""
    return Listing(
        number=number,
        name=f"{FINISHES[number % len(FINISHES)]} {GOODS[number % len(GOODS)]}",
        category=CATEGORIES[number % len(CATEGORIES)],
    )


def listings() -> list[Listing]:
    """All that the search knows, by number."""
    return [make_listing(number) for number in range(1, LISTED + 1)]
