package shop.orders;

import java.time.Duration;
import java.util.Map;

/** The settings of the process, read once at start. */
public record Settings(
    String host,
    int port,
    int managementPort,
    String adminSocket,
    String stockUrl,
    Duration upstreamTimeout,
    int upstreamRetries,
    int upstreamConnections,
    String dbUrl,
    String dbUser,
    String dbPassword,
    int dbPoolSize,
    Duration dbPoolTimeout,
    int workers,
    Duration workerWait,
    Release release) {

  /** Throws IllegalArgumentException for a value that cannot be read. */
  public static Settings read(Map<String, String> environment) {
    return new Settings(
        text(environment, "HOST", "127.0.0.1"),
        number(environment, "PORT", 8081),
        number(environment, "MANAGEMENT_PORT", 8082),
        text(environment, "ADMIN_SOCKET", ""),
        text(environment, "STOCK_URL", "http://127.0.0.1:8090"),
        millis(environment, "UPSTREAM_TIMEOUT_MS", 3000),
        number(environment, "UPSTREAM_RETRIES", 0),
        number(environment, "UPSTREAM_CONNECTIONS", 32),
        text(environment, "DB_URL", "jdbc:postgresql://127.0.0.1:5432/store"),
        text(environment, "DB_USER", "orders"),
        text(environment, "DB_PASSWORD", ""),
        number(environment, "DB_POOL_SIZE", 10),
        millis(environment, "DB_POOL_TIMEOUT_MS", 2000),
        number(environment, "WORKERS", 16),
        millis(environment, "WORKER_WAIT_MS", 1000),
        Release.read(environment));
  }

  static String text(Map<String, String> environment, String name, String preset) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? preset : value;
  }

  static int number(Map<String, String> environment, String name, int preset) {
    String value = text(environment, name, Integer.toString(preset));
    if (!value.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(name + " must be a whole number of 0 or more, is \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }

  private static Duration millis(Map<String, String> environment, String name, int preset) {
    return Duration.ofMillis(number(environment, name, preset));
  }
}
