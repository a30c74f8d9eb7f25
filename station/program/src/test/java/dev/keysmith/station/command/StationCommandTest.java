package dev.keysmith.station.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.station.doctor.Machine;
import dev.keysmith.station.fake.FakeServer;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.StatusFile;
import dev.keysmith.station.platform.Sources;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StationCommandTest {

  private final StringWriter out = new StringWriter();
  private final Sources sources = Sources.ofTheSystem();
  private Path directory;
  private Home home;

  @BeforeEach
  void home(@TempDir Path parent) {
    directory = parent.resolve("station");
    home = new Home(directory);
  }

  private int run(String... arguments) {
    CommandLine line =
        StationCommand.commandLine(sources, new Machine(directory.resolve("none"), file -> true));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    return line.execute(arguments);
  }

  private int pair(FakeServer server) {
    return run("pair", server.address().toString(), "SECR-CODE", "--home", directory.toString());
  }

  @Test
  void pairsAndSaysWhatToDoNext() {
    try (FakeServer server = FakeServer.start()) {
      assertThat(pair(server)).isEqualTo(ExitCodes.OK);
    }
    assertThat(out.toString())
        .contains("This is station 51, \"Reception\".", "keysmith-station run")
        .doesNotContain("SECR");
    Pairing pairing = Pairing.load(home);
    assertThat(pairing.station()).isEqualTo(51);
    String key = Base64.getEncoder().encodeToString(pairing.key().getEncoded());
    assertThat(out.toString()).doesNotContain(key.substring(24));
  }

  @Test
  void aRefusedCodeLeavesTheLastPairing() {
    try (FakeServer server = FakeServer.start()) {
      pair(server);
      Pairing before = Pairing.load(home);
      server.answerPairings(404, "{\"detail\":\"The code is not known.\"}");
      assertThat(pair(server)).isEqualTo(ExitCodes.REFUSED);
      assertThat(Pairing.load(home).key()).isEqualTo(before.key());
    }
    assertThat(out.toString()).contains("The code is not known.").doesNotContain("SECR");
  }

  @Test
  void exitCodesSayWhatIsWrong() throws Exception {
    String at = directory.toString();
    assertThat(run("pair", "https://keys.example.com")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("pair", "http://keys.example.com", "A", "--home", at))
        .isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run("status", "--home", at)).isEqualTo(ExitCodes.NOT_PAIRED);
    assertThat(run("run", "--home", at)).isEqualTo(ExitCodes.NOT_PAIRED);
    try (FakeServer server = FakeServer.start()) {
      pair(server);
    }
    assertThat(run("status", "--home", at)).isEqualTo(ExitCodes.NOT_RUNNING);
    Files.setPosixFilePermissions(home.key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("run", "--home", at)).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(out.toString()).doesNotContain("The program failed");
  }

  @Test
  void aSecondProgramWithTheSameDirectoryIsRefused() {
    try (FakeServer server = FakeServer.start();
        RunLock lock = pairedAndLocked(server)) {
      assertThat(lock.file().isOpen()).isTrue();
      assertThat(run("run", "--home", directory.toString())).isEqualTo(ExitCodes.CONFIGURATION);
    }
    assertThat(out.toString()).contains("runs already");
  }

  private RunLock pairedAndLocked(FakeServer server) {
    pair(server);
    return RunLock.take(home);
  }

  @Test
  void statusTellsTheLinks() {
    Instant now = sources.clock().instant();
    long self = ProcessHandle.current().pid();
    try (FakeServer server = FakeServer.start()) {
      pair(server);
    }
    StatusFile.LinkStatus link = new StatusFile.LinkStatus("node-a", "0.1.0", now);
    new StatusFile(self, now, 3, "", List.of(link)).save(home);
    assertThat(run("status", "--home", directory.toString())).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("Security keys: 3", "server node-a (version 0.1.0)");
    new StatusFile(self, now, 3, "It is silent.", List.of()).save(home);
    assertThat(run("status", "--home", directory.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString()).contains("No link. It is silent.");
  }

  @Test
  void theDoctorWorksWithoutAPairing() {
    assertThat(run("doctor", "--home", directory.toString())).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("warning  pairing:");
  }

  @Test
  void thePluginsOfTheDirectoryAreUsed() throws Exception {
    Files.createDirectories(directory.resolve("plugins/broken"));
    Files.writeString(directory.resolve("plugins/broken/broken.jar"), "no jar");
    Files.writeString(home.settings(), "transports=usb,broken\n");
    run("list", "--home", directory.toString());
    assertThat(out.toString()).contains("broken: broken.jar is no readable jar");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("version")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("keysmith-station 0.", "link 1.0");
  }
}
