package dev.keysmith.spi.key;

/** Hears that a key is still working on a request. */
@FunctionalInterface
public interface KeepAliveListener {

  /** What the key waits for (CTAP 2.1, section 11.2.9.1.5). */
  enum Status {
    /** It is computing. */
    PROCESSING,
    /** It waits for a touch. */
    USER_PRESENCE_NEEDED
  }

  /** A listener that ignores all. */
  KeepAliveListener NONE = status -> {};

  /**
   * Called once per sign of life; returns quickly and throws nothing.
   *
   * @param status what the key waits for
   */
  void onKeepAlive(Status status);
}
