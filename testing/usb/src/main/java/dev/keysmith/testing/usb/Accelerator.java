package dev.keysmith.testing.usb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How QEMU runs the guest's code.
 *
 * @param options of QEMU
 * @param boot how long a guest takes to boot at most
 */
record Accelerator(List<String> options, Duration boot) {

  /** The host's processor: fast, but some hosts offer it and do not let it work. */
  static final Accelerator KVM =
      new Accelerator(List.of("-accel", "kvm", "-cpu", "host"), Duration.ofSeconds(20));

  /** Translation: works everywhere. */
  static final Accelerator TCG =
      new Accelerator(
          List.of("-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max"), Duration.ofMinutes(3));

  private static final Path KVM_DEVICE = Path.of("/dev/kvm");

  /**
   * Those to try, in this order.
   *
   * @param name {@code kvm}, {@code tcg}, or {@code auto} for what works
   */
  static List<Accelerator> named(String name) {
    return switch (name) {
      case "kvm" -> List.of(KVM);
      case "tcg" -> List.of(TCG);
      case "auto" -> Files.isWritable(KVM_DEVICE) ? List.of(KVM, TCG) : List.of(TCG);
      default -> throw new IllegalArgumentException("No accelerator: " + name);
    };
  }
}
