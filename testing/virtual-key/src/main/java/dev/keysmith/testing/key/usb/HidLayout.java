package dev.keysmith.testing.key.usb;

import dev.keysmith.spi.Bytes;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How a HID interface looks from outside (Device Class Definition for HID 1.11, section 5).
 *
 * @param subclass 1 for a boot interface, otherwise 0
 * @param protocol 1 for a boot keyboard, 2 for a boot mouse, otherwise 0
 * @param reportDescriptor what the reports mean
 * @param in address of the interrupt endpoint to the host, 0x81 to 0x8F
 * @param out address of the interrupt endpoint from the host, 0x01 to 0x0F, if there is one
 * @param packetSize of both endpoints, 1 to 64 bytes
 * @param intervalMillis how often the host asks, 1 to 255 ms
 */
public record HidLayout(
    int subclass,
    int protocol,
    Bytes reportDescriptor,
    int in,
    OptionalInt out,
    int packetSize,
    int intervalMillis) {

  private static final int DIRECTION_IN = 0x80;
  private static final int LARGEST_PACKET = 64;

  /** Checks that a full-speed device can look like this. */
  public HidLayout {
    if (!valid(in & ~DIRECTION_IN) || (in & DIRECTION_IN) == 0 || !valid(out.orElse(1))) {
      throw new IllegalArgumentException("Endpoints are 0x81 to 0x8F in and 0x01 to 0x0F out.");
    }
    if (packetSize < 1 || packetSize > LARGEST_PACKET) {
      throw new IllegalArgumentException("A full-speed interrupt packet has 1 to 64 bytes.");
    }
    if (intervalMillis < 1 || intervalMillis > 255) {
      throw new IllegalArgumentException("The interval is 1 to 255 ms.");
    }
  }

  private static boolean valid(int endpointNumber) {
    return endpointNumber >= 1 && endpointNumber <= 15;
  }

  /** The addresses of its endpoints. */
  List<Integer> endpoints() {
    return IntStream.concat(IntStream.of(in), out.stream()).boxed().toList();
  }
}
