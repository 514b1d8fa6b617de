package shop.orders.book;

import java.math.BigDecimal;

/** Money given back: "booked" on a known order, else "pending" until somebody has looked at it. */
public record Refund(long id, long orderId, BigDecimal amount, String status) {}
