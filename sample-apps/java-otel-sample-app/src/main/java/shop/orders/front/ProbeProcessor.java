package shop.orders.front;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;

/** Answers the probes of the platform below the servlet container, where no request is traced or measured. */
final class ProbeProcessor extends Http11Processor {
  private static final byte[] UP = "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8);

  private final Adapter probes;

  ProbeProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
    super(protocol, adapter);
    probes = probes(adapter);
  }

  @Override
  public Adapter getAdapter() {
    // the port is only open once the application is initialised: alive here is ready too
    return request.requestURI().equals("/health") || request.requestURI().equals("/ready")
        ? probes
        : super.getAdapter();
  }

  /** A proxy and no class: every class that implements Adapter is instrumented by the telemetry agent. */
  private static Adapter probes(Adapter next) {
    return (Adapter) Proxy.newProxyInstance(Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class},
        (proxy, method, arguments) -> {
          if (!method.getName().equals("service")) {
            return method.invoke(next, arguments);
          }
          answer((Request) arguments[0], (Response) arguments[1]);
          return null;
        });
  }

  private static void answer(Request request, Response response) throws java.io.IOException {
    response.setStatus(200);
    response.setContentType("application/json");
    response.setContentLength(UP.length);
    response.doWrite(ByteBuffer.wrap(UP));
  }
}
