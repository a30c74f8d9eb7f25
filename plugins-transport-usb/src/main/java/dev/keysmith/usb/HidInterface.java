package dev.keysmith.usb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.usb4java.ConfigDescriptor;
import org.usb4java.Device;
import org.usb4java.DeviceDescriptor;
import org.usb4java.EndpointDescriptor;
import org.usb4java.Interface;
import org.usb4java.InterfaceDescriptor;
import org.usb4java.LibUsb;

/**
 * An interface that has the outward form of FIDO: HID, neither boot keyboard nor boot mouse, one
 * interrupt endpoint in and one out, both of 64 bytes (CTAP 2.1, section 11.2.8). Read from what
 * the system knows; nothing is sent to the device.
 *
 * @param id names the interface as long as it stays plugged in
 * @param bus number of the bus
 * @param address of the device on the bus; a device that is plugged in again gets another
 * @param ports from the root to the device, for instance {@code 2.3}; empty where unknown
 * @param configuration number of the active configuration
 * @param number of the interface
 * @param in endpoint address
 * @param out endpoint address
 * @param reportDescriptorLength in bytes
 */
record HidInterface(
    String id,
    int bus,
    int address,
    String ports,
    int configuration,
    int number,
    byte in,
    byte out,
    int reportDescriptorLength) {

  private static final int HID_DESCRIPTOR_LENGTH = 9;
  private static final int DEEPEST_PORT = 7;

  /** The interfaces of a device that may be FIDO; none if the system does not tell. */
  static List<HidInterface> of(Device device) {
    DeviceDescriptor descriptor = new DeviceDescriptor();
    ConfigDescriptor configuration = new ConfigDescriptor();
    List<HidInterface> found = new ArrayList<>();
    if (LibUsb.getDeviceDescriptor(device, descriptor) == LibUsb.SUCCESS
        && LibUsb.getActiveConfigDescriptor(device, configuration) == LibUsb.SUCCESS) {
      try {
        for (Interface each : configuration.iface()) {
          for (InterfaceDescriptor setting : each.altsetting()) {
            if (looksLikeFido(setting)) {
              found.add(of(device, descriptor, configuration, setting));
            }
          }
        }
      } finally {
        LibUsb.freeConfigDescriptor(configuration);
      }
    }
    return found;
  }

  private static HidInterface of(
      Device device,
      DeviceDescriptor descriptor,
      ConfigDescriptor configuration,
      InterfaceDescriptor setting) {
    int bus = LibUsb.getBusNumber(device);
    int address = LibUsb.getDeviceAddress(device);
    int number = setting.bInterfaceNumber() & 0xFF;
    return new HidInterface(
        "%d-%d.%d-%04x:%04x"
            .formatted(
                bus,
                address,
                number,
                descriptor.idVendor() & 0xFFFF,
                descriptor.idProduct() & 0xFFFF),
        bus,
        address,
        portsOf(device),
        configuration.bConfigurationValue() & 0xFF,
        number,
        endpoint(setting, LibUsb.ENDPOINT_IN).bEndpointAddress(),
        endpoint(setting, LibUsb.ENDPOINT_OUT).bEndpointAddress(),
        reportDescriptorLength(setting));
  }

  private static boolean looksLikeFido(InterfaceDescriptor setting) {
    return setting.bInterfaceClass() == LibUsb.CLASS_HID
        && setting.bInterfaceSubClass() == 0
        && setting.bInterfaceProtocol() == 0
        && setting.bAlternateSetting() == 0
        && setting.bNumEndpoints() == 2
        && endpoints(setting, LibUsb.ENDPOINT_IN).size() == 1
        && endpoints(setting, LibUsb.ENDPOINT_OUT).size() == 1
        && reportDescriptorLength(setting) > 0;
  }

  private static EndpointDescriptor endpoint(InterfaceDescriptor setting, byte direction) {
    return endpoints(setting, direction).get(0);
  }

  private static List<EndpointDescriptor> endpoints(InterfaceDescriptor setting, byte direction) {
    List<EndpointDescriptor> found = new ArrayList<>();
    for (EndpointDescriptor each : setting.endpoint()) {
      boolean interrupt =
          (each.bmAttributes() & LibUsb.TRANSFER_TYPE_MASK) == LibUsb.TRANSFER_TYPE_INTERRUPT;
      if (interrupt
          && (each.bEndpointAddress() & LibUsb.ENDPOINT_DIR_MASK) == direction
          && each.wMaxPacketSize() == PacketPipe.PACKET_LENGTH) {
        found.add(each);
      }
    }
    return found;
  }

  /** Device Class Definition for HID 1.11, section 6.2.1; 0 if there is no HID descriptor. */
  private static int reportDescriptorLength(InterfaceDescriptor setting) {
    ByteBuffer extra = setting.extra();
    if (extra == null || extra.remaining() < HID_DESCRIPTOR_LENGTH) {
      return 0;
    }
    return (extra.get(7) & 0xFF) | (extra.get(8) & 0xFF) << 8;
  }

  private static String portsOf(Device device) {
    ByteBuffer ports = ByteBuffer.allocateDirect(DEEPEST_PORT);
    int count = LibUsb.getPortNumbers(device, ports);
    StringJoiner path = new StringJoiner(".");
    for (int i = 0; i < count; i++) {
      path.add(Integer.toString(ports.get(i) & 0xFF));
    }
    return path.toString();
  }

  /** The name that Linux gives the device, for instance {@code 1-2.3}. */
  String systemName() {
    return bus + "-" + ports;
  }

  /** For people. */
  String location() {
    return ports.isEmpty() ? "USB bus " + bus : "USB bus " + bus + ", port " + ports;
  }
}
