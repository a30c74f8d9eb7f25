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
  private static final int ROUNDS = Integer.getInteger("keysmith.speed.rounds", 12);

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
        compare("getInfo", 25, libfido2, keysmith);
        compare("makeCredential", 10, libfido2, keysmith);
        watch(keysmith);
      }
    }
  }

  private static void compare(
      String operation, int count, GuestProcess libfido2, GuestProcess keysmith) {
    List<Long> theirs = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      round(libfido2, operation, count);
      round(keysmith, operation, count);
    }
    for (int i = 0; i < ROUNDS; i++) {
      theirs.addAll(round(libfido2, operation, count));
      ours.addAll(round(keysmith, operation, count));
    }
    report(operation, "libfido2", theirs);
    report(operation, "Keysmith", ours);
    System.out.printf(
        "%-16s Keysmith / libfido2: median %.2f, 90th percentile %.2f%n",
        operation,
        (double) percentile(ours, 50) / percentile(theirs, 50),
        (double) percentile(ours, 90) / percentile(theirs, 90));
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

  private static long percentile(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
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
