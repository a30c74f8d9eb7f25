package dev.keysmith.war.it;

import dev.keysmith.testing.usb.Guest;
import dev.keysmith.testing.usb.GuestProcess;
import dev.keysmith.testing.usb.Room;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The WAR on Payara Micro in the guest, with an empty data directory in memory. */
final class GuestServer implements AutoCloseable {

  /** Code runs ten times slower there, and other builds may want the processor, too. */
  private static final Duration START = Duration.ofMinutes(8);

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String DATA = "/run/keysmith";

  /** What the server says is kept in target/guest/shared. */
  private static final List<String> LOGGING =
      List.of("/bin/bash", "-c", "\"$@\" 2>&1 | tee /shared/server.log", "server");

  private final Room room;
  private final Guest guest;
  private final GuestProcess process;
  private final GuestProcess door;

  private GuestServer(Room room, GuestProcess process) {
    this.room = room;
    this.guest = room.guest();
    this.process = process;
    String port = ":" + room.serverPort();
    this.door = guest.relay("10.0.2.15" + port, "127.0.0.1" + port);
  }

  /** Returns once the server says that it has started. */
  static GuestServer start(Room room) {
    List<String> command = new ArrayList<>(LOGGING);
    command.addAll(Guest.java());
    command.add("-Xmx768m");
    command.add("-Dkeysmith.data=" + DATA);
    command.addAll(List.of("-jar", System.getProperty("payara.microJar")));
    command.addAll(List.of("--deploy", System.getProperty("keysmith.war"), "--contextroot", "/"));
    command.addAll(List.of("--port", Integer.toString(room.serverPort()), "--nohazelcast"));
    command.addAll(List.of("--disablephonehome", "--prebootcommandfile"));
    command.add(System.getProperty("keysmith.it.commands"));
    GuestProcess process = room.guest().start(command.toArray(String[]::new));
    GuestServer server = new GuestServer(room, process);
    boolean started = false;
    try {
      process.awaitOutput("ready in", START);
      started = true;
      return server;
    } finally {
      if (!started) {
        server.close();
      }
    }
  }

  /** The server, as its first administrator calls it. */
  Api administrator() {
    String token = guest.run(SOON, "/bin/cat", DATA + "/first-api-token").output().strip();
    return Api.anonymous(URI.create("http://127.0.0.1:" + room.serverPort() + "/")).with(token);
  }

  /** Lets the server reach a port of this machine's loopback by the same address. */
  GuestProcess reaching(int port) {
    return guest.relay("127.0.0.1:" + port, "10.0.2.2:" + port);
  }

  @Override
  public void close() {
    door.close();
    process.close();
  }
}
