package shop.orders;

/** Which variant of the sources this is. */
public final class Release {
  public static final String NAME = "base";

  private Release() {}
}
