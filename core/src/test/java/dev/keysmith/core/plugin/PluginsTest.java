package dev.keysmith.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.plugin.guard.Guards;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

  @RegisterExtension final Core core = new Core();

  @TempDir Path directory;

  private final Plugins plugins = core.another(Plugins.class);

  @BeforeEach
  void configure() {
    core.configure("keysmith.plugins.dir", directory.toString());
  }

  @AfterEach
  void close() {
    plugins.close();
  }

  /** A transport whose only key tells what a test wants to know. */
  private static String transport(String name, String product) {
    return """
    package org.example;
    import dev.keysmith.spi.PluginContext;
    import dev.keysmith.spi.Setting;
    import dev.keysmith.spi.key.*;
    import java.util.List;
    import java.util.Optional;
    public class Transport implements KeyTransportFactory {
      public String name() { return "%s"; }
      public String label() { return "Example"; }
      public List<Setting> settings() {
        return List.of(
            Setting.optional("color", Setting.Kind.TEXT, "Colour", "").withDefault("blue"),
            Setting.optional("size", Setting.Kind.TEXT, "Size", ""),
            Setting.optional("token", Setting.Kind.SECRET, "Token", ""));
      }
      public KeyTransport create(PluginContext context) {
        return new KeyTransport() {
          public List<KeyDescriptor> listKeys() {
            return List.of(new KeyDescriptor("1", %s, "here", Optional.empty()));
          }
          public KeyConnection open(String id) { throw new UnsupportedOperationException(); }
          public void close() {}
        };
      }
      static String sees(String name) {
        try {
          Class.forName(name);
          return "sees";
        } catch (ClassNotFoundException e) {
          return "does not see";
        }
      }
    }
    """
        .formatted(name, product);
  }

  private PluginJar plugin(String name, String product) throws IOException {
    return new PluginJar(Files.createDirectories(directory.resolve(name)).resolve("plugin.jar"))
        .source("org.example.Transport", transport(name, product))
        .service(KeyTransportFactory.class, "org.example.Transport")
        .manifest("Keysmith-Spi-Version", "1.0");
  }

  private KeyTransportFactory transport(String name) {
    return plugins.keyTransports().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(plugins.broken()));
  }

  private List<KeyDescriptor> keys(String name) {
    KeyTransportFactory factory = transport(name);
    try (var transport = factory.create(plugins.configured(factory))) {
      return transport.listKeys();
    }
  }

  private void reports(String source, String reason) {
    plugins.load();
    assertThat(plugins.broken())
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.source()).isEqualTo(source);
              assertThat(broken.reason()).contains(reason);
            });
  }

  @Test
  void startsWithoutAPluginDirectory() {
    core.configure("keysmith.plugins.dir", directory.resolve("none").toString());
    plugins.load();

    assertThat(plugins.broken()).isEmpty();
  }

  @Test
  void findsAPluginInItsDirectory() throws Exception {
    plugin("example", "\"found\"").write();
    plugins.load();

    assertThat(plugins.broken()).isEmpty();
    assertThat(keys("example")).extracting(KeyDescriptor::product).containsExactly("found");
  }

  @Test
  void letsAPluginSeeNothingOfTheServerButTheSpi() throws Exception {
    plugin("spi", "sees(\"dev.keysmith.spi.Bytes\")").write();
    plugin("core", "sees(\"dev.keysmith.core.plugin.Plugins\")").write();
    plugin("library", "sees(\"com.google.crypto.tink.Aead\")").write();
    plugin("jdk", "sees(\"java.sql.Connection\")").write();
    plugins.load();

    assertThat(keys("spi").get(0).product()).isEqualTo("sees");
    assertThat(keys("jdk").get(0).product()).isEqualTo("sees");
    assertThat(keys("core").get(0).product()).isEqualTo("does not see");
    assertThat(keys("library").get(0).product()).isEqualTo("does not see");
  }

  @Test
  void keepsPluginsWithTheSameClassesApart() throws Exception {
    plugin("one", "\"one\"").write();
    plugin("two", "\"two\"").write();
    plugins.load();

    assertThat(keys("one").get(0).product()).isEqualTo("one");
    assertThat(keys("two").get(0).product()).isEqualTo("two");
  }

  @Test
  void reportsAFileThatIsNoJarAndUsesTheOtherPlugins() throws Exception {
    plugin("good", "\"good\"").write();
    Files.writeString(
        Files.createDirectories(directory.resolve("bad")).resolve("bad.jar"), "no jar at all");
    reports("bad", "bad.jar is no readable jar");

    assertThat(keys("good")).isNotEmpty();
  }

  @Test
  void reportsAJarThatWasCutShort() throws Exception {
    Path jar = plugin("short", "\"x\"").write();
    byte[] whole = Files.readAllBytes(jar);
    whole[whole.length / 3] ^= 0x55;
    Files.write(jar, whole);

    plugins.load();
    assertThat(plugins.broken()).extracting(BrokenPlugin::source).containsExactly("short");
  }

  @Test
  void reportsASignedJarThatWasChanged() throws Exception {
    Path jar = plugin("signed", "\"signed\"").write();
    PluginJar.sign(jar, directory.resolve("keystore.p12"));
    PluginJar.replace(jar, "org/example/Transport.class", new byte[] {1, 2, 3});

    reports("signed", "changed after it was signed");
  }

  @Test
  void acceptsASignedJar() throws Exception {
    PluginJar.sign(plugin("signed", "\"signed\"").write(), directory.resolve("keystore.p12"));
    plugins.load();

    assertThat(plugins.broken()).isEmpty();
    assertThat(keys("signed")).isNotEmpty();
  }

  @Test
  void reportsAnotherVersionOfTheSpi() throws Exception {
    plugin("future", "\"x\"").manifest("Keysmith-Spi-Version", "2.1").write();

    reports("future", "built for version 2.1 of the SPI; this server has version 1");
  }

  @Test
  void reportsAJarThatDoesNotSayWhichSpiItNeeds() throws Exception {
    plugin("unmarked", "\"x\"").manifest("Keysmith-Spi-Version", null).write();

    reports("unmarked", "Keysmith-Spi-Version");
  }

  @Test
  void reportsAServiceClassThatIsMissing() throws Exception {
    plugin("missing", "\"x\"")
        .service(IdentityProviderFactory.class, "org.example.Nowhere")
        .write();

    reports("missing", "org.example.Nowhere");
  }

  @Test
  void reportsAPluginThatNamesNoService() throws Exception {
    new PluginJar(Files.createDirectories(directory.resolve("empty")).resolve("plugin.jar"))
        .manifest("Keysmith-Spi-Version", "1")
        .write();

    reports("empty", "META-INF/services");
  }

  @Test
  void reportsAFactoryWithABadName() throws Exception {
    new PluginJar(Files.createDirectories(directory.resolve("dir")).resolve("plugin.jar"))
        .source("org.example.Transport", transport("Bad Name", "\"x\""))
        .service(KeyTransportFactory.class, "org.example.Transport")
        .manifest("Keysmith-Spi-Version", "1")
        .write();

    reports("dir", "Its name must be");
  }

  /** A factory one part of which is written by the test. */
  private void written(String name, String part, String instead) throws IOException {
    String source = transport(name, "\"x\"");
    assertThat(source).contains(part);
    new PluginJar(Files.createDirectories(directory.resolve(name)).resolve("plugin.jar"))
        .source("org.example.Transport", source.replace(part, instead))
        .service(KeyTransportFactory.class, "org.example.Transport")
        .manifest("Keysmith-Spi-Version", "1")
        .write();
  }

  @Test
  void startsAllTheSameIfTheConstructorOfAPluginHangs() throws Exception {
    written(
        "hangs",
        "public String name()",
        "public Transport() throws Exception { Thread.sleep(Long.MAX_VALUE); }\n"
            + "public String name()");
    plugin("works", "\"works\"").write();
    plugins.limits = Guards.limits(Duration.ofSeconds(3));

    reports("hangs", "The plugin \"hangs\" does not answer (constructor)");

    assertThat(keys("works")).isNotEmpty();
  }

  @Test
  void reportsSettingsThatAreNull() throws Exception {
    written(
        "null", "return List.of(\n", "return null; } List<Setting> other() { return List.of(\n");

    reports("null", "Its settings must be a list without null");
  }

  @Test
  void reportsSettingsAmongWhichOneIsNull() throws Exception {
    written(
        "null",
        "return List.of(\n",
        "return java.util.Arrays.asList((Setting) null); } List<Setting> other() { return List.of(\n");

    reports("null", "Its settings must be a list without null");
  }

  @Test
  void reportsANameThatIsNull() throws Exception {
    written("null", "return \"null\";", "return null;");

    reports("null", "Its name must be");
  }

  @Test
  void reportsAConstructorThatThrowsAnError() throws Exception {
    written(
        "error",
        "public String name()",
        "public Transport() { throw new StackOverflowError(); }\npublic String name()");

    reports("error", "StackOverflowError");
  }

  @Test
  void blamesAPluginByNameForWhatItsInstancesDo() throws Exception {
    plugin("example", "null + sees(null)").write();
    plugins.load();

    assertThatThrownBy(() -> keys("example"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("\"example\"");
    assertThat(plugins.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.plugin()).isEqualTo("example");
              assertThat(fault.call()).isEqualTo("listKeys");
            });
    assertThat(plugins.broken()).isEmpty();
  }

  @Test
  void letsAPluginLoadByTheContextClassLoader() throws Exception {
    plugin("example", "Thread.currentThread().getContextClassLoader().getName()").write();
    plugins.load();

    assertThat(keys("example").get(0).product()).isEqualTo("keysmith-plugin-example");
  }

  @Test
  void namesALooseJarAsTheMistakeItIs() throws Exception {
    Files.move(plugin("example", "\"x\"").write(), directory.resolve("example.jar"));
    Files.walk(directory.resolve("example"))
        .sorted(java.util.Comparator.reverseOrder())
        .map(Path::toFile)
        .forEach(java.io.File::delete);

    reports("example.jar", "Give it a directory of its own");
  }

  @Test
  void readsSeveralDirectories() throws Exception {
    Path other = Files.createDirectories(directory.resolve("second/two"));
    Files.copy(plugin("two", "\"two\"").write(), other.resolve("plugin.jar"));
    Path first = Files.createDirectories(directory.resolve("first/one"));
    Files.copy(plugin("one", "\"one\"").write(), first.resolve("plugin.jar"));
    core.configure(
        "keysmith.plugins.dir",
        directory.resolve("first") + java.io.File.pathSeparator + directory.resolve("second"));

    plugins.load();

    assertThat(plugins.broken()).isEmpty();
    assertThat(keys("one")).isNotEmpty();
    assertThat(keys("two")).isNotEmpty();
  }

  @Test
  void usesTheFirstOfTwoPluginsOfTheSameName() throws Exception {
    plugin("same", "\"first\"").write();
    Path other = Files.createDirectories(directory.resolve("zzz"));
    Files.copy(directory.resolve("same/plugin.jar"), other.resolve("plugin.jar"));

    reports("zzz", "Another plugin has the name same already");
    assertThat(keys("same")).hasSize(1);
  }

  @Test
  void givesDefaultsConfiguredValuesAndSecrets() throws Exception {
    plugin("example", "\"x\"").write();
    plugins.load();
    KeyTransportFactory factory = transport("example");
    Path file = Files.writeString(directory.resolve("token.txt"), "s3cret\n");
    core.configure("keysmith.plugin.example.size", "large");
    core.configure("keysmith.plugin.example.token.file", file.toString());

    PluginContext context = plugins.configured(factory);

    assertThat(context.text("color")).contains("blue");
    assertThat(context.text("size")).contains("large");
    assertThat(context.text("other")).isEmpty();
    char[] token = context.secret("token").orElseThrow();
    assertThat(token).isEqualTo("s3cret".toCharArray());
    token[0] = 'x';
    assertThat(context.secret("token").orElseThrow()).isEqualTo("s3cret".toCharArray());
    assertThat(context.toString()).doesNotContain("s3cret");
    assertThat(context.clock().instant()).isEqualTo(core.clock().instant());
  }

  @Test
  void prefersGivenValuesToDefaultsUnlessBlank() throws Exception {
    plugin("example", "\"x\"").write();
    plugins.load();
    KeyTransportFactory factory = transport("example");

    assertThat(plugins.context(factory, Map.of("color", "red"), Map.of()).text("color"))
        .contains("red");
    assertThat(plugins.context(factory, Map.of("color", " "), Map.of()).text("color"))
        .contains("blue");
  }

  @Test
  void saysWhichIdentityProvidersThereAreWhenOneIsUnknown() {
    plugins.load();

    assertThatThrownBy(() -> plugins.identityProvider("nowhere"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(ProblemException.Kind.NOT_FOUND))
        .hasMessageContaining("plugin.unknown {name=nowhere");
  }
}
