package dev.keysmith.testing.key;

import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatchContract;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** Arrival and removal of keys in this process. */
class VirtualKeyWatchTest extends KeyWatchContract {

  private final VirtualKeyTransport transport = new VirtualKeyTransport();
  private final Deque<String> keys = new ArrayDeque<>();

  @AfterEach
  void close() {
    transport.close();
  }

  @Override
  protected KeyTransport transport() {
    return transport;
  }

  @Override
  protected void plugIn() {
    keys.push(transport.add(VirtualKey.builder().build()));
  }

  @Override
  protected void pullOut() {
    transport.unplug(keys.pop());
  }
}
