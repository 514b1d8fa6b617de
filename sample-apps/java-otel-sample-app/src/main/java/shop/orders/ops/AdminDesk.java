package shop.orders.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.DoubleSupplier;
import shop.orders.Release;

/** Carries out the request lines of the admin socket. */
public final class AdminDesk {
  private final ObjectMapper json = new ObjectMapper();
  private final Board board;
  private final Map<String, DoubleSupplier> meters;

  public AdminDesk(Board board, Map<String, DoubleSupplier> meters) {
    this.board = board;
    this.meters = meters;
  }

  /** The answer line to a request line. */
  public String answer(String line) {
    try {
      JsonNode request = json.readTree(line);
      return carryOut(request == null ? json.createObjectNode() : request).toString();
    } catch (JsonProcessingException e) {
      return refusal("not a request").toString();
    } catch (IllegalArgumentException e) {
      return refusal(e.getMessage()).toString();
    }
  }

  private ObjectNode carryOut(JsonNode request) {
    return switch (request.path("op").asText()) {
      case "hello" -> hello();
      case "meters" -> read();
      case "set" -> {
        board.set(text(request, "key"), number(request, "value"), number(request, "ttlMs"), text(request, "token"));
        yield done();
      }
      case "clear" -> {
        board.clear(text(request, "token"));
        yield done();
      }
      default -> refusal("unknown op");
    };
  }

  private ObjectNode hello() {
    return json.createObjectNode()
        .put("ok", true)
        .put("pid", ProcessHandle.current().pid())
        .put("startedAt", ManagementFactory.getRuntimeMXBean().getStartTime())
        .put("release", Release.NAME);
  }

  private ObjectNode read() {
    ObjectNode answer = json.createObjectNode().put("ok", true);
    ObjectNode values = answer.putObject("meters");
    meters.forEach((name, meter) -> values.put(name, meter.getAsDouble()));
    return answer;
  }

  private ObjectNode done() {
    return json.createObjectNode().put("ok", true).put("at", System.currentTimeMillis());
  }

  private ObjectNode refusal(String why) {
    return json.createObjectNode().put("ok", false).put("error", why);
  }

  private static String text(JsonNode request, String field) {
    return request.path(field).isTextual() ? request.get(field).textValue() : null;
  }

  private static Double number(JsonNode request, String field) {
    return request.path(field).isNumber() ? request.get(field).doubleValue() : null;
  }
}
