package shop.orders.front;

import io.opentelemetry.api.metrics.DoubleHistogram;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.TaskThreadFactory;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/**
 * The worker threads of a connector. Records how long each task waited for one. What has waited longer than the limit
 * is taken out of the queue and run by a thread aside, so that the caller hears of it also while no worker gets free.
 */
final class WorkerPool extends ThreadPoolExecutor {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final ThreadLocal<Long> WAITED = ThreadLocal.withInitial(() -> 0L);

  private final TaskQueue queue;
  private final long limitNanos;
  private final DoubleHistogram queueTime;
  private final java.util.concurrent.ThreadPoolExecutor aside;

  static WorkerPool start(String name, int size, int priority, Duration limit, DoubleHistogram queueTime) {
    TaskQueue queue = new TaskQueue();
    WorkerPool pool = new WorkerPool(name, size, priority, queue, limit, queueTime);
    queue.setParent(pool);
    return pool;
  }

  private WorkerPool(
      String name, int size, int priority, TaskQueue queue, Duration limit, DoubleHistogram queueTime) {
    super(size, size, 60, TimeUnit.SECONDS, queue, new TaskThreadFactory(name + "-exec-", true, priority));
    this.queue = queue;
    this.limitNanos = limit.toNanos();
    this.queueTime = queueTime;
    this.aside = new java.util.concurrent.ThreadPoolExecutor(2, 2, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
        new TaskThreadFactory(name + "-late-", true, priority));
    Thread watch = new Thread(this::watch, name + "-queue");
    watch.setDaemon(true);
    watch.start();
  }

  /** How long the task that runs on this thread had waited. */
  static Duration waited() {
    return Duration.ofNanos(WAITED.get());
  }

  @Override
  public void execute(Runnable command) {
    super.execute(new Queued(command, System.nanoTime()));
  }

  private void watch() {
    try {
      while (!isShutdown()) {
        Thread.sleep(LOOK_EVERY.toMillis());
        while (queue.peek() instanceof Queued first && first.age() > limitNanos) {
          // false when a worker was faster
          if (queue.remove(first)) {
            aside.execute(first);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      aside.shutdown();
    }
  }

  private final class Queued implements Runnable {
    private final Runnable task;
    private final long since;

    Queued(Runnable task, long since) {
      this.task = task;
      this.since = since;
    }

    long age() {
      return System.nanoTime() - since;
    }

    @Override
    public void run() {
      long age = age();
      queueTime.record(age / 1e9);
      WAITED.set(age);
      task.run();
    }
  }
}
