package shop.orders.ops;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Values set while the process runs. Each expires by itself, by a monotonic clock. */
public final class Board {
  /** The longest life of a value. */
  public static final Duration LONGEST = Duration.ofMinutes(30);

  private static final Set<String> KEYS = Set.of("invoice.share", "invoice.wait_ms", "session.retain");

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  public Board(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Throws IllegalArgumentException for an unknown key, a value that is no number, or a life of no or too long time. */
  public void set(String key, Double value, Double ttlMs, String token) {
    if (key == null || !KEYS.contains(key)) {
      throw new IllegalArgumentException("unknown key");
    }
    if (value == null || !Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be a number");
    }
    if (ttlMs == null || !(ttlMs > 0) || ttlMs > LONGEST.toMillis()) {
      throw new IllegalArgumentException("ttlMs must be more than 0 and at most " + LONGEST.toMillis());
    }
    entries.put(key, new Entry(value, nanoTime.getAsLong() + (long) (ttlMs * 1e6), token));
  }

  /** Removes what was set with this token; all of it without a token. */
  public void clear(String token) {
    entries.values().removeIf(entry -> token == null || token.equals(entry.token));
  }

  /** The value of a key, or the preset when there is none or its time is over. */
  public double get(String key, double preset) {
    Entry entry = entries.get(key);
    return entry == null || nanoTime.getAsLong() - entry.until >= 0 ? preset : entry.value;
  }

  private record Entry(double value, long until, String token) {}
}
