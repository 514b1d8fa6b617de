package shop.orders.stock;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import java.net.URI;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.Settings;

/** The way to the stock. */
@Configuration(proxyBeanMethods = false)
class Upstream {
  @Bean
  CloseableHttpClient httpClient(Settings settings) {
    Timeout limit = Timeout.of(settings.upstreamTimeout());
    PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnPerRoute(settings.upstreamConnections())
        .setMaxConnTotal(settings.upstreamConnections())
        .setDefaultConnectionConfig(ConnectionConfig.custom()
            .setConnectTimeout(limit)
            .setSocketTimeout(limit)
            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
            .build())
        .build();
    return HttpClients.custom()
        .setConnectionManager(pool)
        .setDefaultRequestConfig(
            RequestConfig.custom().setConnectionRequestTimeout(limit).setResponseTimeout(limit).build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .build();
  }

  @Bean
  Stock stock(CloseableHttpClient client, Settings settings) {
    URI base = URI.create(settings.stockUrl());
    Attributes peer = Attributes.builder()
        .put("server.address", base.getHost())
        .put("server.port", base.getPort() == -1 ? 80 : base.getPort())
        .build();
    LongCounter attempts = GlobalOpenTelemetry.getMeter("orders").counterBuilder("app.client.attempts")
        .setUnit("{attempt}").setDescription("Attempts of outgoing calls, repeats included.").build();
    return new Stock(new Calls(client, settings.upstreamTimeout().toMillis(), attempts, peer), settings);
  }
}
