package shop.orders;

import org.springframework.context.ConfigurableApplicationContext;
import sun.misc.Signal;

/** Ends the process with code 0 after the requests under way; the JVM alone would end with 128 + the signal. */
final class Termination {
  private Termination() {}

  static void drainOn(String signal, ConfigurableApplicationContext context) {
    Signal.handle(new Signal(signal), received -> {
      context.close();
      System.exit(0); // what runs now are the hooks of the telemetry, which flush
    });
  }
}
