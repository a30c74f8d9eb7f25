package dev.keysmith.testing.practice;

import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.testing.bench.BenchTransportFactory;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.PracticeOrg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Practice mode: Keysmith as it is for real, with a practice org in place of Okta and virtual
 * security keys in place of USB ones. Ends with its process; a second start keeps the data.
 */
public final class Practice implements AutoCloseable {

  /** The practice org's API token: it opens nothing but this org, on this machine. */
  static final String ORG_TOKEN = "practice-token";

  private static final int ENGINEER_EVERY = 3;

  private final Options options;
  private final VirtualKeyBench bench;
  private final KeyTransport ports;
  private final PracticeOrg org;
  private final Server server;
  private volatile boolean closing;

  /** Starts everything; {@link #awaitReady} tells when it can be used. */
  Practice(Options options) throws IOException {
    this.options = options;
    Files.createDirectories(options.data());
    bench =
        new VirtualKeyBench(
            options.data().resolve("keys"),
            options.benchPort(),
            () -> VirtualKey.builder().touch(TouchPolicy.byHand()));
    ports =
        new BenchTransportFactory()
            .create(new PracticeContext(Map.of("address", "127.0.0.1:" + options.benchPort())));
    Table table = new Table(bench, ports);
    table.furnish();
    org = org(options, table);
    server = Server.start(options);
  }

  private static PracticeOrg org(Options options, Table table) throws IOException {
    Path state = Files.createDirectories(options.data().resolve("org"));
    return PracticeOrg.builder()
        .port(options.orgPort())
        .users(options.users())
        .group("Engineering", "One person in three", number -> number % ENGINEER_EVERY == 0)
        .group("Staff", "Everybody", number -> true)
        .token(ORG_TOKEN)
        .stateDirectory(state)
        .bench(table)
        .start();
  }

  /** Starts everything, says where to go, and runs until it is ended. */
  public static void main(String... arguments) throws InterruptedException {
    try {
      Options options = Options.parse(arguments);
      Practice practice = new Practice(options);
      Runtime.getRuntime().addShutdownHook(new Thread(practice::close, "end of practice"));
      practice.run(System.out);
    } catch (IllegalArgumentException | IllegalStateException | IOException e) {
      System.err.println("Practice mode did not start. " + e.getMessage());
      System.exit(1);
    }
  }

  /** Waits until Keysmith can be used. */
  void awaitReady() throws InterruptedException {
    server.awaitReady();
  }

  private void run(PrintStream out) throws InterruptedException, IOException {
    out.println("Starting Keysmith; the first time takes half a minute ...");
    awaitReady();
    Welcome.print(out, options, org.origin(), server);
    int code = server.await();
    // At the end of practice the hook has stopped the server, and the process is ending already.
    if (!closing) {
      System.err.println(
          "Keysmith ended by itself with code " + code + "; see " + Server.log(options) + ".");
      System.exit(1);
    }
  }

  @Override
  public void close() {
    closing = true;
    server.close();
    org.close();
    ports.close();
    try {
      bench.close();
    } catch (IOException e) {
      // The process ends, and the port with it.
    }
  }
}
