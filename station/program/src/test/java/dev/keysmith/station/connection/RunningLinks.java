package dev.keysmith.station.connection;

import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.fake.FakeLink;
import dev.keysmith.station.fake.FakeServer;
import dev.keysmith.station.fake.FakeTransport;
import dev.keysmith.station.fake.TestPauses;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.server.ServerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The program between a server and a key transport, both of the test. */
final class RunningLinks {

  final FakeServer server = FakeServer.start();
  final FakeTransport keys = new FakeTransport();
  final TestPauses time = new TestPauses();
  final Desk desk;
  final Links links;
  private final Thread thread;

  RunningLinks(Path directory) {
    Home home = new Home(directory);
    ServerClient client = new ServerClient(home, Settings.load(home));
    desk = new Desk(List.of(keys.loaded()));
    links =
        new Links(
            server.pairing(),
            desk,
            listener -> client.connect(server.address(), listener),
            time.sources());
    thread = new Thread(this::run, "links");
    thread.start();
  }

  private void run() {
    try {
      links.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The one server with its link. */
  FakeLink live() throws InterruptedException {
    return server.next().accept(server, "a", "a");
  }

  /**
   * Cuts a link.
   *
   * <p>The JDK's client misses the end of a line now and then, until it sends. That would take
   * time, so the test says it instead.
   *
   * @param node of the link; empty if it is not live
   */
  void cut(FakeLink link, String node) {
    List<Connection> cut =
        links.connections().stream().filter(each -> each.node().equals(node)).toList();
    link.cut();
    for (Connection each : cut) {
      try {
        each.ended().get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        each.onFault(new IOException("cut"));
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  }

  void close() throws InterruptedException {
    keys.close();
    links.close();
    thread.interrupt();
    thread.join();
    desk.close();
    server.close();
  }
}
