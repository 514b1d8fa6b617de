"""Products as the shop shows them."""

from collections.abc import Mapping
from typing import Any


def make_offer(product: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown of a product in an answer of the orders service; the stock is known of some only."""
    offer = {key: product[key] for key in ("id", "sku", "name", "category", "price", "currency")}
    stock = product.get("stock")
    if stock is not None:
        offer["available"] = stock["onHand"]
    return offer


def rank_offers(offers: list[dict[str, Any]], scores: Mapping[int, float]) -> list[dict[str, Any]]:
    """The offers with their score; of those that fit the same, the cheaper first."""
    ranked = [offer | {"score": round(scores.get(offer["id"], 0.0), 3)} for offer in offers]
    return sorted(ranked, key=lambda offer: (-offer["score"], offer["price"], offer["id"]))
