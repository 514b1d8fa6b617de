"""The wording of a receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from money import format_money, language
from user import User

THANKS = {"da": "Tak", "de": "Vielen Dank", "en": "Thank you", "es": "Gracias", "fr": "Merci"}


@dataclass(frozen=True)
class ReceiptForm:
    """How receipts for one customer are written."""

    name: str
    locale: str
    thanks: str

    @classmethod
    def of(cls, user: User) -> "ReceiptForm":
        """The form in the customer's language."""
        return cls(name=user.name, locale=user.locale, thanks=THANKS.get(language(user.locale), "Thank you"))

    def fill_in(self, order: Mapping[str, Any]) -> str:
        """The text of the receipt for an order as the orders service answers it."""
        currency = order["currency"]
        lines = [f"Order {order['id']}", self.name, ""]
        for line in order["lines"]:
            price = format_money(line["unitPrice"], currency, self.locale)
            lines.append(f"{line['quantity']:>5} x product {line['productId']:<6} {price:>14}")
        lines += ["", self.total(order), f"{self.thanks}!", ""]
        return "\n".join(lines)

    def total(self, order: Mapping[str, Any]) -> str:
        """The amount of an order."""
        return format_money(order["total"], order["currency"], self.locale)
