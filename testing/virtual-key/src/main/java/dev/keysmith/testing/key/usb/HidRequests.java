package dev.keysmith.testing.key.usb;

import java.util.Optional;

/** The requests of the HID class to one interface (HID 1.11, section 7.2). Not thread-safe. */
final class HidRequests {

  private static final int INPUT = 1;
  private static final int OUTPUT = 2;

  private final HidReports reports;
  private final int reportSize;
  private int idle;
  private int protocol = 1;

  HidRequests(HidReports reports, HidLayout layout) {
    this.reports = reports;
    this.reportSize = layout.packetSize();
  }

  void reset() {
    idle = 0;
    protocol = 1;
    reports.reset();
  }

  Optional<byte[]> answer(SetupPacket setup, byte[] data) {
    int value = setup.value();
    return switch (setup.code()) {
      // The state of things, which is that nothing happens; reports of events are not repeated.
      case 0xA101 -> ControlEndpoint.done(value >> 8 == INPUT).map(ok -> new byte[reportSize]);
      case 0xA102 -> Optional.of(new byte[] {(byte) idle});
      case 0xA103 -> Optional.of(new byte[] {(byte) protocol});
      case 0x2109 -> ControlEndpoint.done(value >> 8 == OUTPUT).map(ok -> write(data));
      case 0x210A -> idle(value >> 8);
      case 0x210B -> protocol(value);
      default -> Optional.empty();
    };
  }

  private byte[] write(byte[] report) {
    reports.write(report);
    return new byte[0];
  }

  private Optional<byte[]> idle(int duration) {
    idle = duration;
    return ControlEndpoint.done(true);
  }

  private Optional<byte[]> protocol(int value) {
    if (value > 1) {
      return Optional.empty();
    }
    protocol = value;
    return ControlEndpoint.done(true);
  }
}
