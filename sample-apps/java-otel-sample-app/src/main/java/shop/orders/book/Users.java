package shop.orders.book;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The customers. */
@Repository
public class Users {
  private static final String COLUMNS = "SELECT id, name, email, locale, city, orders, spent FROM users";

  private final JdbcClient db;

  Users(JdbcClient db) {
    this.db = db;
  }

  public Optional<User> find(int id) {
    return db.sql(COLUMNS + " WHERE id = ?").param(id).query(User.class).optional();
  }

  public List<User> first(int count) {
    return db.sql(COLUMNS + " ORDER BY id LIMIT ?").param(count).query(User.class).list();
  }

  /** Notes an order in the customer's totals. */
  void addOrder(Order order) {
    db.sql("UPDATE users SET orders = orders + 1, spent = spent + ? WHERE id = ?")
        .param(order.total()).param(order.userId()).update();
  }
}
