package dev.keysmith.station.doctor;

import java.nio.file.Files;
import java.util.function.Consumer;

/** Whether pcscd runs where there are readers. */
final class CardReaderCheck {

  private static final String SUBJECT = "pcsc";
  private static final String SMART_CARD_CLASS = "0b";

  private final Machine machine;
  private final Consumer<Finding> out;

  CardReaderCheck(Machine machine, Consumer<Finding> out) {
    this.machine = machine;
    this.out = out;
  }

  void run() {
    if (!machine.isLinux()) {
      return;
    }
    long readers =
        machine.list("sys/bus/usb/devices").stream()
            .map(device -> Machine.text(device.resolve("bInterfaceClass")))
            .filter(type -> type.filter(SMART_CARD_CLASS::equals).isPresent())
            .count();
    if (readers == 0) {
      out.accept(Finding.ok(SUBJECT, "No card reader is plugged in."));
    } else if (Files.exists(machine.path("run/pcscd/pcscd.comm"))) {
      out.accept(Finding.ok(SUBJECT, "pcscd runs; card readers: " + readers + "."));
    } else {
      out.accept(
          Finding.warning(
              SUBJECT,
              "A card reader is plugged in, and pcscd does not run. Install it: apt-get install"
                  + " pcscd; then: systemctl enable --now pcscd.socket."));
    }
  }
}
