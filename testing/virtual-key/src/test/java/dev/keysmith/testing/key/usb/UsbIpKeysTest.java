package dev.keysmith.testing.key.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UsbIpKeysTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

  @Test
  void tellsHowEachKeyIsAttachedAndLendsIt() throws IOException {
    try (UsbIpKeys program = program("--keys", "2", "--touch", "automatic")) {
      assertThat(said.toString(StandardCharsets.UTF_8))
          .contains("usbip --tcp-port " + program.port() + " attach -r 127.0.0.1 -b 1-1")
          .contains("-b 1-2");
      assertThat(status(program, "1-2")).endsWith("00000000");
    }
  }

  @Test
  void pullsKeysOutAndPlugsThemIn() throws IOException {
    try (UsbIpKeys program = program()) {
      obey(program, "pull 1");
      assertThat(status(program, "1-1")).endsWith("00000004");
      obey(program, "plug 1\nplug 1");
      assertThat(status(program, "1-1")).endsWith("00000000");
      assertThat(status(program, "1-2")).endsWith("00000004");
    }
  }

  @Test
  void saysWhatCanBeTyped() throws IOException {
    try (UsbIpKeys program = program()) {
      obey(program, "\npull 7\npull x\ndance");
      assertThat(said.toString(StandardCharsets.UTF_8).lines())
          .containsOnlyOnce("No key waits for a touch.")
          .filteredOn(line -> line.startsWith("Press Enter to touch, or type"))
          .hasSize(3);
    }
  }

  @Test
  void findsTheKeysOfItsDirectoryAgain() throws IOException {
    program("--directory", directory.toString()).close();
    String first = said.toString(StandardCharsets.UTF_8).replaceAll(":.*", "");
    said.reset();
    program("--directory", directory.toString()).close();
    assertThat(said.toString(StandardCharsets.UTF_8)).startsWith(first.lines().findFirst().get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--port", "--keys many", "--touch never"})
  void saysWhichOptionsThereAre(String arguments) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UsbIpKeys(List.of(arguments.split(" ")), out))
        .withMessageStartingWith("Options: --port N");
  }

  private UsbIpKeys program(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--port", "0"));
    arguments.addAll(List.of(more));
    return new UsbIpKeys(arguments, out);
  }

  private static void obey(UsbIpKeys program, String lines) throws IOException {
    program.obey(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  private static String status(UsbIpKeys program, String busId) throws IOException {
    try (UsbIpHost host = new UsbIpHost(program.port())) {
      return host.attach(busId).substring(0, 16);
    }
  }
}
