package dev.keysmith.core.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/** The server's configuration: system properties, environment variables, property files. */
@ApplicationScoped
public class Configuration {

  /** The name of a node that has no other. */
  public static final String ONLY_NODE = "main";

  private final Function<String, Optional<String>> source;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Reads MicroProfile Config. */
  public Configuration() {
    this(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
  }

  /** Reads another source. */
  public Configuration(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** The value of a key; empty if it is absent or blank. */
  public Optional<String> text(String key) {
    return source.apply(key).map(String::strip).filter(value -> !value.isEmpty());
  }

  /**
   * A credential: the first line of the file that {@code <key>.file} names, or else the value of
   * the key. A file keeps it out of process lists and environment dumps.
   */
  public Optional<String> secret(String key) {
    Optional<String> file = text(key + ".file");
    return file.isPresent() ? Optional.of(content(key, Path.of(file.get()))) : text(key);
  }

  /**
   * The name of this node, the same after a restart: by it the node knows what it had under way.
   * Nodes that share a database must have different names.
   */
  public String node() {
    return text("keysmith.node").orElse(ONLY_NODE);
  }

  /**
   * The directory for what the server keeps beside the database; made when first asked for. It
   * holds keys and the database, so that one which others may enter is closed to them.
   */
  public Path data() {
    Path data = Path.of(text("keysmith.data").orElse("keysmith-data")).toAbsolutePath().normalize();
    OwnerOnly.directory(data);
    if (closed.compareAndSet(false, true)) {
      OwnerOnly.tightened(data);
    }
    return data;
  }

  private static String content(String key, Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          key
              + ".file names "
              + file
              + ", which cannot be read. Check the path and who may read it.",
          e);
    }
  }
}
