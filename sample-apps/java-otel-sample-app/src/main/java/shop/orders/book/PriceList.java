package shop.orders.book;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What products cost, by their price rules. */
public final class PriceList {
  public static final String CURRENCY = "EUR";

  private final Map<Integer, List<PriceRule>> rules;

  PriceList(List<PriceRule> rules) {
    this.rules = rules.stream().collect(Collectors.groupingBy(PriceRule::productId));
  }

  /** The price of one unit when so many are bought. Each product has a rule for quantity 1. */
  public BigDecimal unitPrice(Product product, int quantity) {
    PriceRule rule = rules.getOrDefault(product.id(), List.of()).stream()
        .filter(candidate -> candidate.minQuantity() <= quantity)
        .max(Comparator.comparingInt(PriceRule::minQuantity))
        .orElseThrow(() -> new IllegalStateException("no price rule for product " + product.sku()));
    return Rounding.percent(product.listPrice(), 100L - rule.discountPercent());
  }
}
