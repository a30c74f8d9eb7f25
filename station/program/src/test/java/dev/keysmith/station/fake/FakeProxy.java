package dev.keysmith.station.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** An HTTP proxy that asks for a password, and leads wherever it is asked to. */
public final class FakeProxy implements AutoCloseable {

  /** {@code user:secret}. */
  private static final String LOGIN = "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=";

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> tunnels = new ArrayList<>();

  public FakeProxy() throws IOException {
    thread(this::accept);
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  public String address() {
    return "localhost:" + socket.getLocalPort();
  }

  /** The tunnels that were asked for with the password. */
  public List<String> tunnels() {
    synchronized (tunnels) {
      return List.copyOf(tunnels);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        thread(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII), 1);
      String request = reader.readLine();
      while (request != null) {
        List<String> headers = new ArrayList<>();
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
          headers.add(line);
        }
        if (headers.contains(LOGIN)) {
          tunnel(client, request.split(" ")[1]);
          return;
        }
        answer(
            client,
            "HTTP/1.1 407 Proxy Authentication Required\r\n"
                + "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
        request = reader.readLine();
      }
    } catch (IOException e) {
      // The client's matter.
    }
  }

  private static void answer(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private void tunnel(Socket client, String target) throws IOException {
    synchronized (tunnels) {
      tunnels.add(target);
    }
    String[] parts = target.split(":");
    try (Socket server = new Socket(parts[0], Integer.parseInt(parts[1]))) {
      answer(client, "HTTP/1.1 200 OK\r\n\r\n");
      InputStream fromServer = server.getInputStream();
      OutputStream toClient = client.getOutputStream();
      thread(() -> copy(fromServer, toClient));
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException e) {
      // One of the two has closed.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
