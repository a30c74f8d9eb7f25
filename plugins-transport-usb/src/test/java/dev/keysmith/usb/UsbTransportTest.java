package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usb4java.LibUsb;

class UsbTransportTest {

  @Test
  void isFoundByTheServerAndAsksForNoSettings() {
    assertThat(ServiceLoader.load(KeyTransportFactory.class))
        .singleElement()
        .satisfies(
            factory -> {
              assertThat(factory.name()).isEqualTo("usb");
              assertThat(factory.label()).isEqualTo("USB security keys");
              assertThat(factory.settings()).isEmpty();
            });
  }

  /** In a process of its own, as a native library that is loaded once stays so. */
  @Test
  void saysWhatToDoWhenTheNativeLibraryCannotBeLoaded() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=/nonexistent",
                "-XX:TieredStopAtLevel=1",
                WithoutNativeLibrary.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output).isEqualTo("MISCONFIGURED true\n".repeat(2) + "MISCONFIGURED true\n");
  }

  /** Lists twice and opens once, and says how that failed. */
  static final class WithoutNativeLibrary {

    private WithoutNativeLibrary() {}

    public static void main(String[] args) throws IOException {
      try (KeyTransport transport =
          new UsbTransport(new Random(1), new Sysfs(Path.of("/none"), Path.of("/none")))) {
        print(transport::listKeys);
        print(transport::listKeys);
        print(() -> transport.open("1-1.0-1050:0407"));
      }
    }

    private static void print(Runnable call) {
      try {
        call.run();
        System.out.print("done\n");
      } catch (PluginException e) {
        boolean remedy = e.getMessage().contains("-Djava.io.tmpdir=");
        System.out.print(e.reason() + " " + remedy + "\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    LibUsb.ERROR_ACCESS + ", MISCONFIGURED, udev rule",
    LibUsb.ERROR_NO_DEVICE + ", KEY_ABSENT, pulled out",
    LibUsb.ERROR_IO + ", KEY_ABSENT, its connection broke",
    LibUsb.ERROR_BUSY + ", KEY_BUSY, Another program",
    LibUsb.ERROR_TIMEOUT + ", UNAVAILABLE, LIBUSB_ERROR_TIMEOUT"
  })
  void putsErrorsOfLibusbIntoWords(int code, Reason reason, String words) {
    PluginException e = UsbError.exception("open the security key", code);
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({"'  Key\u0000\u001B[31m\n', Key[31m", "Clé \u202E yek, Clé  yek"})
  void showsOnlyPrintableTextOfADevice(String said, String shown) {
    assertThat(UsbScan.printable(said)).contains(shown);
  }

  @Test
  void cutsLongTextsOfADeviceAndOmitsEmptyOnes() {
    assertThat(UsbScan.printable("x".repeat(1000)))
        .hasValueSatisfying(text -> assertThat(text).hasSize(126));
    assertThat(UsbScan.printable(" \n")).isEmpty();
  }
}
