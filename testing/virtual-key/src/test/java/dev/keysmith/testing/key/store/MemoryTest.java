package dev.keysmith.testing.key.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.testing.key.Platform;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

  @TempDir Path directory;

  @Test
  void isTheSameKeyAfterARestart() {
    Path file = directory.resolve("key.json");
    VirtualKey first =
        VirtualKey.builder().model(Model.CTAP_2_1).serialNumber("42").stateFile(file).build();
    Platform platform = new Platform(first, 2);
    platform.setPin("123456");
    byte[] id = platform.enrol("123456", "example.org", "ann");
    platform.askToken("000000", 0x04, "");

    VirtualKey second = VirtualKey.builder().model(Model.CTAP_2_0).stateFile(file).build();

    assertThat(second.model()).isEqualTo(Model.CTAP_2_1);
    assertThat(second.serialNumber()).isEqualTo("42");
    assertThat(second.attestationRoot()).isEqualTo(first.attestationRoot());
    assertThat(second.pinRetries()).isEqualTo(7);
    assertThat(second.credentials()).isEqualTo(first.credentials());
    assertThat(
            new Platform(second, 2)
                .send(0x02, Platform.assertion("example.org").Add(3, Platform.descriptors(id)))
                .status())
        .isZero();
  }

  @Test
  void leavesNoHalfWrittenFile() throws IOException {
    Path file = directory.resolve("key.json");
    VirtualKey.builder().stateFile(file).build();

    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void doesNotTakeABrokenFileForANewKey() throws IOException {
    Path file = directory.resolve("key.json");
    Files.writeString(file, "{\"traits\":");

    assertThatThrownBy(() -> VirtualKey.builder().stateFile(file).build())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }
}
