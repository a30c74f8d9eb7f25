package dev.keysmith.station.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The udev rules that let an account open security keys at USB. */
public final class UdevRules {

  private UdevRules() {}

  /** As they come with the USB transport; empty if that is not in this program. */
  public static String text() {
    try (InputStream rules = UdevRules.class.getResourceAsStream(UsbCheck.RULES)) {
      return rules == null ? "" : new String(rules.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
