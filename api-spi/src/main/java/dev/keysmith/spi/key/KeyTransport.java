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
   * <p><b>KEY-1.</b> Returns in less than a second, is called about once a second while somebody
   * watches, and does not disturb an open key, which stays in the list. A key keeps its id while it
   * stays plugged in; a key that is plugged in again may have another.
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
   * Closes every open connection and frees what the transport holds. A repeat does nothing.
   *
   * <p>May meet calls in flight on other threads: an exchange ends with {@code KEY_ABSENT}, as when
   * its connection is closed; {@link #listKeys} and {@link #open} succeed or end with {@code
   * UNAVAILABLE}.
   */
  @Override
  void close();
}
