package shop.orders.session;

import java.util.ArrayList;
import java.util.List;

/** The catalogue in the order prepared for one visit of a user. */
record View(int userId, List<Row> rows) {
  /** What a row takes in the heap, with its text and its place in the list. */
  static final int ROW_BYTES = 108;

  private static final int PRODUCTS = 440;

  record Row(int place, int productId, String label) {}

  /** As many rows as go into so many bytes. */
  static View prepare(int userId, int bytes) {
    int count = bytes / ROW_BYTES;
    List<Row> rows = new ArrayList<>(count);
    for (int place = 0; place < count; place++) {
      int product = 1 + Math.floorMod(userId + place * 7, PRODUCTS);
      rows.add(new Row(place, product, "product " + product + " at place " + place + " for user " + userId));
    }
    return new View(userId, rows);
  }
}
