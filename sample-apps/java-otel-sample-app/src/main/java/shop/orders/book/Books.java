package shop.orders.book;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.Settings;
import shop.orders.ops.Board;

/** What the books are kept with. */
@Configuration(proxyBeanMethods = false)
class Books {
  @Bean
  HikariDataSource dataSource(Settings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(settings.dbUrl());
    config.setUsername(settings.dbUser());
    config.setPassword(settings.dbPassword());
    config.setMaximumPoolSize(settings.dbPoolSize());
    config.setConnectionTimeout(settings.dbPoolTimeout().toMillis());
    config.setMaxLifetime(30_000);
    config.setKeepaliveTime(0);
    config.setInitializationFailTimeout(-1); // the store may come up later than this process
    config.addDataSourceProperty("ApplicationName", "orders");
    config.addDataSourceProperty("currentSchema", "public");
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "10");
    return new HikariDataSource(config);
  }

  @Bean
  InvoiceSpool invoiceSpool(Board board, Settings settings) {
    double share = OrderInvoicing.beforeAnswer(settings);
    return new InvoiceSpool(() -> board.get("invoice.share", share), () -> (long) board.get("invoice.wait_ms", 5000));
  }
}
