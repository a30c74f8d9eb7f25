package dev.keysmith.usb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  private final Path hids;
  private final Path files;

  /**
   * @param buses normally {@code /sys/bus}; need not exist
   * @param files normally {@code /dev/bus/usb}; need not exist
   */
  Sysfs(Path buses, Path files) {
    this.devices = buses.resolve("usb/devices");
    this.hids = buses.resolve("hid/devices");
    this.files = files;
  }

  /**
   * The names of all USB devices and their interfaces, HID devices and device files; none if this
   * is not Linux.
   *
   * <p>Whatever is plugged in or pulled out changes them, also a key that comes back at the same
   * port: Linux counts HID devices and addresses on the bus upwards. So does a driver that is
   * detached or comes back.
   */
  Set<String> names() {
    Set<String> names = new HashSet<>(list(devices));
    if (!names.isEmpty()) {
      names.addAll(list(hids));
      for (String bus : list(files)) {
        list(files.resolve(bus)).forEach(file -> names.add(bus + "/" + file));
      }
    }
    return names;
  }

  private static List<String> list(Path directory) {
    String[] names = directory.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  /** What keeps a device from being opened that is plugged in all the same. */
  enum Obstacle {
    /** There is no file to open it by. */
    NO_FILE,
    /** There is one, and the system does not let this process open it. */
    FORBIDDEN
  }

  /** Why a device cannot be opened; empty also if it is no longer plugged in. */
  Optional<Obstacle> obstacle(HidInterface hid) {
    String address = Integer.toString(hid.address());
    if (text(hid, "devnum").map(String::strip).filter(address::equals).isEmpty()) {
      return Optional.empty();
    }
    Path file = files.resolve("%03d/%03d".formatted(hid.bus(), hid.address()));
    if (Files.notExists(file)) {
      return Optional.of(Obstacle.NO_FILE);
    }
    return Files.isWritable(file) ? Optional.empty() : Optional.of(Obstacle.FORBIDDEN);
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
