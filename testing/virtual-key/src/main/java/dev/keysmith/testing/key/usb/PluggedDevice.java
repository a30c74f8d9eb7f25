package dev.keysmith.testing.key.usb;

import dev.keysmith.spi.PluginException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A device that has power, from its being plugged in until it is pulled out.
 *
 * <p>Requests come from one thread at a time. A thread per interface takes its reports and hands
 * them to the host, one after the other.
 */
final class PluggedDevice {

  /** Takes a report to the host; waits until the host asks for it or the device is pulled out. */
  interface Sink {
    void send(int endpoint, byte[] report) throws InterruptedException;
  }

  private static final Duration LOOK_UP = Duration.ofMillis(500);

  private final UsbDevice device;
  private final List<HidReports> reports;
  private final ControlEndpoint control;
  private volatile boolean powered = true;

  /** Gives a device power. */
  PluggedDevice(UsbDevice device) {
    this.device = device;
    this.reports = device.functions().stream().map(HidFunction::powerUp).toList();
    this.control = new ControlEndpoint(device, reports);
  }

  UsbDevice device() {
    return device;
  }

  /** Whether all its interfaces still have their power. */
  boolean alive() {
    return powered && reports.stream().allMatch(HidReports::alive);
  }

  /**
   * Begins to send reports.
   *
   * @param gone run if the device has lost its power by itself
   */
  void start(Sink sink, Runnable gone) {
    for (int i = 0; i < reports.size(); i++) {
      HidReports from = reports.get(i);
      int endpoint = device.functions().get(i).layout().in();
      Daemon.start("virtual USB endpoint " + endpoint, () -> pump(from, endpoint, sink, gone));
    }
  }

  private void pump(HidReports from, int endpoint, Sink sink, Runnable gone) {
    try {
      while (powered) {
        Optional<byte[]> report = from.read(LOOK_UP);
        if (report.isPresent()) {
          sink.send(endpoint, report.get());
        }
      }
    } catch (PluginException e) {
      gone.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the power away. */
  void powerDown() {
    powered = false;
    reports.forEach(HidReports::close);
  }

  void reset() {
    control.reset();
  }

  /** Whether an endpoint exists now and is not halted. */
  boolean serves(int endpoint) {
    return control.has(endpoint) && !control.halted(endpoint);
  }

  /** See {@link ControlEndpoint#answer}. A device that is just being pulled out refuses all. */
  Optional<byte[]> answer(SetupPacket setup, byte[] data) {
    try {
      return control.answer(setup, data);
    } catch (PluginException e) {
      return Optional.empty();
    }
  }

  /** Takes a packet from the host; false if the endpoint refuses it. */
  boolean write(int endpoint, byte[] packet) {
    for (int i = 0; i < reports.size(); i++) {
      HidLayout layout = device.functions().get(i).layout();
      if (serves(endpoint) && layout.out().orElse(0) == endpoint) {
        return packet.length <= layout.packetSize() && write(reports.get(i), packet);
      }
    }
    return false;
  }

  private static boolean write(HidReports to, byte[] packet) {
    try {
      to.write(packet);
      return true;
    } catch (PluginException e) {
      return false;
    }
  }
}
