package shop.orders.book;

import java.math.BigDecimal;

/** A product as it stands in the catalogue. */
public record Product(int id, String sku, String name, String category, BigDecimal listPrice) {}
