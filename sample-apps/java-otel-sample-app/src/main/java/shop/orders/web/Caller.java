package shop.orders.web;

import io.opentelemetry.api.trace.Span;
import org.springframework.stereotype.Component;
import shop.orders.session.Sessions;

/** Notes on whose behalf a request comes. */
@Component
final class Caller {
  private final Sessions sessions;

  Caller(Sessions sessions) {
    this.sessions = sessions;
  }

  void is(int userId) {
    Span.current().setAttribute("enduser.id", Integer.toString(userId));
    sessions.visited(userId);
  }
}
