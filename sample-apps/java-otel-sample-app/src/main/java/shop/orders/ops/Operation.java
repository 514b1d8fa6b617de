package shop.orders.ops;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.Settings;
import shop.orders.book.InvoiceSpool;
import shop.orders.front.Workers;
import shop.orders.session.Sessions;

/** How the process is operated while it runs. */
@Configuration(proxyBeanMethods = false)
class Operation {
  @Bean
  Board board() {
    return new Board(System::nanoTime);
  }

  @Bean
  AdminDesk adminDesk(Board board, Workers workers, InvoiceSpool spool, Sessions sessions) {
    Map<String, DoubleSupplier> meters = new TreeMap<>();
    meters.put("workers.busy", workers::busy);
    meters.put("workers.held", spool::waiting);
    meters.put("invoices.waited", spool::waited);
    meters.put("sessions.views", sessions::views);
    meters.put("heap.used", Heap::used);
    meters.put("heap.live_ratio", Heap::liveRatio);
    meters.put("gc.time_s", Heap::collecting);
    return new AdminDesk(board, meters);
  }

  /** None without a path. */
  @Bean
  AutoCloseable adminSocket(Settings settings, AdminDesk desk) throws IOException {
    return settings.adminSocket().isEmpty()
        ? () -> {}
        : AdminSocket.open(Path.of(settings.adminSocket()), desk::answer);
  }
}
