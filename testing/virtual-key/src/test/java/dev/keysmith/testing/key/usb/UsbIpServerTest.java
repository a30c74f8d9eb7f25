package dev.keysmith.testing.key.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.usb.UsbIpHost.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class UsbIpServerTest {

  private static final int SUBMITTED = 3;
  private static final int UNLINKED = 4;
  private static final String CONFIGURE = "0009010000000000";
  private static final String INIT = "ffffffff8600080102030405060708" + "00".repeat(49);

  private final VirtualKey key = VirtualKey.builder().product("Key").serialNumber("42").build();
  private UsbIpServer server;

  @BeforeEach
  void open() throws IOException {
    server = new UsbIpServer(0);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void listsItsDevices() throws IOException {
    server.plug(UsbDevice.securityKeyBehind(KeyboardFunction.of(0x81), key));
    server.plug(UsbDevice.keyboard(KeyboardFunction.of(0x81)));
    try (UsbIpHost host = new UsbIpHost(server.port())) {
      host.send("0111800500000000");
      assertThat(host.read(12)).isEqualTo("01110005" + "00000000" + "00000002");
      assertThat(host.read(312)).isEqualTo(described("1-1", "00000001", "f1d1", "02"));
      assertThat(host.read(8)).as("interfaces").isEqualTo("03010100" + "03000000");
      assertThat(host.read(312)).isEqualTo(described("1-2", "00000002", "f1d2", "01"));
      assertThat(host.read(4)).as("interfaces").isEqualTo("03010100");
      assertThat(host.ended()).isTrue();
    }
  }

  @Test
  void lendsADevice() throws IOException {
    String busId = server.plug(UsbDevice.securityKey(key));
    try (UsbIpHost host = new UsbIpHost(server.port())) {
      assertThat(busId).isEqualTo("1-1");
      assertThat(host.attach(busId))
          .isEqualTo("0111000300000000" + described("1-1", "00000001", "f1d0", "01"));
      assertThat(server.attached(busId)).isTrue();
    }
  }

  private static String described(String busId, String number, String product, String interfaces) {
    return text("/sys/devices/virtual/keysmith/" + busId, 256)
        + text(busId, 32)
        + ("00000001" + number + "00000002")
        + ("1209" + product + "0100")
        + ("0000000101" + interfaces);
  }

  private static String text(String text, int length) {
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    return hex + "00".repeat(length - text.length());
  }

  @Test
  void lendsADeviceToOneHostAtATime() throws IOException {
    server.plug(UsbDevice.securityKey(key));
    try (UsbIpHost other = new UsbIpHost(server.port())) {
      try (UsbIpHost host = new UsbIpHost(server.port())) {
        host.attach("1-1");
        assertThat(other.attach("1-1")).isEqualTo("0111000300000002");
      }
    }
    while (server.attached("1-1")) {
      Thread.onSpinWait();
    }
    try (UsbIpHost next = new UsbIpHost(server.port())) {
      assertThat(next.attach("1-1")).startsWith("0111000300000000");
    }
  }

  @Test
  void hasNoDeviceThatWasNotPluggedIn() throws IOException {
    try (UsbIpHost host = new UsbIpHost(server.port())) {
      assertThat(host.attach("1-9")).isEqualTo("0111000300000004");
    }
  }

  @Test
  void answersControlRequests() throws IOException {
    try (UsbIpHost host = attached()) {
      assertThat(host.control(1, "8006000100001200", ""))
          .isEqualTo(new Answer(SUBMITTED, 1, 0, 18, "12010002000000400912d0f1000101020301"));
      assertThat(host.control(2, CONFIGURE, "")).isEqualTo(new Answer(SUBMITTED, 2, 0, 0, ""));
      assertThat(host.control(3, "8006000600000a00", ""))
          .as("a device qualifier is refused")
          .isEqualTo(new Answer(SUBMITTED, 3, -32, 0, ""));
    }
  }

  @Test
  void carriesReports() throws IOException {
    try (UsbIpHost host = configured()) {
      host.submit(2, 0x81, 64, "");
      host.submit(3, 0x01, 64, INIT);
      assertThat(host.answer(false)).isEqualTo(new Answer(SUBMITTED, 3, 0, 64, ""));
      Answer report = host.answer(true);
      assertThat(report.sequence()).isEqualTo(2);
      assertThat(report.data()).startsWith("ffffffff8600110102030405060708").hasSize(128);
    }
  }

  @Test
  void aReportForATransferThatWasGivenUpWaitsForTheNext() throws IOException {
    try (UsbIpHost host = configured()) {
      host.submit(2, 0x81, 64, "");
      host.unlink(3, 2);
      assertThat(host.answer(false)).isEqualTo(new Answer(UNLINKED, 3, -104, 0, ""));
      host.submit(4, 0x01, 64, INIT);
      host.answer(false);
      host.submit(5, 0x81, 64, "");
      assertThat(host.answer(true).sequence()).isEqualTo(5);
      host.unlink(6, 5);
      assertThat(host.answer(false)).as("too late").isEqualTo(new Answer(UNLINKED, 6, 0, 0, ""));
    }
  }

  @Test
  void refusesABufferThatIsTooShortAndAnEndpointThatDoesNotExist() throws IOException {
    try (UsbIpHost host = configured()) {
      host.submit(2, 0x81, 63, "");
      host.submit(3, 0x01, 64, INIT);
      host.answer(false);
      assertThat(host.answer(true)).isEqualTo(new Answer(SUBMITTED, 2, -75, 0, ""));
      host.submit(4, 0x82, 64, "");
      assertThat(host.answer(true)).isEqualTo(new Answer(SUBMITTED, 4, -32, 0, ""));
      host.submit(5, 0x02, 64, INIT);
      assertThat(host.answer(false)).isEqualTo(new Answer(SUBMITTED, 5, -32, 0, ""));
    }
  }

  @Test
  void endsTheConnectionWhenTheDeviceIsPulledOut() throws IOException {
    try (UsbIpHost host = configured()) {
      host.submit(2, 0x81, 64, "");
      server.unplug("1-1");
      assertThat(key.plugged()).isFalse();
      assertThat(host.ended()).isTrue();
    }
    assertThat(server.plug(UsbDevice.securityKey(key))).isEqualTo("1-1");
    assertThat(key.plugged()).isTrue();
  }

  @Test
  void endsTheConnectionWhenTheKeyLosesItsPower() throws IOException {
    try (UsbIpHost host = configured()) {
      key.unplug();
      assertThat(host.ended()).isTrue();
    }
  }

  static Stream<Arguments> hostileGreetings() {
    return Stream.of(
        Arguments.of("another version", "0106800500000000"),
        Arguments.of("an unknown operation", "0111800900000000"),
        Arguments.of("a web browser's request", "474554202f20485454502f312e310d0a"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileGreetings")
  void endsTheConnectionOfAHostThatBeginsWith(String what, String bytes) throws IOException {
    try (UsbIpHost host = new UsbIpHost(server.port())) {
      host.send(bytes);
      assertThat(host.ended()).isTrue();
    }
    assertServes();
  }

  static Stream<Arguments> hostileRequests() {
    String toDevice = "00010001" + "00000000" + "00000001";
    String rest = "00".repeat(8);
    return Stream.of(
        Arguments.of("an unknown command", "00000007" + "00000001" + "00".repeat(40)),
        Arguments.of(
            "a request for another device", "00000001" + "00000001" + "00010002" + "00".repeat(36)),
        Arguments.of(
            "a direction that there is not",
            "00000001" + "00000001" + "00010001" + "00000002" + "00".repeat(32)),
        Arguments.of(
            "an endpoint that there cannot be",
            "00000001" + "00000001" + "00010001" + "00000000" + "00000010" + "00".repeat(28)),
        Arguments.of(
            "two gigabytes",
            "0000000100000001" + toDevice + "000000007fffffff" + "00".repeat(12) + rest),
        Arguments.of(
            "a negative length",
            "0000000100000001" + toDevice + "00000000ffffffff" + "00".repeat(12) + rest),
        Arguments.of(
            "an isochronous transfer",
            "0000000100000001"
                + toDevice
                + "0000000000000000"
                + "000000000000000100000000"
                + rest));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileRequests")
  void endsTheConnectionOfAHostThatSends(String what, String bytes) throws IOException {
    try (UsbIpHost host = configured()) {
      host.send(bytes);
      assertThat(host.ended()).isTrue();
    }
    assertServes();
  }

  @Test
  void endsTheConnectionOfAHostThatWaitsForReportsWithoutEnd() throws IOException {
    try (UsbIpHost host = configured()) {
      for (int i = 2; i < 259; i++) {
        host.submit(i, 0x81, 64, "");
      }
      assertThat(host.ended()).isTrue();
    }
  }

  @Test
  void bearsAHostThatStopsInTheMiddleOfARequest() throws IOException {
    try (UsbIpHost host = configured()) {
      host.send("0000000100000002");
    }
    while (server.attached("1-1")) {
      Thread.onSpinWait();
    }
    assertServes();
  }

  private void assertServes() throws IOException {
    try (UsbIpHost next = new UsbIpHost(server.port())) {
      next.send("0111800500000000");
      assertThat(next.read(8)).isEqualTo("0111000500000000");
    }
  }

  private UsbIpHost attached() throws IOException {
    String busId = server.plug(UsbDevice.securityKey(key));
    UsbIpHost host = new UsbIpHost(server.port());
    host.attach(busId);
    return host;
  }

  private UsbIpHost configured() throws IOException {
    UsbIpHost host = attached();
    assertThat(host.control(1, CONFIGURE, "").status()).isZero();
    return host;
  }
}
