package shop.orders.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/** Turns away a request that has waited too long for a worker: its caller is about to give up. */
final class WaitLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Duration limit;

  WaitLimit(Duration limit) {
    this.limit = limit;
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (WorkerPool.waited().compareTo(limit) <= 0) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.getWriter().write("{\"error\":\"busy, try again later\"}");
  }
}
