package shop.orders.stock;

/** A call to the stock that failed, and how to answer it: 502, 504, or 404 for an unknown product. */
public final class StockFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  StockFailure(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
