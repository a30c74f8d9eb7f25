package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;

/** Carries one command APDU to a card and brings the answer. */
@FunctionalInterface
interface ApduWire {

  /**
   * Sends a command.
   *
   * @param command a whole command APDU
   * @return data and status word; fewer than two bytes if the card sent no answer
   * @throws PluginException {@code KEY_ABSENT} if the card has gone; {@code UNAVAILABLE} if the
   *     reader reports another fault
   */
  byte[] transmit(byte[] command);
}
