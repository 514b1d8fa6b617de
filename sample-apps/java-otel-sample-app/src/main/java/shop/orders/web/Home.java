package shop.orders.web;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this service is about. */
@RestController
class Home {
  @GetMapping("/")
  Map<String, Object> home() {
    return Map.of("service", "orders", "resources",
        new String[] {"/api/users", "/api/products", "/api/orders", "/api/refunds"});
  }
}
