package dev.keysmith.testing.key.usb;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * A request of a host that has taken a device (Linux, Documentation/usb/usbip_protocol.rst).
 *
 * @param command {@link #SUBMIT} or {@link #UNLINK}
 * @param sequence number of the request
 * @param in whether data is to go to the host
 * @param endpoint number, without direction
 * @param length of the host's buffer, or of the data from it
 * @param setup of a control transfer
 * @param data from the host
 * @param unlinked number of the request to be given up
 */
record UsbIpRequest(
    int command,
    int sequence,
    boolean in,
    int endpoint,
    int length,
    byte[] setup,
    byte[] data,
    int unlinked) {

  static final int SUBMIT = 1;
  static final int UNLINK = 2;

  private static final int LONGEST_TRANSFER = 1 << 16;
  private static final int NOT_ISOCHRONOUS = -1;
  private static final int UNLINK_PADDING = 24;

  /**
   * Reads the next one.
   *
   * @param deviceId that it must name
   * @throws WireException if it is none, or longer than any transfer of such a device
   */
  static UsbIpRequest read(DataInputStream in, int deviceId) throws IOException {
    int command = in.readInt();
    int sequence = in.readInt();
    int device = in.readInt();
    int direction = in.readInt();
    int endpoint = in.readInt();
    if (command == UNLINK) {
      int unlinked = in.readInt();
      in.readFully(new byte[UNLINK_PADDING]);
      return new UsbIpRequest(command, sequence, false, 0, 0, new byte[0], new byte[0], unlinked);
    }
    if (command != SUBMIT || device != deviceId) {
      throw new WireException(
          "It sent command %d for device %x; %x is its device."
              .formatted(command, device, deviceId));
    }
    if (direction >>> 1 != 0 || endpoint >>> 4 != 0) {
      throw new WireException(
          "It sent a request for endpoint %d, direction %d.".formatted(endpoint, direction));
    }
    return submit(in, sequence, direction == 1, endpoint);
  }

  private static UsbIpRequest submit(DataInputStream in, int sequence, boolean toHost, int endpoint)
      throws IOException {
    // Flags of the host's kernel, which say nothing to a device.
    in.readInt();
    int length = in.readInt();
    in.readInt();
    int packets = in.readInt();
    in.readInt();
    byte[] setup = new byte[SetupPacket.SIZE];
    in.readFully(setup);
    if (length < 0 || length > LONGEST_TRANSFER) {
      throw new WireException("It sent a transfer of %d bytes.".formatted(length));
    }
    if (packets != 0 && packets != NOT_ISOCHRONOUS) {
      throw new WireException("It sent an isochronous transfer, which HID does not know.");
    }
    byte[] data = new byte[toHost ? 0 : length];
    in.readFully(data);
    return new UsbIpRequest(SUBMIT, sequence, toHost, endpoint, length, setup, data, 0);
  }
}
