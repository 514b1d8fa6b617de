package shop.orders.book;

import java.math.BigDecimal;

/** A customer; the locale of some is not known. */
public record User(int id, String name, String email, String locale, String city, int orders, BigDecimal spent) {}
