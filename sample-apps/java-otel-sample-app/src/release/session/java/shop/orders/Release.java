package shop.orders;

import java.util.Map;

/** Which variant of the sources this is, with the settings that only it has. */
public record Release(int sessionBytes) {
  public static final String NAME = "session";

  /** Throws IllegalArgumentException for a value that is no number. */
  static Release read(Map<String, String> environment) {
    return new Release(Settings.number(environment, "SESSION_BYTES", 262_144));
  }
}
