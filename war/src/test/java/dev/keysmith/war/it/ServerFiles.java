package dev.keysmith.war.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /** All that was logged so far, in the file as Payara numbers it. */
  public static String log() {
    return read(Path.of(System.getProperty("keysmith.it.log") + ".0"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The server under test should have written " + file, e);
    }
  }
}
