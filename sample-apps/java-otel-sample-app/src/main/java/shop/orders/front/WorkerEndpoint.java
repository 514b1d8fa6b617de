package shop.orders.front;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.time.Duration;
import java.util.List;
import org.apache.tomcat.util.net.NioEndpoint;

/** Tomcat's endpoint with a pool of ours. */
final class WorkerEndpoint extends NioEndpoint {
  private static final List<Double> BOUNDS =
      List.of(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0);

  private Duration waitLimit = Duration.ofSeconds(1);

  void setWaitLimit(Duration limit) {
    waitLimit = limit;
  }

  @Override
  public void createExecutor() {
    setExecutor(WorkerPool.start(getName(), getMaxThreads(), getThreadPriority(), waitLimit, queueTime()));
    internalExecutor = true; // the endpoint ends it, and counts its threads
  }

  private static DoubleHistogram queueTime() {
    return GlobalOpenTelemetry.getMeter("orders")
        .histogramBuilder("app.worker.queue_time")
        .setUnit("s")
        .setDescription("Time a request waited for a worker thread.")
        .setExplicitBucketBoundariesAdvice(BOUNDS)
        .build();
  }
}
