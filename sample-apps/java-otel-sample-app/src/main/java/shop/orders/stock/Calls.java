package shop.orders.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outgoing calls with one time limit for the whole of an attempt. */
public final class Calls {
  private static final Logger log = LoggerFactory.getLogger(Calls.class);
  private static final AttributeKey<Long> RESEND = AttributeKey.longKey("http.request.resend_count");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client;
  private final long limitMillis;
  private final LongCounter attempts;
  private final Attributes peer;
  private final ScheduledThreadPoolExecutor clock;

  public Calls(HttpClient client, long limitMillis, LongCounter attempts, Attributes peer) {
    this.client = client;
    this.limitMillis = limitMillis;
    this.attempts = attempts;
    this.peer = peer;
    clock = new ScheduledThreadPoolExecutor(1, work -> {
      Thread thread = new Thread(work, "call-limit");
      thread.setDaemon(true);
      // made during a request, it would belong to the web application and outlive it
      thread.setContextClassLoader(Calls.class.getClassLoader());
      return thread;
    });
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Makes a call and repeats it at once when it fails. Throws StockFailure. */
  JsonNode repeated(Supplier<HttpUriRequestBase> request, int repeats) {
    for (int attempt = 0; ; attempt++) {
      attempts.add(1, peer.toBuilder().put(RESEND, (long) attempt).build());
      try {
        return once(request.get());
      } catch (StockFailure failure) {
        if (failure.status() == 404) {
          throw failure;
        }
        log.warn("call to stock failed, attempt {}: {}", attempt + 1, failure.getMessage());
        if (attempt >= repeats) {
          throw failure;
        }
      }
    }
  }

  private JsonNode once(HttpUriRequestBase request) {
    long start = System.nanoTime();
    ScheduledFuture<?> limit = clock.schedule(request::abort, limitMillis, TimeUnit.MILLISECONDS);
    try {
      return client.execute(request, this::read);
    } catch (IOException e) {
      boolean late = e instanceof SocketTimeoutException
          || TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) >= limitMillis;
      throw late
          ? new StockFailure(504, "stock did not answer within " + limitMillis + " ms", e)
          : new StockFailure(502, "stock: " + e, e);
    } finally {
      limit.cancel(false);
    }
  }

  private JsonNode read(ClassicHttpResponse response) throws IOException, ParseException {
    String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
    if (response.getCode() == 404) {
      throw new StockFailure(404, "no such product", null);
    }
    if (response.getCode() >= 400) {
      throw new StockFailure(502, "stock answered " + response.getCode(), null);
    }
    return json.readTree(body);
  }
}
