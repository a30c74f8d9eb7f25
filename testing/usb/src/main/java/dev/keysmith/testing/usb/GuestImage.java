package dev.keysmith.testing.usb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a guest is booted from.
 *
 * @param kernel Debian's
 * @param initrd the initial file system with the drivers
 */
public record GuestImage(Path kernel, Path initrd) {

  private static final List<String> FILES = List.of("prepare.sh", "init.sh");

  /**
   * Prepares the image, or finds it in the cache. As root on Debian it installs the packages that
   * are missing and fetches the kernel.
   *
   * @param directory for scripts and logs
   * @param cache where images are kept; several builds may share it
   * @throws GuestUnavailableException if there can be no guest on this machine
   */
  public static GuestImage prepare(Path directory, Path cache) {
    try {
      unpackScripts(directory);
      Process process =
          new ProcessBuilder("bash", "prepare.sh", directory.toString(), cache.toString())
              .directory(directory.toFile())
              .redirectError(directory.resolve("prepare.log").toFile())
              .start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      String lastLine = output.substring(output.lastIndexOf('\n') + 1);
      if (process.waitFor() != 0) {
        throw new GuestUnavailableException(reason(directory, lastLine));
      }
      Path image = Path.of(lastLine);
      return new GuestImage(image.resolve("vmlinuz"), image.resolve("initrd"));
    } catch (IOException e) {
      throw new GuestUnavailableException("it cannot be prepared: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GuestUnavailableException("its preparation was interrupted", e);
    }
  }

  private static String reason(Path directory, String lastLine) throws IOException {
    return lastLine.isEmpty()
        ? "its preparation failed: " + Files.readString(directory.resolve("prepare.log")).strip()
        : lastLine;
  }

  private static void unpackScripts(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String file : FILES) {
      try (InputStream script = GuestImage.class.getResourceAsStream(file)) {
        if (script == null) {
          throw new IOException("the script " + file + " is missing");
        }
        Files.copy(script, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
