package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import java.util.List;

/** A key transport behind {@link ForeignCalls}. */
final class GuardedKeyTransport implements KeyTransport {

  private final KeyTransport transport;
  private final ForeignCalls calls;
  private final Lane lists;
  private final Lane watches;

  GuardedKeyTransport(KeyTransport transport, ForeignCalls calls) {
    this.transport = transport;
    this.calls = calls;
    this.lists = new Lane(calls, "listKeys");
    this.watches = new Lane(calls, "watch");
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    return lists.call(calls.limits().list(), () -> List.copyOf(transport.listKeys()));
  }

  @Override
  public KeyConnection open(String keyId) {
    return new GuardedKeyConnection(
        calls.call(
            "open", calls.limits().open(), () -> transport.open(keyId), KeyConnection::close),
        calls);
  }

  /**
   * A transport without a watch of its own is asked for its list here, through the guard, so that a
   * list that hangs is told.
   */
  @Override
  public KeyWatch watch(KeyWatchListener listener) {
    KeyWatchListener heard = new GuardedKeyWatchListener(listener, calls);
    if (!watches.call(calls.limits().list(), this::watchesItself)) {
      return KeyTransport.super.watch(heard);
    }
    KeyWatch watch =
        watches.call(calls.limits().list(), () -> transport.watch(heard), KeyWatch::close);
    return () -> calls.quietly("close of a watch", calls.limits().end(), watch::close);
  }

  private boolean watchesItself() {
    try {
      return transport.getClass().getMethod("watch", KeyWatchListener.class).getDeclaringClass()
          != KeyTransport.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every key transport can be watched", e);
    }
  }

  @Override
  public void close() {
    calls.quietly("close", calls.limits().end(), transport::close);
  }
}
