package shop.orders.book;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Renders invoices one after the other, by one thread. Most are rendered behind the answer to the customer. A share of
 * the customers asked for collective invoices: theirs is rendered when its collection closes, and the order waits.
 */
public final class InvoiceSpool implements AutoCloseable {
  private static final int KEPT = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition rendered = lock.newCondition();
  private final PriorityQueue<Ticket> tray = new PriorityQueue<>();
  private final Deque<String> recent = new ArrayDeque<>();
  private final DoubleSupplier collectiveShare;
  private final LongSupplier collectionMillis;
  private final Thread writer;

  private double owed;
  private volatile int waiting;
  private volatile long waited;

  /** Share of the orders on collective invoices, 0 to 1; how long a collection stays open, in ms. */
  public InvoiceSpool(DoubleSupplier collectiveShare, LongSupplier collectionMillis) {
    this.collectiveShare = collectiveShare;
    this.collectionMillis = collectionMillis;
    writer = new Thread(this::write, "invoice-spool");
    writer.setDaemon(true);
    writer.start();
  }

  /** Hands over the invoice of an order; waits, at most a second longer than its collection, when it is collective. */
  public void hand(Order order) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean collective = nextIsCollective();
      Duration open = Duration.ofMillis(collective ? collectionMillis.getAsLong() : 0);
      Ticket ticket = new Ticket(order, System.nanoTime() + open.toNanos());
      tray.add(ticket);
      arrived.signal();
      if (collective) {
        await(ticket, open.plusSeconds(1).toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Orders that wait at this moment. */
  public int waiting() {
    return waiting;
  }

  /** Orders that have waited since the start. */
  public long waited() {
    return waited;
  }

  /** Spreads the share evenly over the orders: a running sum gives one each time it passes 1. */
  private boolean nextIsCollective() {
    double share = Math.min(1, Math.max(0, collectiveShare.getAsDouble()));
    owed = share == 0 ? 0 : owed + share;
    if (owed < 1) {
      return false;
    }
    owed -= 1;
    return true;
  }

  private void await(Ticket ticket, long limitNanos) throws InterruptedException {
    waiting++;
    try {
      long left = limitNanos;
      while (!ticket.rendered && left > 0) {
        left = rendered.awaitNanos(left);
      }
    } finally {
      waiting--;
      waited++;
    }
  }

  private void write() {
    lock.lock();
    try {
      while (true) {
        Ticket next = tray.peek();
        long left = next == null ? Long.MAX_VALUE : next.due - System.nanoTime();
        if (left > 0) {
          arrived.awaitNanos(left);
          continue;
        }
        tray.remove(next);
        keep(Invoice.render(next.order));
        next.rendered = true;
        rendered.signalAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void keep(String invoice) {
    recent.addLast(invoice);
    if (recent.size() > KEPT) {
      recent.removeFirst();
    }
  }

  @Override
  public void close() {
    writer.interrupt();
  }

  private static final class Ticket implements Comparable<Ticket> {
    private final Order order;
    private final long due;
    private boolean rendered;

    Ticket(Order order, long due) {
      this.order = order;
      this.due = due;
    }

    @Override
    public int compareTo(Ticket other) {
      return Long.compare(due - other.due, 0);
    }
  }
}
