package shop.orders.book;

import java.math.BigDecimal;
import java.util.List;

/** An order as it stands in the book. */
public record Order(long id, int userId, String status, List<Line> lines, BigDecimal total, String currency) {
  /** One product of an order. */
  public record Line(int productId, int quantity, BigDecimal unitPrice) {
    public BigDecimal total() {
      return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
  }
}
