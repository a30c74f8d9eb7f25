package dev.keysmith.station.home;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a station.
 *
 * @param directory need not exist yet
 */
public record Home(Path directory) {

  /** Names the directory in the environment. */
  public static final String VARIABLE = "KEYSMITH_STATION_HOME";

  private static final Path OF_THE_SYSTEM = Path.of("/var/lib/keysmith-station");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** The directory that is named, else the usual one. */
  public static Home of(@Nullable Path named) {
    if (named != null) {
      return new Home(named.toAbsolutePath());
    }
    String variable = System.getenv(VARIABLE);
    if (variable != null && !variable.isBlank()) {
      return new Home(Path.of(variable.strip()).toAbsolutePath());
    }
    return new Home(
        Files.isWritable(OF_THE_SYSTEM)
            ? OF_THE_SYSTEM
            : Path.of(System.getProperty("user.home"), ".config", "keysmith-station"));
  }

  /** The settings. */
  public Path settings() {
    return directory.resolve("station.properties");
  }

  /** The private key. */
  public Path key() {
    return directory.resolve("station-key.pem");
  }

  /** What the running program says of itself. */
  public Path status() {
    return directory.resolve("status.json");
  }

  /** Held by the running program. */
  public Path lock() {
    return directory.resolve("run.lock");
  }

  /** Third-party plugins, one directory each. */
  public Path plugins() {
    return directory.resolve("plugins");
  }

  /** Makes the directory if need be, for its owner alone. */
  public void create() {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
        if (isPosix()) {
          Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "The directory %s cannot be made (%s). Name another one with --home."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /**
   * Replaces a file as a whole; it is readable for its owner alone, who is the directory's.
   *
   * <p>So root can pair the station of an account that has no shell.
   */
  public void write(Path file, String content) {
    try {
      Path draft = Files.createTempFile(directory, "." + file.getFileName(), ".tmp");
      try {
        if (isPosix()) {
          Files.setPosixFilePermissions(draft, OWNER_ONLY);
          giveToOwner(draft);
        }
        Files.writeString(draft, content);
        replace(draft, file);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "The file %s cannot be written (%s). Run this as the account that owns %s."
              .formatted(file, e, directory),
          e);
    }
  }

  private void giveToOwner(Path file) throws IOException {
    UserPrincipal owner = Files.getOwner(directory);
    if (!Files.getOwner(file).equals(owner)) {
      Files.setOwner(file, owner);
    }
  }

  private static void replace(Path draft, Path file) throws IOException {
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Whether others than the owner may read or write a file. */
  static boolean isOpenToOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    return !others.isEmpty();
  }

  private boolean isPosix() {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
