package shop.orders;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import shop.orders.ops.ManagementServer;

/** Users, products, orders and refunds over HTTP. */
@SpringBootApplication(proxyBeanMethods = false)
public class Main {
  private static final int PORT_TAKEN = 98;

  public static void main(String[] args) {
    try {
      Settings settings = Settings.read(System.getenv());
      probe(settings.host(), settings.port());
      ManagementServer management = ManagementServer.open(settings.host(), settings.managementPort());
      ConfigurableApplicationContext context = application(settings).run(args);
      Termination.drainOn("TERM", context);
      Termination.drainOn("INT", context);
      management.ready();
    } catch (BindException | PortInUseException e) {
      fail(PORT_TAKEN, e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      fail(1, e.getMessage());
    }
  }

  private static SpringApplication application(Settings settings) {
    SpringApplication application = new SpringApplication(Main.class);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(Map.of("server.address", settings.host(), "server.port", settings.port(),
        "server.tomcat.threads.max", settings.workers(), "server.tomcat.threads.min-spare", settings.workers()));
    ApplicationContextInitializer<GenericApplicationContext> known =
        context -> context.registerBean(Settings.class, () -> settings);
    application.addInitializers(known);
    return application;
  }

  /** Finds out early, before seconds of start-up, that the port is taken. */
  private static void probe(String host, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (BindException e) {
      throw new BindException(host + ":" + port + " is taken");
    }
  }

  private static void fail(int code, String why) {
    System.err.println("orders: " + why);
    Runtime.getRuntime().halt(code);
  }
}
