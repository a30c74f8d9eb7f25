package dev.keysmith.war.it;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens a bench of virtual keys before the server is started, and tells the server where it is.
 *
 * <p>Registered for all tests, because whichever class comes first starts the server.
 */
public final class BenchBesideTheServer implements BeforeAllCallback {

  private static @Nullable VirtualKeyBench bench;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    String data = System.getProperty("keysmith.it.data");
    if (data != null) {
      open(Path.of(data + "-keys"));
    }
  }

  private static synchronized void open(Path directory) throws IOException {
    if (bench == null) {
      bench = new VirtualKeyBench(directory, 0, VirtualKey::builder);
      System.setProperty("keysmith.it.bench", address());
    }
  }

  /** The keys. */
  public static synchronized VirtualKeyBench bench() {
    if (bench == null) {
      throw new IllegalStateException("The bench is open in system tests only");
    }
    return bench;
  }

  /** Host and port, as the bench plugin takes them. */
  public static synchronized String address() {
    return "127.0.0.1:" + bench().port();
  }
}
