package shop.orders.web;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.book.Basket;
import shop.orders.book.InvoiceSpool;
import shop.orders.book.Order;
import shop.orders.book.OrderBook;
import shop.orders.stock.Stock;

@RestController
class OrdersApi {
  private static final Logger log = LoggerFactory.getLogger(OrdersApi.class);
  private static final int PAGE = 20;

  private final OrderBook book;
  private final Stock stock;
  private final InvoiceSpool spool;
  private final Caller caller;

  OrdersApi(OrderBook book, Stock stock, InvoiceSpool spool, Caller caller) {
    this.book = book;
    this.stock = stock;
    this.spool = spool;
    this.caller = caller;
  }

  @GetMapping("/api/orders")
  Map<String, List<Order>> latest(@RequestParam int userId) {
    caller.is(userId);
    return Map.of("orders", book.latest(userId, PAGE));
  }

  @PostMapping("/api/orders")
  @ResponseStatus(HttpStatus.CREATED)
  Order place(@RequestBody Basket basket) throws InterruptedException {
    caller.is(basket.userId());
    check(basket);
    for (Basket.Item item : basket.items()) {
      stock.reserve(String.format("sku-%04d", item.productId()), item.quantity());
    }
    Order order = book.place(basket);
    spool.hand(order);
    log.info("order {} placed by user {}: {} lines, {} {}",
        order.id(), order.userId(), order.lines().size(), order.total(), order.currency());
    return order;
  }

  private static void check(Basket basket) {
    if (basket.items() == null || basket.items().isEmpty()) {
      throw new BadRequest("an order needs items");
    }
    if (basket.items().stream().anyMatch(item -> item.quantity() < 1 || item.quantity() > 10_000)) {
      throw new BadRequest("quantity must be 1 to 10000");
    }
  }
}
