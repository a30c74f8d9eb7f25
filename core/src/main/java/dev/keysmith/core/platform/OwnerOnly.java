package dev.keysmith.core.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and directories that only the account of the server may read. */
public final class OwnerOnly {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

  private static final Logger LOG = System.getLogger(OwnerOnly.class.getName());

  private OwnerOnly() {}

  /** Makes a directory, and those above it, if it is not there. */
  public static Path directory(Path directory) {
    try {
      return Files.isDirectory(directory)
          ? directory
          : Files.createDirectories(directory, permissions("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The directory " + directory + " cannot be made. Check who may write there.", e);
    }
  }

  /**
   * Takes the rights of all others from a directory or file that is there. Where another account
   * owns it, that cannot be done here: the log says so.
   */
  public static Path tightened(Path path) {
    if (!POSIX) {
      return path;
    }
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
      Set<PosixFilePermission> own = EnumSet.noneOf(PosixFilePermission.class);
      rights.stream().filter(OWN::contains).forEach(own::add);
      if (!own.equals(rights)) {
        Files.setPosixFilePermissions(path, own);
        LOG.log(Level.WARNING, "Others could use {0}; only the server''s account may now.", path);
      }
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Others can use {0}, and the server may not change that. Give it to the server''s account"
              + " and take the rights of all others away (chmod go=).",
          path);
    }
    return path;
  }

  /** Writes a file at once or not at all: readers see the old content or the new. */
  public static void write(Path file, byte[] content) {
    Path target = file.toAbsolutePath();
    try {
      Path parent = directory(target.getParent());
      Path draft = Files.createTempFile(parent, ".keysmith", null, permissions("rw-------"));
      try {
        Files.write(draft, content);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The file " + target + " cannot be written. Check who may write there.", e);
    }
  }

  private static FileAttribute<?>[] permissions(String rights) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
