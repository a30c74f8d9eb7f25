package dev.keysmith.core.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {

  @TempDir Path temporary;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Path directory(String name, String rights) throws IOException {
    Path directory = Files.createDirectory(temporary.resolve(name));
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(rights));
  }

  @Test
  void closesADataDirectoryThatWasThereBefore() throws IOException {
    Path open = directory("data", "rwxrwxr-x");

    new Configuration(
            key -> key.equals("keysmith.data") ? Optional.of(open.toString()) : Optional.empty())
        .data();

    assertThat(rights(open)).isEqualTo("rwx------");
  }

  @Test
  void givesItsOwnerNoFurtherRights() throws IOException {
    Path readOnly = directory("data", "r-xr-x---");

    OwnerOnly.tightened(readOnly);

    assertThat(rights(readOnly)).isEqualTo("r-x------");
  }

  @Test
  void leavesADirectoryThatIsNotItsOwnWhenItWritesAFileThere() throws IOException {
    Path shared = directory("shared", "rwxr-xr-x");

    OwnerOnly.write(shared.resolve("key.json"), new byte[] {1});

    assertThat(rights(shared)).isEqualTo("rwxr-xr-x");
    assertThat(rights(shared.resolve("key.json"))).isEqualTo("rw-------");
  }
}
