import unittest
from typing import Any

from offer import make_offer, rank_offers


def product(number: int, price: float) -> dict[str, Any]:
    return {
        "id": number,
        "sku": f"sku-{number:04d}",
        "name": "oak lamp",
        "category": "light",
        "price": price,
        "currency": "EUR",
    }


class OfferTest(unittest.TestCase):
    def test_stock_is_shown_where_it_is_known(self) -> None:
        self.assertEqual(make_offer(product(1, 2.5) | {"stock": {"onHand": 12, "packs": 1}})["available"], 12)
        self.assertNotIn("available", make_offer(product(1, 2.5)))

    def test_cheaper_first_when_they_fit_the_same(self) -> None:
        offers = [make_offer(product(1, 9)), make_offer(product(2, 3)), make_offer(product(3, 5))]
        ranked = rank_offers(offers, {1: 1.0, 2: 0.5, 3: 1.0})
        self.assertEqual([offer["id"] for offer in ranked], [3, 1, 2])
