package shop.orders.book;

import java.util.List;

/** What a customer wants to buy. */
public record Basket(int userId, List<Item> items) {
  /** So many of one product. */
  public record Item(int productId, int quantity) {}

  public List<Integer> productIds() {
    return items.stream().map(Item::productId).distinct().toList();
  }
}
