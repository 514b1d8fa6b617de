"""What a customer wants to buy."""

from typing import Annotated

from pydantic import BaseModel, Field


class Item(BaseModel):
    """So many of one product."""

    productId: int = Field(ge=1)
    quantity: int = Field(ge=1, le=10_000)


class Basket(BaseModel):
    """The body of a checkout."""

    userId: int = Field(ge=1)
    items: Annotated[list[Item], Field(min_length=1, max_length=50)]
