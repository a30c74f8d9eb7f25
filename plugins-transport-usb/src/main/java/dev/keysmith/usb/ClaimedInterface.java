package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Optional;
import org.usb4java.BufferUtils;
import org.usb4java.Device;
import org.usb4java.DeviceHandle;
import org.usb4java.LibUsb;
import org.usb4java.Transfer;
import org.usb4java.TransferCallback;

/** A HID interface that is ours alone until we give it back to the system's driver. */
final class ClaimedInterface implements AutoCloseable {

  private static final int CONTROL_TIMEOUT_MILLIS = 300;
  private static final int WRITE_TIMEOUT_MILLIS = 1000;
  private static final byte GET_DESCRIPTOR_OF_INTERFACE = (byte) 0x81;
  private static final byte GET_DESCRIPTOR = 0x06;

  private final DeviceHandle handle;
  private final HidInterface hid;
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(PacketPipe.PACKET_LENGTH);
  private final IntBuffer written = BufferUtils.allocateIntBuffer();
  private boolean closed;

  private ClaimedInterface(DeviceHandle handle, HidInterface hid) {
    this.handle = handle;
    this.hid = hid;
  }

  /**
   * Takes the interface away from the system's driver.
   *
   * @throws PluginException {@code MISCONFIGURED} without the permission, {@code KEY_ABSENT},
   *     {@code KEY_BUSY} if another program of this kind has it
   */
  static ClaimedInterface take(Device device, HidInterface hid) {
    return claim(device, hid, true);
  }

  /** Claims the interface only if no other program has it. */
  static Optional<ClaimedInterface> takeIfFree(Device device, HidInterface hid) {
    try {
      return Optional.of(claim(device, hid, false));
    } catch (PluginException e) {
      return Optional.empty();
    }
  }

  private static ClaimedInterface claim(Device device, HidInterface hid, boolean detach) {
    DeviceHandle handle = new DeviceHandle();
    int code = LibUsb.open(device, handle);
    if (code != LibUsb.SUCCESS) {
      throw UsbError.exception("open the security key", code);
    }
    if (detach) {
      code = LibUsb.detachKernelDriver(handle, hid.number());
    }
    // No driver (a predecessor was killed), or a system without such drivers: claiming will tell.
    if (code == LibUsb.SUCCESS
        || code == LibUsb.ERROR_NOT_FOUND
        || code == LibUsb.ERROR_NOT_SUPPORTED) {
      code = LibUsb.claimInterface(handle, hid.number());
    }
    if (code != LibUsb.SUCCESS) {
      if (detach) {
        LibUsb.attachKernelDriver(handle, hid.number());
      }
      LibUsb.close(handle);
      throw UsbError.exception("claim the security key", code);
    }
    return new ClaimedInterface(handle, hid);
  }

  /** Whether the device says that this interface is FIDO; empty if it says nothing. */
  Optional<Boolean> isFido() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(hid.reportDescriptorLength());
    int length =
        LibUsb.controlTransfer(
            handle,
            GET_DESCRIPTOR_OF_INTERFACE,
            GET_DESCRIPTOR,
            (short) (LibUsb.DT_REPORT << 8),
            (short) hid.number(),
            buffer,
            CONTROL_TIMEOUT_MILLIS);
    if (length <= 0) {
      return Optional.empty();
    }
    byte[] descriptor = new byte[length];
    buffer.get(0, descriptor);
    return Optional.of(HidReportDescriptor.isFido(descriptor));
  }

  /** A string that the device says of itself. */
  Optional<String> text(byte index) {
    return index == 0
        ? Optional.empty()
        : Optional.ofNullable(LibUsb.getStringDescriptor(handle, index));
  }

  /** Prepares a transfer that waits for the next packet, without end. */
  void fill(Transfer transfer, ByteBuffer buffer, TransferCallback callback) {
    LibUsb.fillInterruptTransfer(transfer, handle, hid.in(), buffer, callback, null, 0);
  }

  synchronized void write(byte[] packet) {
    if (closed) {
      throw UsbError.absent();
    }
    outgoing.clear().put(packet).flip();
    int code = LibUsb.interruptTransfer(handle, hid.out(), outgoing, written, WRITE_TIMEOUT_MILLIS);
    if (code != LibUsb.SUCCESS) {
      throw UsbError.exception("send a packet to the security key", code);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      LibUsb.releaseInterface(handle, hid.number());
      // Also if there was no driver when we came, which a killed predecessor leaves behind. Fails
      // if the key is gone or the system has no such drivers; either is fine.
      LibUsb.attachKernelDriver(handle, hid.number());
      LibUsb.close(handle);
    }
  }
}
