package dev.keysmith.spi.key;

import dev.keysmith.spi.PluginException;
import java.time.Duration;

/**
 * An open security key.
 *
 * <p>One thread at a time calls {@link #exchange}; {@link #cancel} and {@link #close} may be called
 * from any thread at any time.
 */
public interface KeyConnection extends AutoCloseable {

  /**
   * Sends a CTAP2 request and returns the response.
   *
   * <p><b>KEY-3.</b> The transport passes both on as they are: it interprets neither the command
   * nor the status byte, and repeats nothing. While the key works on the request, each sign of life
   * is reported to the listener, on the calling thread or another, at least once a second if the
   * transport carries such signs. A key that is pulled out ends the exchange within a second.
   *
   * @param request command byte and CBOR, 1 to 7,609 bytes; the array stays the caller's, is not
   *     changed, not kept and not logged
   * @param timeout for the whole exchange, more than zero; when it is over the transport cancels
   *     the request at the key, so that the connection can be used again
   * @param listener told of signs of life; must return quickly
   * @return status byte and CBOR, 1 to 7,609 bytes
   * @throws PluginException {@code TIMED_OUT} if the timeout is over; {@code KEY_ABSENT} if the key
   *     was pulled out or the connection is closed; {@code KEY_BUSY} if the key serves another
   *     program; {@code UNAVAILABLE} if what it sent is not a response
   */
  byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener);

  /**
   * Ends the exchange under way, if any.
   *
   * <p><b>KEY-4.</b> The exchange ends within a second, with what the key answers, which is status
   * {@code CTAP2_ERR_KEEPALIVE_CANCEL} (0x2D) unless it had just finished. Without an exchange
   * under way this does nothing.
   */
  void cancel();

  /**
   * Gives the key back.
   *
   * <p><b>KEY-5.</b> Cancels an exchange under way, which ends as {@link #cancel} says or, if the
   * key does not answer in time, with {@code KEY_ABSENT}; afterwards the key is as it was before
   * {@link KeyTransport#open}, ready for other programs. A repeat does nothing.
   */
  @Override
  void close();
}
