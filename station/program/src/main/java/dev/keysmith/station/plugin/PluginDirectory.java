package dev.keysmith.station.plugin;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The jars of one third-party plugin, checked before anything of them is run. */
final class PluginDirectory {

  /** In the manifest of a plugin's jar: the major version of the SPI that it was built for. */
  static final String SPI_ATTRIBUTE = "Keysmith-Spi-Version";

  static final String SPI_VERSION = "1";

  /** What is wrong with a jar that lies beside the directories. */
  static final String LOOSE_JAR =
      "It lies in the plugins directory itself, where it is not used. Give it a directory of its"
          + " own there, such as plugins/example/example.jar, and restart the program.";

  private final Path directory;

  PluginDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * A loader for the plugin alone.
   *
   * @throws PluginException if a jar is damaged, or none says that it fits this program
   */
  URLClassLoader open() {
    List<Path> jars = jars();
    boolean fits = false;
    for (Path jar : jars) {
      fits |= verify(jar);
    }
    if (!fits) {
      throw broken("No jar in it has the attribute " + SPI_ATTRIBUTE + " in its manifest.");
    }
    return new URLClassLoader(
        "keysmith-plugin-" + directory.getFileName(),
        jars.stream().map(PluginDirectory::url).toArray(URL[]::new),
        new SpiLoader());
  }

  private List<Path> jars() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw broken("It cannot be listed: " + e.getMessage());
    }
  }

  /**
   * Reads every entry: a class loader takes no notice of a file that is no jar, and of a signed jar
   * that was changed only once a class is asked for.
   */
  private static boolean verify(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), true)) {
      for (JarEntry entry : Collections.list(file.entries())) {
        try (InputStream content = file.getInputStream(entry)) {
          content.transferTo(java.io.OutputStream.nullOutputStream());
        }
      }
      return fits(jar, file.getManifest());
    } catch (IOException e) {
      throw broken(jar.getFileName() + " is no readable jar: " + e.getMessage());
    } catch (SecurityException e) {
      throw broken(jar.getFileName() + " was changed after it was signed: " + e.getMessage());
    }
  }

  private static boolean fits(Path jar, Manifest manifest) {
    Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    String version = attributes.getValue(SPI_ATTRIBUTE);
    if (version != null && !version.split("\\.")[0].equals(SPI_VERSION)) {
      throw broken(
          "%s was built for version %s of the SPI; this program has version %s."
              .formatted(jar.getFileName(), version, SPI_VERSION));
    }
    return version != null;
  }

  private static PluginException broken(String message) {
    return new PluginException(Reason.MISCONFIGURED, message);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directories of third-party plugins, by name. */
  static List<Path> list(Path parent) {
    return files(parent).stream().filter(Files::isDirectory).toList();
  }

  /** The names of jars that lie beside these directories, where none of them is used. */
  static List<String> looseJars(Path parent) {
    return files(parent).stream()
        .filter(Files::isRegularFile)
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".jar"))
        .toList();
  }

  private static List<Path> files(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(parent)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw broken("The directory cannot be listed: " + e.getMessage());
    }
  }
}
