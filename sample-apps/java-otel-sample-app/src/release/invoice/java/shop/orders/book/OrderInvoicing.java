package shop.orders.book;

import shop.orders.Settings;

/** Which orders are invoiced before they are answered. */
final class OrderInvoicing {
  private OrderInvoicing() {}

  /** Share of the orders: those on collective invoices, whose answer waits until the collection closes. */
  static double beforeAnswer(Settings settings) {
    return settings.release().invoiceShare();
  }
}
