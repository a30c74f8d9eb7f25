package dev.keysmith.usb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What Linux tells about USB devices to anybody, without their being opened. */
final class Sysfs {

  /** What is known about a HID interface. */
  enum Finding {
    /** Its report descriptor is that of a FIDO interface. */
    FIDO,
    /** It is a keyboard, a mouse or whatever else. */
    OTHER,
    /** No driver holds it: it can be asked itself without taking it away from anybody. */
    FREE,
    /** A program holds it, so neither the system nor the device can be asked. */
    TAKEN
  }

  private final Path devices;
  private final Path files;

  /**
   * @param devices normally {@code /sys/bus/usb/devices}; need not exist
   * @param files normally {@code /dev/bus/usb}; need not exist
   */
  Sysfs(Path devices, Path files) {
    this.devices = devices;
    this.files = files;
  }

  /** Whether the device is plugged in and yet nobody in this container could open it. */
  boolean lacksFile(HidInterface hid) {
    String address = Integer.toString(hid.address());
    return text(hid, "devnum").map(String::strip).filter(address::equals).isPresent()
        && Files.notExists(files.resolve("%03d/%03d".formatted(hid.bus(), hid.address())));
  }

  Finding find(HidInterface hid) {
    Path directory =
        devices.resolve("%s:%d.%d".formatted(hid.systemName(), hid.configuration(), hid.number()));
    Optional<byte[]> report = reportDescriptor(directory);
    if (report.isPresent()) {
      return HidReportDescriptor.isFido(report.get()) ? Finding.FIDO : Finding.OTHER;
    }
    return Files.exists(directory.resolve("driver")) ? Finding.TAKEN : Finding.FREE;
  }

  /** A line of text that the device says of itself, such as {@code product}. */
  Optional<String> text(HidInterface hid, String attribute) {
    return read(devices.resolve(hid.systemName()).resolve(attribute))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> reportDescriptor(Path directory) {
    // 0003 is the bus number of USB in Linux's name of a HID device.
    try (DirectoryStream<Path> hids = Files.newDirectoryStream(directory, "0003:*")) {
      for (Path hid : hids) {
        Optional<byte[]> descriptor = read(hid.resolve("report_descriptor"));
        if (descriptor.isPresent()) {
          return descriptor;
        }
      }
    } catch (IOException e) {
      // Not Linux, or plugged out in this moment.
    }
    return Optional.empty();
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
