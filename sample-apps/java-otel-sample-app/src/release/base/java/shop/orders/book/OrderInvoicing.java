package shop.orders.book;

import shop.orders.Settings;

/** Which orders are invoiced before they are answered. */
final class OrderInvoicing {
  private OrderInvoicing() {}

  /** Share of the orders: none, all invoices are written behind the answer. */
  static double beforeAnswer(Settings settings) {
    return 0;
  }
}
