package shop.orders.front;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 whose worker pool is a {@link WorkerPool}; Tomcat makes it by its class name. */
public final class WorkerProtocol extends Http11NioProtocol {
  public WorkerProtocol() {
    super(new WorkerEndpoint());
  }

  void setWaitLimit(Duration limit) {
    ((WorkerEndpoint) getEndpoint()).setWaitLimit(limit);
  }

  int busy() {
    return getEndpoint().getCurrentThreadsBusy();
  }

  @Override
  protected Processor createProcessor() {
    return new ProbeProcessor(this, getAdapter());
  }
}
