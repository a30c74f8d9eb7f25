package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The keys that a transport has open: each for one caller alone (KEY-2). Thread-safe. */
public final class OpenKeys implements AutoCloseable {

  private final RandomGenerator random;
  private final Map<String, @Nullable UsbConnection> connections = new HashMap<>();
  private boolean closed;

  /**
   * @param random for the nonces of CTAPHID_INIT
   */
  public OpenKeys(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Opens a key.
   *
   * @param keyId of the key
   * @param pipes makes the pipe to it; called only if the key is not open
   * @throws PluginException {@code KEY_BUSY} if the key is open; {@code KEY_ABSENT} if the
   *     transport is closed; and what the pipe and the handshake throw
   */
  public KeyConnection open(String keyId, Supplier<? extends PacketPipe> pipes) {
    reserve(keyId);
    UsbConnection connection = null;
    try {
      connection = UsbConnection.open(pipes.get(), random, () -> forget(keyId));
    } finally {
      if (connection == null) {
        forget(keyId);
      }
    }
    keep(keyId, connection);
    return connection;
  }

  /** The keys that are open, or are being opened. */
  public synchronized List<String> ids() {
    return List.copyOf(connections.keySet());
  }

  /** Closes every connection; none can be opened afterwards. */
  @Override
  public void close() {
    List<@Nullable UsbConnection> open;
    synchronized (this) {
      closed = true;
      open = new ArrayList<>(connections.values());
    }
    for (UsbConnection connection : open) {
      if (connection != null) {
        connection.close();
      }
    }
  }

  private synchronized void reserve(String keyId) {
    if (closed) {
      throw closed();
    }
    if (connections.containsKey(keyId)) {
      throw new PluginException(
          Reason.KEY_BUSY,
          "The security key is in use by another session of this server. Wait until it is over.");
    }
    connections.put(keyId, null);
  }

  private void keep(String keyId, UsbConnection connection) {
    synchronized (this) {
      if (!closed) {
        connections.replace(keyId, connection);
        return;
      }
    }
    connection.close();
    throw closed();
  }

  private synchronized void forget(String keyId) {
    connections.remove(keyId);
  }

  private static PluginException closed() {
    return new PluginException(
        Reason.KEY_ABSENT, "The connection to the security keys has been shut down.");
  }
}
