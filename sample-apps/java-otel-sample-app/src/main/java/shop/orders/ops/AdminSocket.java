package shop.orders.ops;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;

/** Newline JSON on a unix socket that only the owner may open, on threads of its own. */
public final class AdminSocket implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Path path;
  private final UnaryOperator<String> answer;

  private AdminSocket(ServerSocketChannel listener, Path path, UnaryOperator<String> answer) {
    this.listener = listener;
    this.path = path;
    this.answer = answer;
  }

  /** Listens at the path; a socket that a dead process left there is replaced. */
  public static AdminSocket open(Path path, UnaryOperator<String> answer) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    AdminSocket socket = new AdminSocket(listener, path, answer);
    daemon(socket::accept);
    return socket;
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel connection = listener.accept();
        daemon(() -> serve(connection));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        pause();
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection;
        BufferedReader lines = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
        Writer answers = Channels.newWriter(connection, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.write(answer.apply(line) + "\n");
        answers.flush();
      }
    } catch (IOException e) {
      // the other side has gone: nothing is owed to it
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "admin");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(path);
  }
}
