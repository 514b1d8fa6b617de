package shop.orders;

import java.util.Map;

/** Which variant of the sources this is, with the settings that only it has. */
public record Release() {
  public static final String NAME = "quiet";

  static Release read(Map<String, String> environment) {
    return new Release();
  }
}
