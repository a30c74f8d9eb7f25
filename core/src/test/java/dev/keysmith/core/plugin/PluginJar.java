package dev.keysmith.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Builds the jar of a plugin as its author would. */
final class PluginJar {

  private static final String SPI =
      PluginFactory.class.getProtectionDomain().getCodeSource().getLocation().getPath();

  private static final String START_FAST = "-J-XX:TieredStopAtLevel=1";

  private final Path jar;
  private final Map<String, String> sources = new HashMap<>();
  private final Map<String, String> services = new HashMap<>();
  private final Manifest manifest = new Manifest();

  PluginJar(Path jar) {
    this.jar = jar;
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  PluginJar source(String className, String source) {
    sources.put(className, source);
    return this;
  }

  PluginJar service(Class<? extends PluginFactory<?>> type, String className) {
    services.put(type.getName(), className);
    return this;
  }

  PluginJar manifest(String name, @Nullable String value) {
    if (value == null) {
      manifest.getMainAttributes().remove(new Attributes.Name(name));
    } else {
      manifest.getMainAttributes().putValue(name, value);
    }
    return this;
  }

  Path write() throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    for (Map.Entry<String, String> each : sources.entrySet()) {
      compile(classes, each.getKey(), each.getValue());
    }
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path each : compiled.filter(path -> path.toString().endsWith(".class")).toList()) {
        add(out, classes.relativize(each).toString(), Files.readAllBytes(each));
      }
      for (Map.Entry<String, String> each : services.entrySet()) {
        add(
            out,
            "META-INF/services/" + each.getKey(),
            each.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private static void compile(Path classes, String name, String source) throws IOException {
    Path file = classes.resolve(name.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of("-d", classes.toString(), "-cp", SPI, "-proc:none"),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).isTrue();
    }
  }

  /** Signs a jar with a new key of its own, with the tools of the JDK. */
  static void sign(Path jar, Path keystore) throws Exception {
    String bin = Path.of(System.getProperty("java.home"), "bin").toString();
    List<String> store =
        List.of("-keystore", keystore.toString(), "-storepass", "changeit", "-storetype", "PKCS12");
    run(
        Stream.of(
                Stream.of(bin + "/keytool", START_FAST, "-genkeypair", "-alias", "signer"),
                Stream.of("-keyalg", "EC", "-dname", "CN=signer"),
                store.stream())
            .flatMap(each -> each)
            .toList());
    run(
        Stream.of(
                Stream.of(bin + "/jarsigner", START_FAST),
                store.stream(),
                Stream.of(jar.toString(), "signer"))
            .flatMap(each -> each)
            .toList());
  }

  /** Changes an entry and leaves the rest, signature included, as it is. */
  static void replace(Path jar, String entry, byte[] content) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Files.write(files.getPath(entry), content);
    }
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
