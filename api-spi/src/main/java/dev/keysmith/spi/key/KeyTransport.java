package dev.keysmith.spi.key;

import dev.keysmith.spi.PluginException;
import java.util.List;

/**
 * A way to reach security keys: USB, or keys at a remote station.
 *
 * <p>The port is cut at the CTAP2 message: a command byte and CBOR in, a status byte and CBOR out
 * (CTAP 2.1, section 8). PIN/UV auth protocols encrypt above the cut, so no transport ever holds a
 * PIN in clear.
 *
 * <p>Thread-safe: the server lists keys on one thread while others use open ones.
 */
public interface KeyTransport extends AutoCloseable {

  /**
   * Lists the keys that are there now.
   *
   * <p><b>KEY-1.</b> Returns in less than half a second, or fails in less than a second; is called
   * about twice a second while a watch is open, unless {@link #watch} is overridden; and does not
   * disturb an open key, which stays in the list. A key keeps its id while it stays plugged in; a
   * key that is plugged in again may have another.
   *
   * @return the keys, in a stable order
   * @throws PluginException {@code MISCONFIGURED} if the transport cannot work on this machine,
   *     with the remedy; {@code UNAVAILABLE} if it may work later
   */
  List<KeyDescriptor> listKeys();

  /**
   * Opens a key for this caller alone.
   *
   * <p><b>KEY-2.</b> Until the connection is closed, a second call for the same key fails with
   * {@code KEY_BUSY}. Opening does not ask for a touch and changes nothing on the key. A transport
   * may open several keys at a time.
   *
   * @param keyId from {@link KeyDescriptor#id()}
   * @return the open key, which the caller closes
   * @throws PluginException {@code KEY_ABSENT} if it is not there; {@code KEY_BUSY} if it is in
   *     use; {@code MISCONFIGURED} if the server may not open it, with the remedy; {@code REJECTED}
   *     if it does not speak CTAP2, as keys that know U2F alone
   */
  KeyConnection open(String keyId);

  /**
   * Tells a listener which keys are plugged in: now, and whenever that changes, until the watch is
   * closed.
   *
   * <p><b>KEY-6.</b> Returns at once, without a call of the listener and without an error of the
   * transport. The first call comes within a second and tells what is there, even if that is
   * nothing; from then on a call comes within a second of each change. A call tells the whole list,
   * which equals what {@link #listKeys} would return; changes that follow each other quickly may be
   * told as one, and what has not changed is not told again. A key that is plugged in again quickly
   * is a change if its id has changed.
   *
   * <p><b>KEY-7.</b> A watch does not disturb an open key, and costs less than a hundredth of a
   * processor core while nothing changes. A transport may have several watches at a time. When it
   * cannot say which keys are there, the listener is told once, and again when the reason or the
   * message is another; the watch goes on by itself.
   *
   * <p>This method calls {@link #listKeys} every 400 ms on a thread of its own. A transport that
   * learns of changes by itself, or has a cheaper look, overrides it; {@link KeyWatch#polling}
   * serves the latter.
   *
   * @param listener called on threads of the transport, one call at a time, see {@link
   *     KeyWatchListener}
   * @return the watch, which the caller closes
   */
  default KeyWatch watch(KeyWatchListener listener) {
    return KeyWatch.polling(this::listKeys, PollingKeyWatch.PAUSE, listener);
  }

  /**
   * Closes every open connection and frees what the transport holds. A repeat does nothing.
   *
   * <p>May meet calls in flight on other threads: an exchange ends as when its connection is
   * closed; {@link #listKeys} and {@link #open} succeed or end with {@code UNAVAILABLE}.
   */
  @Override
  void close();
}
