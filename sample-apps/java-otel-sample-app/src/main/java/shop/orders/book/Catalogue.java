package shop.orders.book;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The products and what they cost. */
@Repository
public class Catalogue {
  private static final String COLUMNS = "SELECT id, sku, name, category, list_price FROM products";

  private final JdbcClient db;

  Catalogue(JdbcClient db) {
    this.db = db;
  }

  /** The known ones of these products, in the order asked for. */
  public List<Product> find(Collection<Integer> ids) {
    Map<Integer, Product> found = db.sql(COLUMNS + " WHERE id IN (:ids)").param("ids", ids)
        .query(Product.class).list().stream().collect(Collectors.toMap(Product::id, product -> product));
    return ids.stream().filter(found::containsKey).map(found::get).toList();
  }

  public List<Product> first(int count) {
    return db.sql(COLUMNS + " ORDER BY id LIMIT ?").param(count).query(Product.class).list();
  }

  /** The price list of these products. */
  public PriceList prices(List<Product> products) {
    List<Integer> ids = products.stream().map(Product::id).toList();
    List<PriceRule> rules = ids.isEmpty() ? List.of()
        : db.sql("SELECT product_id, min_quantity, discount_percent FROM price_rules WHERE product_id IN (:ids)")
            .param("ids", ids).query(PriceRule.class).list();
    return new PriceList(rules);
  }
}
