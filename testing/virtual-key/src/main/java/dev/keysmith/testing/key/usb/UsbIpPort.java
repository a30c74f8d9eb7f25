package dev.keysmith.testing.key.usb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A device on offer, and the one host that has taken it. Thread-safe. */
final class UsbIpPort {

  private static final int BUS = 1;
  private static final int FULL_SPEED = 2;

  private final int number;
  private final PluggedDevice device;
  private @Nullable UsbIpSession session;
  private boolean pulledOut;

  /**
   * Offers a device that has just got its power.
   *
   * @param number of the port on the bus
   */
  UsbIpPort(int number, PluggedDevice device) {
    this.number = number;
    this.device = device;
  }

  /**
   * Begins to carry reports.
   *
   * @param gone run if the device has lost its power by itself
   */
  void start(Runnable gone) {
    device.start(this::send, gone);
  }

  /** The name by which a host takes the device. */
  String busId() {
    return BUS + "-" + number;
  }

  PluggedDevice device() {
    return device;
  }

  /** The number that stands for the device in requests. */
  int deviceId() {
    return BUS << 16 | number;
  }

  /** Whether the host is the one that has the device from now on. */
  synchronized boolean take(UsbIpSession host) {
    if (session != null || pulledOut) {
      return false;
    }
    session = host;
    return true;
  }

  synchronized void release(UsbIpSession host) {
    if (session == host) {
      session = null;
      device.reset();
    }
  }

  synchronized boolean taken() {
    return session != null;
  }

  /** Pulls the device out: its host sees the connection end. */
  synchronized void pullOut() {
    pulledOut = true;
    device.powerDown();
    UsbIpSession host = session;
    if (host != null) {
      host.hangUp();
    }
    notifyAll();
  }

  /** Makes reports that wait look again. */
  synchronized void wake() {
    notifyAll();
  }

  private synchronized void send(int endpoint, byte[] report) throws InterruptedException {
    while (!pulledOut) {
      UsbIpSession host = session;
      if (host != null && host.deliver(endpoint, report)) {
        return;
      }
      wait();
    }
  }

  /** How lists of devices, and the answer to an import, show the device. */
  ByteBuffer description() {
    ByteBuffer out = ByteBuffer.allocate(312);
    out.put(("/sys/devices/virtual/keysmith/" + busId()).getBytes(StandardCharsets.US_ASCII));
    out.position(256).put(busId().getBytes(StandardCharsets.US_ASCII));
    out.position(288).putInt(BUS).putInt(number).putInt(FULL_SPEED);
    UsbIdentity identity = device.device().identity();
    out.putShort((short) identity.vendorId()).putShort((short) identity.productId());
    out.putShort((short) Descriptors.DEVICE_VERSION);
    // Class, subclass and protocol are the interfaces' own; configuration 1 of 1.
    out.put(new byte[] {0, 0, 0, 1, 1, (byte) device.device().functions().size()});
    return out.flip();
  }

  /** The interfaces, as lists of devices show them. */
  ByteBuffer interfaces() {
    ByteBuffer out = ByteBuffer.allocate(4 * device.device().functions().size());
    for (HidFunction function : device.device().functions()) {
      HidLayout layout = function.layout();
      out.put((byte) Descriptors.HID_CLASS).put((byte) layout.subclass());
      out.put((byte) layout.protocol()).put((byte) 0);
    }
    return out.flip();
  }
}
