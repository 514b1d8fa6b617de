"""A customer, as the orders service knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from money import format_money, language

GREETINGS = {"da": "Hej", "de": "Guten Tag", "en": "Hello", "es": "Hola", "fr": "Bonjour"}


@dataclass(frozen=True)
class User:
    """Who someone is, and what they bought so far."""

    id: int
    name: str
    locale: str
    city: str
    orders: int
    spent: float

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "User":
        """Reads the answer of the orders service."""
        return cls(
            id=answer["id"],
            name=answer["name"],
            locale=answer["locale"],
            city=answer["city"],
            orders=answer["orders"],
            spent=answer["spent"],
        )

    def greeting(self) -> str:
        """A greeting in their language."""
        return f"{GREETINGS.get(language(self.locale), 'Hello')} {self.name}"

    def profile(self) -> dict[str, Any]:
        """What their page shows."""
        return {
            "id": self.id,
            "name": self.name,
            "greeting": self.greeting(),
            "city": self.city,
            "orders": self.orders,
            "spent": format_money(self.spent, "EUR", self.locale),
        }
