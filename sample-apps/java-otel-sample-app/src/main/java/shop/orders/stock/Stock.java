package shop.orders.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import shop.orders.Settings;

/** The stock, kept by another process. */
public final class Stock {
  private final ObjectMapper json = new ObjectMapper();
  private final Calls calls;
  private final String base;
  private final int retries;

  public Stock(Calls calls, Settings settings) {
    this.calls = calls;
    this.base = settings.stockUrl().replaceAll("/+$", "");
    this.retries = settings.upstreamRetries();
  }

  /** How many there are of a product. Throws StockFailure. */
  public JsonNode level(String sku) {
    return calls.repeated(() -> new HttpGet(base + "/api/stock/" + sku), retries);
  }

  /** Takes units off the shelf; not repeated, since that could take them twice. Throws StockFailure. */
  public JsonNode reserve(String sku, int quantity) {
    return calls.repeated(() -> {
      HttpPost post = new HttpPost(base + "/api/stock/reserve");
      String body = json.valueToTree(Map.of("sku", sku, "quantity", quantity)).toString();
      post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
      return post;
    }, 0);
  }
}
