package shop.orders.book;

import java.math.BigDecimal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The refunds. */
@Repository
public class RefundBook {
  private final JdbcClient db;

  RefundBook(JdbcClient db) {
    this.db = db;
  }

  /** Books a refund; of an order that is not in the book it stays pending. */
  @Transactional
  public Refund book(long orderId, BigDecimal amount) {
    boolean known = db.sql("UPDATE orders SET refunded = refunded + ? WHERE id = ?")
        .params(amount, orderId).update() == 1;
    String status = known ? "booked" : "pending";
    long id = db.sql("INSERT INTO refunds (order_id, amount, status) VALUES (?, ?, ?) RETURNING id")
        .params(orderId, amount, status).query(Long.class).single();
    return new Refund(id, orderId, amount, status);
  }
}
