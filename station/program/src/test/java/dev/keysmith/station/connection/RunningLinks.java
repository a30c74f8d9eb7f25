package dev.keysmith.station.connection;

import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.fake.FakeLink;
import dev.keysmith.station.fake.FakeServer;
import dev.keysmith.station.fake.FakeTransport;
import dev.keysmith.station.fake.TestPauses;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.server.ServerClient;
import java.nio.file.Path;
import java.util.List;

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

  void close() throws InterruptedException {
    keys.close();
    links.close();
    thread.interrupt();
    thread.join();
    desk.close();
    server.close();
  }
}
