package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyDescriptor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What watching costs while nothing is plugged in or pulled out, in processor time.
 *
 * <p>Run it by {@code -Dtest=WatchBenchmark}; what it finds is in {@code target/surefire-reports}.
 */
class WatchBenchmark {

  private static final int WARM_UP = 2_000;
  private static final int ROUNDS = 5_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir Path root;

  @Test
  void aGlanceAtAMachineWithTwentyDevices() throws IOException {
    for (int device = 1; device <= 20; device++) {
      make("sys/usb/devices/1-" + device);
      for (int number = 0; number < 3; number++) {
        make("sys/usb/devices/1-%d:1.%d".formatted(device, number));
        make("sys/hid/devices/0003:1050:0407.%04X".formatted(3 * device + number));
      }
      make("dev/%03d/%03d".formatted(1 + device % 4, device));
    }
    report("twenty devices", new Sysfs(root.resolve("sys"), root.resolve("dev")), List::of);
  }

  @Test
  void aGlanceAtThisMachine() {
    Sysfs sysfs = new Sysfs(Path.of("/sys/bus"), Path.of("/dev/bus/usb"));
    try (UsbTransport transport = new UsbTransport(new Random(1), sysfs)) {
      report("this machine", sysfs, () -> listOrNothing(transport));
    }
  }

  private static List<KeyDescriptor> listOrNothing(UsbTransport transport) {
    try {
      return transport.listKeys();
    } catch (PluginException e) {
      return List.of();
    }
  }

  private void make(String directory) throws IOException {
    Files.createDirectories(root.resolve(directory));
  }

  private static void report(String what, Sysfs sysfs, Supplier<List<KeyDescriptor>> survey) {
    Set<String> names = sysfs.names();
    CachedUsbScan glance = new CachedUsbScan(sysfs::names, survey);
    measure(glance, WARM_UP);
    long nanos = measure(glance, ROUNDS);
    double share = 100.0 * nanos / glance.pause().toNanos();
    System.out.printf(
        "%s: %d names, %.1f us per glance every %d ms: %.4f %% of a core%n",
        what, names.size(), nanos / 1000.0, glance.pause().toMillis(), share);
    System.out.printf("  of which a survey costs %.1f us%n", measure(survey, 200) / 1000.0);
    assertThat(share).isLessThan(1.0);
  }

  private static long measure(Supplier<List<KeyDescriptor>> look, int rounds) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < rounds; i++) {
      look.get();
    }
    return Duration.ofNanos((THREADS.getCurrentThreadCpuTime() - start) / rounds).toNanos();
  }
}
