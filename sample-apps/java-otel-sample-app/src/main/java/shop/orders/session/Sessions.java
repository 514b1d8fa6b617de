package shop.orders.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import shop.orders.Settings;
import shop.orders.ops.Board;

/** What is kept of the users' visits, a view for each request of theirs. */
@Component
public final class Sessions {
  private final Board board;
  private final SessionViews usual;
  private final Map<Long, View> retained = new ConcurrentHashMap<>();
  private final AtomicLong visits = new AtomicLong();

  Sessions(Board board, Settings settings) {
    this.board = board;
    usual = new SessionViews(settings);
  }

  /** Keeps the view of a visit: as usual or, while `session.retain` stands, so many bytes until it stands no more. */
  public void visited(int userId) {
    double bytes = retain();
    long visit = visits.incrementAndGet();
    if (Double.isNaN(bytes)) {
      usual.keep(visit, View.prepare(userId, usual.viewBytes()));
    } else if (bytes >= View.ROW_BYTES) {
      retained.put(visit, View.prepare(userId, (int) bytes));
    }
  }

  /** Views kept at this moment. */
  public int views() {
    retain();
    return usual.size() + retained.size();
  }

  private double retain() {
    double bytes = board.get("session.retain", Double.NaN);
    if (Double.isNaN(bytes)) {
      retained.clear();
    }
    return bytes;
  }
}
