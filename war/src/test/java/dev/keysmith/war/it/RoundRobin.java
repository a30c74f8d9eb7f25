package dev.keysmith.war.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy on loopback that gives each new connection to the next of some servers that run. */
final class RoundRobin implements AutoCloseable {

  private final ServerSocket socket;
  private final List<URI> servers;
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "round-robin");
            thread.setDaemon(true);
            return thread;
          });

  RoundRobin(List<URI> servers) throws IOException {
    this.servers = servers;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> hand(client));
      } catch (IOException e) {
        // It is closed.
      }
    }
  }

  private void hand(Socket client) {
    for (int attempt = 0; attempt < servers.size(); attempt++) {
      URI server = servers.get(next.getAndIncrement() % servers.size());
      try {
        Socket there = new Socket(server.getHost(), server.getPort());
        threads.execute(() -> copy(client, there));
        copy(there, client);
        return;
      } catch (IOException e) {
        // This one does not run.
      }
    }
    closeBoth(client, client);
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // One of the two has gone.
    } finally {
      closeBoth(from, to);
    }
  }

  private static void closeBoth(Socket one, Socket other) {
    try (one;
        other) {
      one.shutdownOutput();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
