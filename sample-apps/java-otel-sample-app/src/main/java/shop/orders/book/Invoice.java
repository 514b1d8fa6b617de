package shop.orders.book;

/** The text of an invoice. */
final class Invoice {
  private Invoice() {}

  static String render(Order order) {
    StringBuilder text = new StringBuilder();
    text.append("Invoice for order ").append(order.id()).append(", customer ").append(order.userId()).append('\n');
    for (Order.Line line : order.lines()) {
      text.append(String.format("%6d x product %4d at %10s = %12s%n",
          line.quantity(), line.productId(), line.unitPrice(), line.total()));
    }
    return text.append("Total ").append(order.total()).append(' ').append(order.currency()).append('\n').toString();
  }
}
