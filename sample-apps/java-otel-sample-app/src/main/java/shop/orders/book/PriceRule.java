package shop.orders.book;

/** From this quantity on a product costs so many percent less than its list price. */
record PriceRule(int productId, int minQuantity, int discountPercent) {}
