package dev.keysmith.war.script;

import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The script modules. Their common address contains a hash of all of them, so modules that import
 * each other by relative paths always come from the same build.
 */
@Named("scripts")
@ApplicationScoped
@OnlyFor({})
public class Scripts {

  /** The directory in the web application, and the beginning of the address. */
  static final String ROOT = "/scripts/";

  private static final int VERSION_BYTES = 8;

  private final SortedMap<String, byte[]> modules;
  private final String version;

  /** Reads all modules. */
  @Inject
  public Scripts(ServletContext application) {
    this(read(application, ROOT, new TreeMap<>()));
  }

  Scripts(SortedMap<String, byte[]> modules) {
    this.modules = modules;
    this.version = hash(modules);
  }

  /** For the container's proxy. */
  protected Scripts() {
    this(new TreeMap<>());
  }

  /** The path under which this build's modules are found, without the context path. */
  public String getPath() {
    return ROOT + version;
  }

  /**
   * Finds a module of this build.
   *
   * @param path what follows {@code /scripts}, for instance {@code /0123456789abcdef/live/main.js}
   */
  Optional<byte[]> find(String path) {
    String beginning = "/" + version + "/";
    return path.startsWith(beginning)
        ? Optional.ofNullable(modules.get(path.substring(beginning.length())))
        : Optional.empty();
  }

  private static SortedMap<String, byte[]> read(
      ServletContext application, String directory, SortedMap<String, byte[]> found) {
    for (String path : application.getResourcePaths(directory)) {
      if (path.endsWith("/")) {
        read(application, path, found);
      } else {
        try (InputStream content = application.getResourceAsStream(path)) {
          found.put(path.substring(ROOT.length()), content.readAllBytes());
        } catch (IOException e) {
          throw new UncheckedIOException("The script " + path + " cannot be read", e);
        }
      }
    }
    return found;
  }

  /** Names and contents with their lengths, so that no other set of modules hashes the same. */
  private static String hash(Map<String, byte[]> modules) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      modules.forEach(
          (name, content) -> {
            add(digest, name.getBytes(StandardCharsets.UTF_8));
            add(digest, content);
          });
      return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
