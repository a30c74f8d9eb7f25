package dev.keysmith.station.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What Linux tells of its devices; on other systems there is nothing of it.
 *
 * @param root of the file system
 * @param mayOpen whether this account may read and write a file
 */
public record Machine(Path root, Predicate<Path> mayOpen) {

  /** This machine. */
  public static Machine real() {
    return new Machine(Path.of("/"), file -> Files.isReadable(file) && Files.isWritable(file));
  }

  boolean isLinux() {
    return Files.isDirectory(root.resolve("sys/bus"));
  }

  Path path(String name) {
    return root.resolve(name);
  }

  List<Path> list(String directory) {
    return list(path(directory));
  }

  static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<byte[]> bytes(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<Path> real(Path file) {
    try {
      return Optional.of(file.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
