package shop.orders.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Answers the probes on a port and threads of its own, whatever the workers do. */
public final class ManagementServer {
  private volatile boolean ready;

  private ManagementServer() {}

  /** Throws BindException when the port is taken. */
  public static ManagementServer open(String host, int port) throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (BindException e) {
      throw new BindException(host + ":" + port + " is taken");
    }
    ManagementServer management = new ManagementServer();
    management.serve(server, "/health", () -> true);
    management.serve(server, "/ready", () -> management.ready);
    server.setExecutor(threads());
    server.start();
    return management;
  }

  /** From now on the process says that it is initialised. */
  public void ready() {
    ready = true;
  }

  private void serve(HttpServer server, String path, BooleanSupplier good) {
    // the telemetry agent adds a filter to each context; probes are not traced
    server.createContext(path, exchange -> answer(exchange, good.getAsBoolean())).getFilters().clear();
  }

  private static void answer(HttpExchange exchange, boolean good) throws IOException {
    try (exchange) {
      byte[] body = (good ? "{\"status\":\"up\"}" : "{\"status\":\"starting\"}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(good ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static ExecutorService threads() {
    return Executors.newFixedThreadPool(2, work -> {
      Thread thread = new Thread(work, "management");
      thread.setDaemon(true);
      return thread;
    });
  }
}
