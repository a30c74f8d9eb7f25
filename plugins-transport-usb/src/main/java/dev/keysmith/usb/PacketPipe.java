package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import java.time.Duration;

/**
 * Carries 64-byte CTAPHID packets to one security key and back (CTAP 2.1, section 11.2.4).
 *
 * <p>One thread at a time writes and one thread at a time reads, not always the same; {@link
 * #close} may be called from any thread.
 */
public interface PacketPipe extends AutoCloseable {

  /** The length of every packet, in bytes. */
  int PACKET_LENGTH = 64;

  /**
   * Sends one packet.
   *
   * @param packet {@value #PACKET_LENGTH} bytes; not kept, not logged
   * @throws PluginException {@code KEY_ABSENT} if the key is gone or the pipe closed; {@code
   *     UNAVAILABLE} if the key does not take the packet within about a second
   */
  void write(byte[] packet);

  /**
   * Waits for the next packet. What the key sends between two calls is kept, in order.
   *
   * @param timeout zero to take only what is already there
   * @return the packet as it came, which is the caller's to judge; empty if there was none in time
   * @throws PluginException {@code KEY_ABSENT} if the key is gone or the pipe closed, also while
   *     waiting; {@code UNAVAILABLE} if reading fails or the thread is interrupted (it stays so)
   */
  byte[] read(Duration timeout);

  /** Gives the key back to the system and ends a {@link #read} under way. A repeat does nothing. */
  @Override
  void close();
}
