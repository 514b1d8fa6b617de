package shop.orders.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.Settings;

/** The views of all visits, so that every user can go on where he was. */
final class SessionViews {
  private final Map<Long, View> byVisit = new ConcurrentHashMap<>();
  private final int viewBytes;

  SessionViews(Settings settings) {
    viewBytes = settings.release().sessionBytes();
  }

  /** What a view may take in the heap. */
  int viewBytes() {
    return viewBytes;
  }

  void keep(long visit, View view) {
    byVisit.put(visit, view);
  }

  int size() {
    return byVisit.size();
  }
}
