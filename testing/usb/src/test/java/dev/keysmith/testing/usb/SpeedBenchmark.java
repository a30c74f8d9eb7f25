package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keysmith's CTAP client and USB plugin beside libfido2, on the same key in the same guest, each in
 * one process that runs all the time, in turns. Prints figures and judges none.
 */
@InGuest
class SpeedBenchmark {

  private static final String PIN = "482913";
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int PAIRS = Integer.getInteger("keysmith.speed.pairs", 30);
  private static final int WARM_UP = 30;

  private final Guest guest;
  private final Room room;

  SpeedBenchmark(Guest guest, Room room) {
    this.guest = guest;
    this.room = room;
  }

  @Test
  void comparesWithLibfido2() throws Exception {
    Path program = compile();
    try (PluggedKey plugged = room.plug(VirtualKey.builder().build())) {
      new Fido2Tools(guest, plugged.node()).token("-S", PIN, PIN).output();
      try (GuestProcess libfido2 = guest.start("/shared/" + program.getFileName(), PIN);
          GuestProcess keysmith =
              guest.startJava(List.of("-XX:TieredStopAtLevel=4"), SpeedProgram.class, PIN)) {
        compare("getInfo", 9, libfido2, keysmith);
        compare("makeCredential", 5, libfido2, keysmith);
        watch(keysmith);
      }
    }
  }

  /** Each pair of rounds meets the same noise; who is first changes from pair to pair. */
  private static void compare(
      String operation, int count, GuestProcess libfido2, GuestProcess keysmith) {
    List<Long> theirs = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int pair = -WARM_UP; pair < PAIRS; pair++) {
      List<Long> before = pair % 2 == 0 ? List.of() : round(keysmith, operation, count);
      List<Long> their = round(libfido2, operation, count);
      List<Long> our = before.isEmpty() ? round(keysmith, operation, count) : before;
      if (pair >= 0) {
        theirs.addAll(their);
        ours.addAll(our);
        ratios.add((double) percentile(our, 50) / percentile(their, 50));
      }
    }
    report(operation, "libfido2", theirs);
    report(operation, "Keysmith", ours);
    System.out.printf(
        "%-16s Keysmith / libfido2: least %.2f, medians %.2f; per pair: median %.2f, half of them"
            + " %.2f to %.2f%n",
        operation,
        (double) percentile(ours, 0) / percentile(theirs, 0),
        (double) percentile(ours, 50) / percentile(theirs, 50),
        percentile(ratios, 50),
        percentile(ratios, 25),
        percentile(ratios, 75));
  }

  /** A program that waits alone takes processor time, too; the difference is the watch's. */
  private static void watch(GuestProcess keysmith) {
    int seconds = 30;
    long idle = round(keysmith, "idle", seconds, 1).get(0);
    long watching = round(keysmith, "watch", seconds, 1).get(0);
    System.out.printf(
        "watching         %.2f %% of a core; without a watch %.2f %%%n",
        watching / (seconds * 10.0), idle / (seconds * 10.0));
  }

  private static List<Long> round(GuestProcess process, String operation, int count) {
    return round(process, operation, count, count);
  }

  private static List<Long> round(GuestProcess process, String operation, int count, int results) {
    process.write(operation + " " + count + "\n");
    String line = process.awaitOutput("done\n", LONG).strip();
    List<Long> nanos = Arrays.stream(line.split(" ")).map(Long::valueOf).toList();
    assertThat(nanos).hasSize(results);
    return nanos;
  }

  private static void report(String operation, String who, List<Long> nanos) {
    System.out.printf(
        "%-16s %s: median %.2f ms, 90th percentile %.2f ms, least %.2f ms, of %d%n",
        operation,
        who,
        percentile(nanos, 50) / 1e6,
        percentile(nanos, 90) / 1e6,
        percentile(nanos, 0) / 1e6,
        nanos.size());
  }

  private static <T extends Comparable<T>> T percentile(List<T> values, int percent) {
    List<T> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  /** On this machine, whose files the guest sees: compilers are slow there. */
  private Path compile() throws IOException, InterruptedException {
    Path program = guest.shared().resolve("speed");
    Path source = guest.shared().resolve("speed.c");
    try (InputStream code = getClass().getResourceAsStream("speed.c")) {
      Files.copy(code, source, StandardCopyOption.REPLACE_EXISTING);
    }
    Process gcc =
        new ProcessBuilder(
                "gcc", "-O2", "-Wall", "-o", program.toString(), source.toString(), "-lfido2")
            .inheritIO()
            .start();
    assertThat(gcc.waitFor()).isZero();
    return program;
  }
}
