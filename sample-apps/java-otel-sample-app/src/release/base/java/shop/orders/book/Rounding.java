package shop.orders.book;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How prices are rounded. */
final class Rounding {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Rounding() {}

  /** So many percent of a price, to the cent, half a cent upwards. */
  static BigDecimal percent(BigDecimal price, long percent) {
    return price.multiply(BigDecimal.valueOf(percent)).divide(HUNDRED, 2, RoundingMode.HALF_UP);
  }
}
