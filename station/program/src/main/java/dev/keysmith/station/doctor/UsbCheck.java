package dev.keysmith.station.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Whether USB keys are there, may be opened, and are free. */
final class UsbCheck {

  /** The udev rules that the USB transport brings. */
  static final String RULES = "/dev/keysmith/usb/70-keysmith.rules";

  private static final String SUBJECT = "usb";
  private static final String HID_CLASS = "03";

  private final Machine machine;
  private final Consumer<Finding> out;

  UsbCheck(Machine machine, Consumer<Finding> out) {
    this.machine = machine;
    this.out = out;
  }

  void run() {
    if (!machine.isLinux()) {
      out.accept(
          Finding.warning(SUBJECT, "Rights and other programs can be checked on Linux only."));
      return;
    }
    TreeMap<Path, Path> fido = fidoDevices();
    fido.forEach(this::check);
    int held = 0;
    for (Path device : machine.list("sys/bus/usb/devices")) {
      held += isHeld(device) ? 1 : 0;
    }
    if (fido.isEmpty() && held == 0) {
      out.accept(
          Finding.warning(
              SUBJECT,
              "Linux sees no FIDO key at USB. Plug one in; if one is, try another port, without a"
                  + " hub. \"lsusb\" must show it."));
    }
  }

  /** USB devices with a FIDO interface, and the HID device of that interface. */
  private TreeMap<Path, Path> fidoDevices() {
    TreeMap<Path, Path> found = new TreeMap<>();
    for (Path hid : machine.list("sys/bus/hid/devices")) {
      boolean fido =
          Machine.bytes(hid.resolve("report_descriptor")).filter(UsbCheck::isFido).isPresent();
      if (fido) {
        usbDevice(hid).ifPresent(device -> found.put(device, hid));
      }
    }
    return found;
  }

  /** The first usage page is FIDO's, 0xF1D0 (CTAP 2.1, section 11.2.8.1). */
  private static boolean isFido(byte[] descriptor) {
    return descriptor.length > 2
        && descriptor[0] == 0x06
        && descriptor[1] == (byte) 0xd0
        && descriptor[2] == (byte) 0xf1;
  }

  private static Optional<Path> usbDevice(Path hid) {
    Optional<Path> place = Machine.real(hid);
    while (place.isPresent() && !Files.exists(place.get().resolve("devnum"))) {
      place = place.map(Path::getParent);
    }
    return place;
  }

  private void check(Path device, Path hid) {
    String name = name(device);
    Path node = node(device);
    if (!Files.exists(node)) {
      out.accept(
          Finding.problem(
              SUBJECT,
              "%s has no device file %s. In a container pass /dev/bus/usb in."
                  .formatted(name, node)));
    } else if (!machine.mayOpen().test(node)) {
      out.accept(Finding.problem(SUBJECT, name + " may not be opened. " + remedy(device)));
    } else {
      out.accept(Finding.ok(SUBJECT, name + " may be opened."));
    }
    holders(hid)
        .forEach(
            holder ->
                out.accept(
                    Finding.warning(
                        SUBJECT, "%s is open in %s. Close that program.".formatted(name, holder))));
  }

  private static String remedy(Path device) {
    String vendor = Machine.text(device.resolve("idVendor")).orElse("");
    String rules = UdevRules.text();
    String add =
        rules.contains("ATTR{idVendor}==\"" + vendor + "\"")
            ? ""
            : " Add a line for this maker: ATTR{idVendor}==\"%s\", MODE=\"0660\", GROUP=\"fido\"."
                .formatted(vendor);
    return "Install the udev rule: keysmith-station doctor --udev-rules | sudo tee"
        + " /etc/udev/rules.d/70-keysmith.rules; then run the lines at its top for the account of"
        + " keysmith-station, and plug the key in again."
        + add;
  }

  private static String name(Path device) {
    String product = Machine.text(device.resolve("product")).orElse("A FIDO key");
    return product + " (USB " + device.getFileName() + ")";
  }

  private Path node(Path device) {
    return machine.path(
        "dev/bus/usb/%03d/%03d".formatted(number(device, "busnum"), number(device, "devnum")));
  }

  private static int number(Path device, String name) {
    try {
      return Machine.text(device.resolve(name)).map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The programs that have its hidraw file open, as far as this account may see. */
  private List<String> holders(Path hid) {
    List<String> holders = new ArrayList<>();
    for (Path raw : Machine.list(hid.resolve("hidraw"))) {
      Path file = machine.path("dev").resolve(raw.getFileName());
      for (Path process : machine.list("proc")) {
        boolean holds =
            process.getFileName().toString().matches("\\d+")
                && Machine.list(process.resolve("fd")).stream()
                    .anyMatch(open -> Machine.real(open).equals(Machine.real(file)));
        if (holds && Files.exists(file)) {
          String command = Machine.text(process.resolve("comm")).orElse("a program");
          holders.add("%s (process %s)".formatted(command, process.getFileName()));
        }
      }
    }
    return holders;
  }

  /** A HID interface that a program has taken from Linux by libusb, as this program does too. */
  private boolean isHeld(Path usbInterface) {
    boolean held =
        Machine.text(usbInterface.resolve("bInterfaceClass")).filter(HID_CLASS::equals).isPresent()
            && Machine.real(usbInterface.resolve("driver"))
                .filter(driver -> driver.endsWith("usbfs"))
                .isPresent();
    if (held) {
      out.accept(
          Finding.warning(
              SUBJECT,
              "A program holds the USB device at %s. If keysmith-station runs, it is in use from the"
                      .formatted(usbInterface.getFileName())
                  + " panel: wait until that is done; otherwise close the other program."));
    }
    return held;
  }
}
