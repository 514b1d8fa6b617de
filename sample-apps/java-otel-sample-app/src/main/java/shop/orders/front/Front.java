package shop.orders.front;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import shop.orders.Settings;

/** How requests come in. */
@Configuration(proxyBeanMethods = false)
class Front {
  @Bean
  Workers workers() {
    return new Workers();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> workerProtocol(Settings settings, Workers workers) {
    return factory -> {
      factory.setProtocol(WorkerProtocol.class.getName());
      factory.addConnectorCustomizers(connector -> {
        WorkerProtocol protocol = (WorkerProtocol) connector.getProtocolHandler();
        protocol.setWaitLimit(settings.workerWait());
        workers.watch(protocol);
      });
    };
  }

  @Bean
  FilterRegistrationBean<WaitLimit> waitLimit(Settings settings) {
    FilterRegistrationBean<WaitLimit> registration = new FilterRegistrationBean<>(new WaitLimit(settings.workerWait()));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }
}
