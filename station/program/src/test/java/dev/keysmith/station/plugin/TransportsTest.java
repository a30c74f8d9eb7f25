package dev.keysmith.station.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.platform.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportsTest {

  private static final String FACTORY = "dev.keysmith.spi.key.KeyTransportFactory";

  private Home home;

  @BeforeEach
  void directory(@TempDir Path directory) {
    home = new Home(directory);
  }

  private List<LoadedTransport> load() {
    return Transports.load(home, Settings.load(home), Sources.ofTheSystem());
  }

  /** The one after those of the program. */
  private LoadedTransport third() {
    return load().get(2);
  }

  /** A jar with the class of the test's plugin. */
  private void plug(String name, String spiVersion) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(PluginDirectory.SPI_ATTRIBUTE, spiVersion);
    Path directory = Files.createDirectories(home.plugins().resolve(name));
    String type = JarTransportFactory.class.getName();
    String file = type.replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(directory.resolve(name + ".jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream code = getClass().getClassLoader().getResourceAsStream(file)) {
      jar.putNextEntry(new JarEntry(file));
      code.transferTo(jar);
      jar.putNextEntry(new JarEntry("META-INF/services/" + FACTORY));
      jar.write(type.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Test
  void usbAndCardReadersAreInTheProgram() {
    assertThat(load()).extracting(LoadedTransport::name).containsExactlyInAnyOrder("usb", "pcsc");
  }

  @Test
  void aPluginOfAThirdPartyIsLoadedByItself() throws Exception {
    plug("example", "1");
    Settings.change(home, Map.of("plugin.jar.place", "shelf"));
    LoadedTransport loaded = third();
    assertThat(loaded.name()).isEqualTo("jar");
    assertThat(loaded.transport().orElseThrow().getClass().getClassLoader())
        .isNotSameAs(getClass().getClassLoader());
    assertThat(loaded.transport().orElseThrow().listKeys().get(0).location()).isEqualTo("shelf");
  }

  @Test
  void aPluginSeesTheSpiAndNothingOfTheProgram() throws Exception {
    plug("example", "1");
    ClassLoader loader = third().transport().orElseThrow().getClass().getClassLoader();
    assertThat(loader.loadClass(FACTORY)).isSameAs(Class.forName(FACTORY));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> loader.loadClass("dev.keysmith.station.home.StationKey")))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void onlyAllowedTransportsAreUsed() throws Exception {
    plug("example", "1");
    Settings.change(home, Map.of("transports", "jar, other"));
    assertThat(load()).extracting(LoadedTransport::name).containsExactly("jar");
  }

  @Test
  void aPluginForAnotherVersionIsToldWithItsProblem() throws Exception {
    plug("example", "2.0");
    LoadedTransport loaded = third();
    assertThat(loaded.name()).isEqualTo("example");
    assertThat(loaded.problem().orElseThrow().reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(loaded.problem().orElseThrow()).hasMessageContaining("this program has version 1");
  }

  @Test
  void aPluginThatFailsIsToldAndTheOthersAreUsed() throws Exception {
    plug("example", "1");
    Settings.change(home, Map.of("plugin.jar.place", "fail"));
    assertThat(load()).extracting(LoadedTransport::name).contains("usb", "jar");
    assertThat(third().problem().orElseThrow()).hasMessageContaining("StackOverflowError");
  }

  @Test
  void aSecretComesFromItsFile() throws Exception {
    Files.writeString(home.directory().resolve("token"), "abc\n");
    Settings.change(home, Map.of("plugin.jar.token.file", "token", "plugin.jar.other", "def"));
    StationContext context =
        new StationContext(home, Settings.load(home), "jar", Sources.ofTheSystem());
    assertThat(context.secret("token").orElseThrow()).containsExactly('a', 'b', 'c');
    assertThat(context.secret("other").orElseThrow()).containsExactly('d', 'e', 'f');
    assertThat(context.secret("none")).isEmpty();
  }
}
