package dev.keysmith.testing.key.usb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a device tells of itself (USB 2.0, section 9.6, and HID 1.11, section 6.2.1). */
final class Descriptors {

  static final int HID_CLASS = 3;
  static final int DEVICE_VERSION = 0x0100;
  static final int CONTROL_PACKET = 64;

  private static final int DEVICE = 1;
  private static final int CONFIGURATION = 2;
  private static final int STRING = 3;
  private static final int INTERFACE = 4;
  private static final int ENDPOINT = 5;
  private static final int HID = 0x21;
  private static final int REPORT = 0x22;
  private static final int INTERRUPT = 3;
  private static final int ENGLISH = 0x0409;

  private final UsbDevice device;
  private final List<byte[]> strings = new ArrayList<>();

  Descriptors(UsbDevice device) {
    this.device = device;
    strings.add(le(4).put((byte) 4).put((byte) STRING).putShort((short) ENGLISH).array());
    strings.add(string(device.identity().manufacturer()));
    strings.add(string(device.identity().product()));
    device.identity().serialNumber().map(Descriptors::string).ifPresent(strings::add);
  }

  /**
   * A descriptor of the device.
   *
   * @param value {@code wValue} of the request: type and index
   */
  Optional<byte[]> ofDevice(int value) {
    int index = value & 0xFF;
    return switch (value >> 8) {
      case DEVICE -> only(index, device());
      case CONFIGURATION -> only(index, configuration());
      case STRING -> index < strings.size() ? Optional.of(strings.get(index)) : Optional.empty();
      // No device qualifier: a device that knows full speed alone refuses it (section 9.6.2).
      default -> Optional.empty();
    };
  }

  /** A descriptor of an interface. */
  static Optional<byte[]> ofInterface(int value, HidLayout layout) {
    return switch (value >> 8) {
      case HID -> only(value & 0xFF, hid(layout));
      case REPORT -> only(value & 0xFF, layout.reportDescriptor().toArray());
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> only(int index, byte[] descriptor) {
    return index == 0 ? Optional.of(descriptor) : Optional.empty();
  }

  private byte[] device() {
    return le(18)
        .put(bytes(18, DEVICE))
        .putShort((short) 0x0200)
        .put(bytes(0, 0, 0, CONTROL_PACKET))
        .putShort((short) device.identity().vendorId())
        .putShort((short) device.identity().productId())
        .putShort((short) DEVICE_VERSION)
        .put(bytes(1, 2, strings.size() > 3 ? 3 : 0, 1))
        .array();
  }

  private byte[] configuration() {
    ByteArrayOutputStream interfaces = new ByteArrayOutputStream();
    List<HidFunction> functions = device.functions();
    for (int number = 0; number < functions.size(); number++) {
      interfaces.writeBytes(interfaceOf(number, functions.get(number).layout()));
    }
    int length = 9 + interfaces.size();
    return le(length)
        .put(bytes(9, CONFIGURATION))
        .putShort((short) length)
        // Configuration 1, powered by the bus, 100 mA.
        .put(bytes(functions.size(), 1, 0, 0x80, 50))
        .put(interfaces.toByteArray())
        .array();
  }

  private static byte[] interfaceOf(int number, HidLayout layout) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int endpoints = layout.endpoints().size();
    all.writeBytes(bytes(9, INTERFACE, number, 0, endpoints));
    all.writeBytes(bytes(HID_CLASS, layout.subclass(), layout.protocol(), 0));
    all.writeBytes(hid(layout));
    for (int address : layout.endpoints()) {
      all.writeBytes(bytes(7, ENDPOINT, address, INTERRUPT, layout.packetSize(), 0));
      all.write(layout.intervalMillis());
    }
    return all.toByteArray();
  }

  private static byte[] hid(HidLayout layout) {
    return le(9)
        .put(bytes(9, HID))
        .putShort((short) 0x0111)
        .put(bytes(0, 1, REPORT))
        .putShort((short) layout.reportDescriptor().length())
        .array();
  }

  private static byte[] string(String text) {
    byte[] characters = text.getBytes(StandardCharsets.UTF_16LE);
    int length = 2 + characters.length;
    return le(length).put(bytes(length, STRING)).put(characters).array();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static ByteBuffer le(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
