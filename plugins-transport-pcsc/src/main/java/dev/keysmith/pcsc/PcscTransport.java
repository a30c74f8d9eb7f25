package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The security keys at this machine's readers. */
final class PcscTransport implements KeyTransport {

  private final CardReaders service;
  private final CardScan scan;
  private final Timeouts patience;

  // Guarded by this: open keys by id; null while one is being opened.
  private final Map<String, @Nullable PcscConnection> open = new HashMap<>();
  private boolean closed;

  PcscTransport(CardReaders service, RandomGenerator random, Timeouts patience) {
    this.service = service;
    this.scan = new CardScan(service, random, patience);
    this.patience = patience;
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    return scan.keys();
  }

  @Override
  public KeyConnection open(String keyId) {
    reserve(keyId);
    PcscConnection connection = null;
    try {
      String reader = scan.reader(keyId);
      connection =
          PcscConnection.open(() -> service.connect(reader), patience, () -> forget(keyId));
    } finally {
      if (connection == null) {
        forget(keyId);
      }
    }
    keep(keyId, connection);
    return connection;
  }

  private synchronized void reserve(String keyId) {
    if (closed) {
      throw closed();
    }
    if (open.containsKey(keyId)) {
      throw new PluginException(
          Reason.KEY_BUSY,
          "The security key is in use by another session of this server. Wait until it is over.");
    }
    open.put(keyId, null);
  }

  private void keep(String keyId, PcscConnection connection) {
    synchronized (this) {
      if (!closed) {
        open.replace(keyId, connection);
        return;
      }
    }
    connection.close();
    throw closed();
  }

  private synchronized void forget(String keyId) {
    open.remove(keyId);
  }

  private static PluginException closed() {
    return new PluginException(
        Reason.UNAVAILABLE, "The connection to the readers has been shut down.");
  }

  @Override
  public void close() {
    List<PcscConnection> connections;
    synchronized (this) {
      closed = true;
      connections = open.values().stream().filter(Objects::nonNull).toList();
    }
    connections.forEach(PcscConnection::close);
    service.close();
  }
}
