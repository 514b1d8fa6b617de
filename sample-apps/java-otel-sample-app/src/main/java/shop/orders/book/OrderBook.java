package shop.orders.book;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The orders. */
@Repository
public class OrderBook {
  private final JdbcClient db;
  private final JdbcTemplate batches;
  private final Users users;
  private final Catalogue catalogue;

  OrderBook(JdbcClient db, JdbcTemplate batches, Users users, Catalogue catalogue) {
    this.db = db;
    this.batches = batches;
    this.users = users;
    this.catalogue = catalogue;
  }

  /** Prices a basket and writes it down as an order. Throws NoSuchElementException for an unknown user or product. */
  @Transactional
  public Order place(Basket basket) {
    users.find(basket.userId()).orElseThrow(() -> new NoSuchElementException("no such user"));
    List<Product> products = catalogue.find(basket.productIds());
    List<Order.Line> lines = priced(basket, products, catalogue.prices(products));
    BigDecimal total = lines.stream().map(Order.Line::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    long id = db.sql("INSERT INTO orders (user_id, status, total, currency) VALUES (?, 'placed', ?, ?) RETURNING id")
        .params(basket.userId(), total, PriceList.CURRENCY).query(Long.class).single();
    Order order = new Order(id, basket.userId(), "placed", lines, total, PriceList.CURRENCY);
    insertLines(order);
    users.addOrder(order);
    return order;
  }

  /** The latest orders of a user. */
  @Transactional(readOnly = true)
  public List<Order> latest(int userId, int count) {
    List<Row> rows = db.sql("SELECT id, status, total, currency FROM orders WHERE user_id = ? ORDER BY id DESC LIMIT ?")
        .params(userId, count).query(Row.class).list();
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Long, List<LineRow>> lines = db.sql("SELECT order_id, product_id, quantity, unit_price FROM order_items"
            + " WHERE order_id IN (:ids) ORDER BY order_id, line")
        .param("ids", rows.stream().map(Row::id).toList()).query(LineRow.class).list().stream()
        .collect(Collectors.groupingBy(LineRow::orderId));
    return rows.stream().map(row -> row.order(userId, lines.getOrDefault(row.id, List.of()))).toList();
  }

  private static List<Order.Line> priced(Basket basket, List<Product> products, PriceList prices) {
    Map<Integer, Product> known = new LinkedHashMap<>();
    products.forEach(product -> known.put(product.id(), product));
    List<Order.Line> lines = new ArrayList<>();
    for (Basket.Item item : basket.items()) {
      Product product = known.get(item.productId());
      if (product == null) {
        throw new NoSuchElementException("no such product");
      }
      lines.add(new Order.Line(product.id(), item.quantity(), prices.unitPrice(product, item.quantity())));
    }
    return lines;
  }

  private void insertLines(Order order) {
    List<Object[]> rows = new ArrayList<>();
    for (Order.Line line : order.lines()) {
      rows.add(new Object[] {order.id(), rows.size() + 1, line.productId(), line.quantity(), line.unitPrice()});
    }
    batches.batchUpdate(
        "INSERT INTO order_items (order_id, line, product_id, quantity, unit_price) VALUES (?, ?, ?, ?, ?)", rows);
  }

  private record Row(long id, String status, BigDecimal total, String currency) {
    Order order(int userId, List<LineRow> lines) {
      return new Order(id, userId, status, lines.stream().map(LineRow::line).toList(), total, currency);
    }
  }

  private record LineRow(long orderId, int productId, int quantity, BigDecimal unitPrice) {
    Order.Line line() {
      return new Order.Line(productId, quantity, unitPrice);
    }
  }
}
