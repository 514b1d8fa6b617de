package shop.orders;

import java.util.Map;

/** Which variant of the sources this is, with the settings that only it has. */
public record Release(double invoiceShare) {
  public static final String NAME = "invoice";

  /** Throws IllegalArgumentException for a value that is no share. */
  static Release read(Map<String, String> environment) {
    return new Release(share(Settings.text(environment, "INVOICE_SHARE", "0.7")));
  }

  private static double share(String value) {
    if (!value.matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?")) {
      throw new IllegalArgumentException("INVOICE_SHARE must be 0 to 1, is \"" + value + "\"");
    }
    return Double.parseDouble(value);
  }
}
