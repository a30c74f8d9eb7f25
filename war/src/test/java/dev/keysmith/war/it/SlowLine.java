package dev.keysmith.war.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A proxy on loopback to a server that is far away: what is sent arrives so much later. */
final class SlowLine implements AutoCloseable {

  private static final int CHUNK = 16 * 1024;

  private final ServerSocket socket;
  private final URI server;
  private final long oneWayNanos;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "slow-line");
            thread.setDaemon(true);
            return thread;
          });

  private record Chunk(byte[] bytes, long due) {}

  /**
   * @param roundTrip there and back
   */
  SlowLine(URI server, Duration roundTrip) throws IOException {
    this.server = server;
    this.oneWayNanos = roundTrip.toNanos() / 2;
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
        Socket there = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        there.setTcpNoDelay(true);
        carry(client, there);
        carry(there, client);
      } catch (IOException e) {
        // It is closed, or the server is.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Chunk> line = new LinkedBlockingQueue<>();
    threads.execute(() -> read(from, line));
    threads.execute(() -> write(line, to));
  }

  private void read(Socket from, BlockingQueue<Chunk> line) {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[CHUNK];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        line.add(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + oneWayNanos));
      }
    } catch (IOException e) {
      // This side has gone.
    }
    line.add(new Chunk(new byte[0], System.nanoTime() + oneWayNanos));
  }

  private static void write(BlockingQueue<Chunk> line, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = line.take(); chunk.bytes().length > 0; chunk = line.take()) {
        for (long left = left(chunk); left > 0; left = left(chunk)) {
          LockSupport.parkNanos(left);
        }
        out.write(chunk.bytes());
      }
    } catch (IOException e) {
      // The other side has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long left(Chunk chunk) {
    return chunk.due() - System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
