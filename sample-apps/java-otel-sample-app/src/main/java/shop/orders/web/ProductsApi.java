package shop.orders.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.book.Catalogue;
import shop.orders.book.PriceList;
import shop.orders.book.Product;
import shop.orders.stock.Stock;

@RestController
class ProductsApi {
  private static final int PAGE = 20;

  private final Catalogue catalogue;
  private final Stock stock;

  ProductsApi(Catalogue catalogue, Stock stock) {
    this.catalogue = catalogue;
    this.stock = stock;
  }

  /** The first one asked for comes with its stock. */
  @GetMapping(path = "/api/products", params = "ids")
  Map<String, List<Offer>> products(@RequestParam List<Integer> ids) {
    List<Product> products = ids.isEmpty() ? List.of() : catalogue.find(new LinkedHashSet<>(ids));
    if (products.isEmpty()) {
      throw new NoSuchElementException("no such product");
    }
    List<Offer> offers = offers(products);
    JsonNode level = stock.level(products.get(0).sku());
    return Map.of("products", offers.stream().map(o -> o == offers.get(0) ? o.with(level) : o).toList());
  }

  @GetMapping(path = "/api/products", params = "!ids")
  Map<String, List<Offer>> products() {
    return Map.of("products", offers(catalogue.first(PAGE)));
  }

  private List<Offer> offers(List<Product> products) {
    PriceList prices = catalogue.prices(products);
    return products.stream().map(product -> Offer.of(product, prices.unitPrice(product, 1))).toList();
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Offer(int id, String sku, String name, String category, BigDecimal price, String currency, JsonNode stock) {
    static Offer of(Product product, BigDecimal price) {
      return new Offer(
          product.id(), product.sku(), product.name(), product.category(), price, PriceList.CURRENCY, null);
    }

    Offer with(JsonNode level) {
      return new Offer(id, sku, name, category, price, currency, level);
    }
  }
}
