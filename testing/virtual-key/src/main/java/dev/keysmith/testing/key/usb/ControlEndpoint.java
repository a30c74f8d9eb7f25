package dev.keysmith.testing.key.usb;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The default control endpoint of a device that is plugged in: standard requests (USB 2.0, section
 * 9.4) and those of the HID class (HID 1.11, section 7). Not thread-safe.
 */
final class ControlEndpoint {

  private static final int ENDPOINT_HALT = 0;
  private static final int DEVICE_REMOTE_WAKEUP = 1;
  private static final byte[] NOTHING = {};

  private final List<HidFunction> functions;
  private final Descriptors descriptors;
  private final List<HidRequests> hids;
  private final Set<Integer> halted = new HashSet<>();
  private int configuration;

  ControlEndpoint(UsbDevice device, List<HidReports> reports) {
    this.functions = device.functions();
    this.descriptors = new Descriptors(device);
    this.hids =
        IntStream.range(0, reports.size())
            .mapToObj(i -> new HidRequests(reports.get(i), functions.get(i).layout()))
            .toList();
  }

  /** As after a reset of the bus: not configured, nothing halted. */
  void reset() {
    configuration = 0;
    halted.clear();
    hids.forEach(HidRequests::reset);
  }

  boolean configured() {
    return configuration != 0;
  }

  boolean halted(int endpoint) {
    return halted.contains(endpoint);
  }

  /**
   * Answers a request.
   *
   * @param data of the data stage from the host
   * @return of the data stage to the host, at most as long as it asked for; nothing if the request
   *     is refused, as by a STALL
   */
  Optional<byte[]> answer(SetupPacket setup, byte[] data) {
    Optional<byte[]> answer =
        switch (setup.requestType() & 0x7F) {
          case 0x00 -> ofDevice(setup);
          case 0x01 -> ofInterface(setup);
          case 0x02 -> ofEndpoint(setup);
          case 0x21 -> hid(setup.index()).flatMap(hid -> hid.answer(setup, data));
          default -> Optional.empty();
        };
    return answer.map(bytes -> cut(bytes, setup.length()));
  }

  private Optional<byte[]> ofDevice(SetupPacket setup) {
    return switch (setup.code()) {
      case 0x8000 -> status(0);
      case 0x8006 -> descriptors.ofDevice(setup.value());
      case 0x8008 -> Optional.of(new byte[] {(byte) configuration});
      case 0x0009 -> configure(setup.value());
      case 0x0001, 0x0003 -> done(setup.value() == DEVICE_REMOTE_WAKEUP);
      default -> Optional.empty();
    };
  }

  private Optional<byte[]> configure(int value) {
    if (value > 1) {
      return Optional.empty();
    }
    configuration = value;
    halted.clear();
    return done(true);
  }

  private Optional<byte[]> ofInterface(SetupPacket setup) {
    if (!configured() || setup.index() >= functions.size()) {
      return Optional.empty();
    }
    return switch (setup.code()) {
      case 0x8100 -> status(0);
      case 0x8106 -> Descriptors.ofInterface(setup.value(), functions.get(setup.index()).layout());
      case 0x810A -> Optional.of(new byte[1]);
      case 0x010B -> done(setup.value() == 0);
      default -> Optional.empty();
    };
  }

  private Optional<byte[]> ofEndpoint(SetupPacket setup) {
    int endpoint = setup.index();
    boolean control = (endpoint & 0x7F) == 0;
    if (!control && !has(endpoint)) {
      return Optional.empty();
    }
    return switch (setup.code()) {
      case 0x8200 -> status(halted(endpoint) ? 1 : 0);
      case 0x0201 -> done(setup.value() == ENDPOINT_HALT).map(ok -> resume(endpoint));
      case 0x0203 -> done(setup.value() == ENDPOINT_HALT && !control).map(ok -> halt(endpoint));
      default -> Optional.empty();
    };
  }

  /** Whether the configuration in force has the endpoint. */
  boolean has(int endpoint) {
    return configured()
        && functions.stream().anyMatch(each -> each.layout().endpoints().contains(endpoint));
  }

  private byte[] resume(int endpoint) {
    halted.remove(endpoint);
    return NOTHING;
  }

  private byte[] halt(int endpoint) {
    halted.add(endpoint);
    return NOTHING;
  }

  private Optional<HidRequests> hid(int interfaceNumber) {
    return configured() && interfaceNumber < hids.size()
        ? Optional.of(hids.get(interfaceNumber))
        : Optional.empty();
  }

  private static Optional<byte[]> status(int bits) {
    return Optional.of(new byte[] {(byte) bits, 0});
  }

  static Optional<byte[]> done(boolean accepted) {
    return accepted ? Optional.of(NOTHING) : Optional.empty();
  }

  private static byte[] cut(byte[] bytes, int length) {
    return bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
  }
}
