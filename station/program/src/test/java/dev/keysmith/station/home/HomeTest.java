package dev.keysmith.station.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final KeyPair keys = StationKey.generate();
  private Home home;

  @BeforeEach
  void directory(@TempDir Path directory) {
    home = new Home(directory.resolve("station"));
    home.create();
  }

  private Pairing pairing() {
    return new Pairing(
        ServerAddress.parse("https://keys.example.com"), 51, "Reception", keys.getPrivate());
  }

  @Test
  void keepsAPairing() {
    pairing().save(home);
    Pairing loaded = Pairing.load(home);
    assertThat(loaded.key()).isEqualTo(keys.getPrivate());
    assertThat(loaded.server().origin()).isEqualTo("https://keys.example.com");
    assertThat(loaded).hasToString("station 51 (Reception) of https://keys.example.com");
  }

  @Test
  void whatItKeepsIsForItsOwnerAlone() throws Exception {
    pairing().save(home);
    assertThat(permissions(home.directory())).isEqualTo("rwx------");
    assertThat(permissions(home.key())).isEqualTo("rw-------");
    assertThat(permissions(home.settings())).isEqualTo("rw-------");
    try (var files = Files.list(home.directory())) {
      assertThat(files).containsExactlyInAnyOrder(home.key(), home.settings());
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws Exception {
    pairing().save(home);
    for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(home.key(), PosixFilePermissions.fromString(open));
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> Pairing.load(home))
          .withMessageContaining("chmod 600");
    }
  }

  @Test
  void aDamagedKeyIsNotShown() throws Exception {
    pairing().save(home);
    Files.writeString(home.key(), "-----BEGIN PRIVATE KEY-----\nMARKER\n");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Pairing.load(home))
        .withNoCause()
        .withMessageNotContaining("MARKER");
  }

  @Test
  void withoutAPairingItSaysHowToPair() {
    assertThatExceptionOfType(NotPairedException.class)
        .isThrownBy(() -> Pairing.load(home))
        .withMessageContaining("Add station");
  }

  @Test
  void anotherPairingLeavesTheOtherSettings() throws Exception {
    Files.writeString(home.settings(), "# Ours.\nproxy=proxy.example.com:3128\nserver = old\n");
    pairing().save(home);
    assertThat(Files.readAllLines(home.settings()))
        .containsExactly(
            "# Ours.",
            "proxy=proxy.example.com:3128",
            "server=https://keys.example.com",
            "station=51",
            "name=Reception");
  }

  @Test
  void aNameStaysOneLine() {
    Settings.change(home, Map.of("name", "a\\b\nserver=http://evil.example.com"));
    Settings settings = Settings.load(home);
    assertThat(settings.text("name")).contains("a\\b server=http://evil.example.com");
    assertThat(settings.text("server")).isEmpty();
  }

  @Test
  void onlyAFreshStatusOfAProgramThatRunsCounts() {
    long self = ProcessHandle.current().pid();
    StatusFile.LinkStatus link = new StatusFile.LinkStatus("a", "0.1.0", NOW);
    StatusFile status = new StatusFile(self, NOW, 2, "", List.of(link));
    status.save(home);
    assertThat(StatusFile.load(home, NOW.plusSeconds(5))).contains(status);
    assertThat(StatusFile.load(home, NOW.plusSeconds(60))).isEmpty();
    new StatusFile(Long.MAX_VALUE, NOW, 2, "", List.of()).save(home);
    assertThat(StatusFile.load(home, NOW)).isEmpty();
  }

  @Test
  void aDamagedStatusIsNone() throws Exception {
    for (String text : List.of("", "[]", "{", "{\"written\":5}", "7")) {
      Files.writeString(home.status(), text);
      assertThat(StatusFile.load(home, NOW)).as(text).isEmpty();
    }
  }
}
