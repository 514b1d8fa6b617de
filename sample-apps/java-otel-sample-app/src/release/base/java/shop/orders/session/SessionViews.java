package shop.orders.session;

import java.util.LinkedHashMap;
import java.util.Map;
import shop.orders.Settings;

/** The views of the latest visits; the oldest give way to new ones. */
final class SessionViews {
  private static final int VIEW_BYTES = 2_048;
  private static final int KEPT = 200;

  private final Map<Long, View> byVisit = new LinkedHashMap<>();

  SessionViews(Settings settings) {}

  /** What a view may take in the heap. */
  int viewBytes() {
    return VIEW_BYTES;
  }

  synchronized void keep(long visit, View view) {
    byVisit.put(visit, view);
    if (byVisit.size() > KEPT) {
      byVisit.remove(byVisit.keySet().iterator().next());
    }
  }

  synchronized int size() {
    return byVisit.size();
  }
}
