package dev.keysmith.core.key;

import java.util.function.Consumer;

/**
 * A listener to the security keys that are plugged in at the {@link Station}, until it is closed.
 */
public final class StationWatch implements AutoCloseable {

  private final Consumer<Station.Change> listener;
  private final Consumer<StationWatch> whenClosed;

  StationWatch(Consumer<Station.Change> listener, Consumer<StationWatch> whenClosed) {
    this.listener = listener;
    this.whenClosed = whenClosed;
  }

  void tell(Station.Change change) {
    listener.accept(change);
  }

  /** Ends it: the listener is not called any more. A repeat does nothing. */
  @Override
  public void close() {
    whenClosed.accept(this);
  }
}
