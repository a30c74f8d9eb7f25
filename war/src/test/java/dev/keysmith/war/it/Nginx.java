package dev.keysmith.war.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's nginx with the configuration that the README demands, on loopback and without TLS. Where
 * it is missing and the tests run as root, they install it; where that is not possible they are
 * skipped and say why, unless {@code -Dkeysmith.nginx=required}.
 */
final class Nginx implements AutoCloseable {

  private static final Path EXECUTABLE = Path.of("/usr/sbin/nginx");
  private static final int INSTALL_MINUTES = 5;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Nginx before(URI server, Path directory) throws IOException, InterruptedException {
    if (!Files.isExecutable(EXECUTABLE)) {
      install();
    }
    if (!Files.isExecutable(EXECUTABLE)) {
      String reason = "There is no nginx here, and it cannot be installed by apt-get as root";
      if ("required".equals(System.getProperty("keysmith.nginx"))) {
        throw new AssertionError(reason + ", but -Dkeysmith.nginx=required");
      }
      Assumptions.abort(reason);
    }
    int port = freePort();
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, configuration(server, port, directory));
    Process process =
        new ProcessBuilder(
                EXECUTABLE.toString(), "-p", directory.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.log").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    nginx.awaitStart(directory.resolve("nginx.log"));
    return nginx;
  }

  private static void install() throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))
        || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return;
    }
    // The package would start a server of its own.
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "apt-get update && RUNLEVEL=1 apt-get install -y --no-install-recommends nginx-light")
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("nginx", ".log").toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
  }

  private static String configuration(URI server, int port, Path directory) throws IOException {
    String ours = Files.readString(Path.of("src/main/nginx/keysmith.conf"));
    String here =
        ours.replace("server 127.0.0.1:8080;", "server " + server.getAuthority() + ";")
            .replace("listen 443 ssl http2;", "listen 127.0.0.1:" + port + ";")
            .replace("server_name keysmith.example.org;", "server_name localhost;")
            .replaceAll("(?m)^\\s*ssl_.*$", "");
    String temporary = directory.toString();
    return """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log stderr warn;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          %2$s
        }
        """
        .formatted(temporary, here);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < 300 && process.isAlive(); i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    close();
    throw new IllegalStateException("nginx did not start: " + Files.readString(log));
  }

  URI address() {
    return URI.create("http://localhost:" + port + "/");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
