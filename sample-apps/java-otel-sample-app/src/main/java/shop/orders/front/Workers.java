package shop.orders.front;

/** What can be read of the worker threads. */
public final class Workers {
  private volatile WorkerProtocol protocol;

  void watch(WorkerProtocol served) {
    protocol = served;
  }

  /** Threads that carry out a request at this moment. */
  public int busy() {
    WorkerProtocol served = protocol;
    return served == null ? 0 : Math.max(0, served.busy());
  }
}
