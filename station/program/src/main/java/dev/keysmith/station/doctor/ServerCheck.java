package dev.keysmith.station.doctor;

import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.ServerAddress;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.platform.Program;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.server.Faults;
import dev.keysmith.station.server.Proxy;
import dev.keysmith.station.server.ServerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Whether the server is reached: name, line, certificate, clock, WebSocket, version. */
final class ServerCheck {

  private static final Duration CLOCK_OFF = Duration.ofSeconds(60);

  private final ServerClient client;
  private final ServerAddress server;
  private final Sources sources;
  private final Consumer<Finding> out;

  ServerCheck(ServerClient client, ServerAddress server, Sources sources, Consumer<Finding> out) {
    this.client = client;
    this.server = server;
    this.sources = sources;
    this.out = out;
  }

  void run(Home home, Settings settings) throws InterruptedException {
    Optional<Proxy> proxy = Proxy.of(home, settings);
    boolean reached =
        proxy.isPresent()
            ? reaches("proxy", proxy.get().host(), proxy.get().port())
            : reaches("server", server.host(), server.port());
    if (reached && answers()) {
      greets();
    }
  }

  private boolean reaches(String subject, String host, int port) {
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      out.accept(
          Finding.problem(
              subject,
              "The name %s is not known. Check it, and this machine's DNS.".formatted(host)));
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(host, port), Math.toIntExact(ServerClient.TIME.toMillis()));
      out.accept(Finding.ok(subject, "%s takes connections at port %d.".formatted(host, port)));
      return true;
    } catch (IOException e) {
      out.accept(
          Finding.problem(
              subject,
              "%s takes no connection at port %d (%s). Check that it runs, and the firewall%s."
                  .formatted(
                      host,
                      port,
                      e.getMessage(),
                      subject.equals("proxy") ? "" : "; if a proxy is needed, set \"proxy\"")));
      return false;
    }
  }

  private boolean answers() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri()).timeout(ServerClient.TIME).GET().build();
    try {
      HttpResponse<Void> response =
          client.http().send(request, HttpResponse.BodyHandlers.discarding());
      if (response.statusCode() == Faults.PROXY_ASKS) {
        out.accept(Finding.problem("proxy", Faults.PROXY_ASKS_WORDS));
        return false;
      }
      out.accept(
          Finding.ok(
              server.isSecure() ? "certificate" : "http", server.isSecure() ? "valid" : "answers"));
      response.headers().firstValue("Date").flatMap(ServerCheck::time).ifPresent(this::compare);
      return true;
    } catch (IOException e) {
      out.accept(Finding.problem(server.isSecure() ? "certificate" : "http", Faults.inWords(e)));
      return false;
    }
  }

  private static Optional<Instant> time(String date) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void compare(Instant theirs) {
    Duration off = Duration.between(theirs, sources.clock().instant()).abs();
    out.accept(
        off.compareTo(CLOCK_OFF) > 0
            ? Finding.warning(
                "clock",
                "It differs from the server's by %d seconds. Set this machine's clock, for instance: timedatectl set-ntp true."
                    .formatted(off.toSeconds()))
            : Finding.ok("clock", "agrees with the server's"));
  }

  private void greets() throws InterruptedException {
    Greeting greeting = new Greeting();
    try {
      client.connect(server, greeting).get(ServerClient.TIME.toSeconds(), TimeUnit.SECONDS);
      Frame.Welcome welcome =
          greeting.welcome().get(ServerClient.TIME.toSeconds(), TimeUnit.SECONDS);
      out.accept(version(welcome));
    } catch (ExecutionException e) {
      out.accept(Finding.problem("link", Faults.inWords(e.getCause())));
    } catch (TimeoutException e) {
      out.accept(Finding.problem("link", "The server does not greet. Look into its log."));
    } finally {
      greeting.close();
    }
  }

  private static Finding version(Frame.Welcome welcome) {
    String versions =
        "server %s (link %s), program %s (link %s)"
            .formatted(welcome.server(), welcome.version(), Program.version(), LinkVersion.CURRENT);
    return LinkVersion.CURRENT.worksWith(welcome.version())
        ? Finding.ok("link", versions)
        : Finding.problem(
            "link", "These versions do not work together: " + versions + ". Update the older.");
  }
}
