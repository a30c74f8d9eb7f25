package dev.keysmith.war.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the server under test writes to its disk. */
public final class ServerFiles {

  private ServerFiles() {}

  /** The data directory. */
  public static Path data() {
    return Path.of(System.getProperty("keysmith.it.data"));
  }

  /** The text of the first administrator token. */
  public static String firstToken() {
    return FirstToken.TEXT;
  }

  /** Read once: the server removes the file when tests create administrators. */
  private static final class FirstToken {

    static final String TEXT = read(data().resolve("first-api-token"));
  }

  /** All that was logged so far: Payara begins another file after each megabyte. */
  public static String log() {
    Path first = Path.of(System.getProperty("keysmith.it.log") + ".0");
    String name = first.getFileName().toString().replaceFirst("0$", "");
    try (Stream<Path> files = Files.list(first.getParent())) {
      return files
          .filter(file -> file.getFileName().toString().matches(Pattern.quote(name) + "\\d+"))
          .map(ServerFiles::read)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException("The server under test should have written " + first, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The server under test should have written " + file, e);
    }
  }
}
